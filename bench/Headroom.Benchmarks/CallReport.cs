using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace Headroom.Benchmarks;

/// <summary>What one more call of a conversation costs: a call that adds one message to a history that was sent before, a short one or a tool result of 5 KB.</summary>
/// <remarks>Through the chat client as <c>AddHeadroom()</c> registers it, the ledger included, over a model that does nothing; and through the engine alone.</remarks>
internal static class CallReport
{
    /// <summary>Calls that are measured a row; the median is reported, since what else runs on the machine makes some slower.</summary>
    private const int Calls = 15;

    /// <summary>Characters of the result that is new: the average message.</summary>
    private const int NewCharacters = 5_000;

    /// <summary>Milliseconds until the tiered compiler is done.</summary>
    private const int WarmUp = 12_000;

    private static readonly int[] Lengths = [100, 300, 1_000, 3_000];
    private static readonly AgentHistory History = new();

    private sealed record Row(string Name, Action<HeadroomOptions> Options, bool Same, bool Streaming = false, bool HasLedger = true);

    private static readonly Row[] Rows =
    [
        new("lossless, same instances", o => o.Mode = CompressionMode.Lossless, true),
        new("balanced, same instances", _ => { }, true),
        new("balanced, same, streaming", _ => { }, true, true),
        new("balanced, same, no ledger", _ => { }, true, HasLedger: false),
        new("aggressive, same instances", o => o.Mode = CompressionMode.Aggressive, true),
        new("window 200k, same instances", o => o.ContextWindow(200_000), true),
        new("lossless, loaded anew", o => o.Mode = CompressionMode.Lossless, false),
        new("balanced, loaded anew", _ => { }, false),
        new("balanced, anew, streaming", _ => { }, false, true),
        new("window 200k, loaded anew", o => o.ContextWindow(200_000), false),
    ];

    public static void Print(string filter)
    {
        for (long started = Environment.TickCount64; Environment.TickCount64 - started < WarmUp;)
        {
            foreach (Row row in Rows) _ = MeasureClient(row, 300).ToArray();
        }

        Console.WriteLine($"{Environment.ProcessorCount} cores, {RuntimeInformation.FrameworkDescription}, one thread, processor time, median of {Calls} calls");
        Console.WriteLine();
        Console.WriteLine($"| {"",-26} | {"messages",8} | {"MB",5} | {"short: ms",9} | {"KB",6} | {"result: ms",10} | {"KB",6} |");
        Console.WriteLine("|---|--:|--:|--:|--:|--:|--:|");
        Print("the message alone", 0, Enumerable.Range(0, 3 * Calls).SelectMany(i => new[] { Measure(Alone(2)), Measure(Alone(1_003 + 2 * i)) }));
        foreach (Row row in Rows)
        {
            if (!row.Name.Contains(filter, StringComparison.OrdinalIgnoreCase)) continue;
            foreach (int length in Lengths) Print(row.Name, length, MeasureClient(row, length));
        }

        if (!"engine".Contains(filter, StringComparison.OrdinalIgnoreCase)) return;
        foreach (bool same in new[] { true, false })
        {
            foreach (int length in Lengths) Print($"engine, {(same ? "same instances" : "loaded anew")}", length, MeasureEngine(length, same));
        }
    }

    private static double Bytes(int length) => History.Take(length).Sum(m => m.Text.Length + m.Contents.OfType<FunctionResultContent>().Sum(r => (double)r.Result!.ToString()!.Length));

    /// <summary>Prints a row: calls that add a short message and calls that add a result take turns.</summary>
    private static void Print(string name, int length, IEnumerable<(double Milliseconds, long Allocated)> measured)
    {
        (double Milliseconds, long Allocated)[] all = [.. measured];
        (double ms, double kb) = Median(0);
        (double resultMs, double resultKb) = Median(1);
        Console.WriteLine($"| {name,-26} | {length,8:N0} | {Bytes(length) / 1e6,5:0.0} | {ms,9:0.00} | {kb,6:N0} | {resultMs,10:0.00} | {resultKb,6:N0} |");

        (double, double) Median(int which)
        {
            var own = all.Where((_, i) => i % 2 == which).ToArray();
            return (own.Select(m => m.Milliseconds).Order().ElementAt(own.Length / 2), own.Select(m => m.Allocated / 1e3).Order().ElementAt(own.Length / 2));
        }
    }

    private static IEnumerable<(double, long)> MeasureClient(Row row, int length)
    {
        var services = new ServiceCollection();
        services.AddHeadroom(row.Options);
        services.AddChatClient(new Idle()).UseHeadroom(configure: c => c.Ledger = row.HasLedger ? c.Ledger : null);
        using ServiceProvider provider = services.BuildServiceProvider();
        IChatClient client = provider.GetRequiredService<IChatClient>();
        var options = new ChatOptions { ModelId = "claude-sonnet-5", Tools = [AIFunctionFactory.Create((string path, int limit) => path + limit, "read", "Reads a file.")] };

        int first = length % 2 == 0 ? length : length - 1; // the history ends with a result, the last is the new one
        List<ChatMessage> history = History.Take(first);
        Ask();
        for (int i = 0; i < Calls; i++)
        {
            for (int added = 0; added < 2; added++)
            {
                if (!row.Same) history = [.. history.Select((_, at) => History.Message(at, at < first ? AgentHistory.ResultCharacters : NewCharacters))];
                history.Add(History.Message(history.Count, NewCharacters)); // the call of a tool, then its result
                yield return Measure(Ask);
            }
        }

        void Ask()
        {
            if (row.Streaming) Read(client.GetStreamingResponseAsync(history, options));
            else client.GetResponseAsync(history, options).GetAwaiter().GetResult();
        }
    }

    private static IEnumerable<(double, long)> MeasureEngine(int length, bool same)
    {
        var compressor = new ConversationCompressor();
        var context = new ConversationContext { CanRetrieve = true, HoldsOriginals = true };
        List<ContextItem> items = [.. History.Take(length - length % 2).Select(AgentHistory.Item)];
        Fold();
        for (int i = 0; i < Calls; i++)
        {
            for (int added = 0; added < 2; added++)
            {
                if (!same) items = [.. items.Select(x => x with { Text = new string(x.Text) })];
                items.Add(AgentHistory.Item(History.Message(items.Count, NewCharacters)));
                yield return Measure(Fold);
            }
        }

        void Fold() => compressor.CompressAsync(items, context).AsTask().GetAwaiter().GetResult();
    }

    private static Action Alone(int at)
    {
        var item = AgentHistory.Item(History.Message(at, NewCharacters));
        var compressor = new ConversationCompressor();
        return () => compressor.CompressAsync(item, new ConversationContext { CanRetrieve = true, HoldsOriginals = true }).AsTask().GetAwaiter().GetResult();
    }

    private static (double, long) Measure(Action call)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        TimeSpan started = Environment.CpuUsage.TotalTime;
        call();
        double milliseconds = (Environment.CpuUsage.TotalTime - started).TotalMilliseconds;
        return (milliseconds, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void Read(IAsyncEnumerable<ChatResponseUpdate> updates)
    {
        IAsyncEnumerator<ChatResponseUpdate> at = updates.GetAsyncEnumerator();
        while (at.MoveNextAsync().AsTask().GetAwaiter().GetResult())
        {
        }

        at.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }

    /// <summary>A model that answers at once, and reads what it is sent.</summary>
    private sealed class Idle : IChatClient
    {
        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            _ = Count(messages);
            return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, "done")) { Usage = new UsageDetails { InputTokenCount = 1_000, OutputTokenCount = 10 } });
        }

        public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            await Task.CompletedTask;
            _ = Count(messages);
            yield return new ChatResponseUpdate(ChatRole.Assistant, "done");
        }

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }

        private static int Count(IEnumerable<ChatMessage> messages)
        {
            int contents = 0;
            foreach (ChatMessage message in messages) contents += message.Contents.Count;
            return contents;
        }
    }
}
