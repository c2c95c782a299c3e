using Headroom.Retrieval;
using Headroom.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Headroom.Extensions.AI;

/// <summary>Where Headroom stands in a pipeline.</summary>
public enum Arrangement
{
    /// <summary>Inside function invocation: the documented place.</summary>
    Inside,

    /// <summary>Outside function invocation.</summary>
    Outside,

    /// <summary>On both sides.</summary>
    Both,

    /// <summary>No function invocation: the host runs the calls.</summary>
    Alone,
}

/// <summary>Builds pipelines and runs them, streaming or not.</summary>
internal static class Pipelines
{
    /// <summary>A tool result of about 1,500 tokens, well over the threshold of <see cref="Compressor"/>.</summary>
    public static readonly string Rows = NumberedLinesCompressor.Text(200);

    public static TheoryData<Arrangement, bool> All()
    {
        var data = new TheoryData<Arrangement, bool>();
        foreach (Arrangement arrangement in Enum.GetValues<Arrangement>())
        {
            data.Add(arrangement, false);
            data.Add(arrangement, true);
        }

        return data;
    }

    /// <summary>A compressor of a small context window.</summary>
    public static ConversationCompressor SmallWindow(IOriginalStore? store = null) =>
        new(new HeadroomOptions { Mode = CompressionMode.Aggressive, AggressiveThresholdTokens = 1_000 }.ContextWindow(6_000), store: store ?? new InMemoryOriginalStore(), compressors: [new NumberedLinesCompressor()]);

    /// <summary>A result of some 500 tokens that no compressor knows and no other is like: it stays whole until it makes room.</summary>
    public static string Page(int number) => string.Join('\n', Enumerable.Range(0, 40).Select(i => $"page {number} says {number * 7919 + i * 31} of part {number * i % 1013}"));

    /// <summary>A tool that gives page after page.</summary>
    public static AIFunction PageTool()
    {
        int page = 0;
        return AIFunctionFactory.Create(() => Page(page++), "rows", "Gives the next page.");
    }

    public static ConversationCompressor Compressor(IOriginalStore? store = null, CompressionMode mode = CompressionMode.Aggressive) =>
        new(new HeadroomOptions { Mode = mode, AggressiveThresholdTokens = 100 }, store: store ?? new InMemoryOriginalStore(), compressors: [new NumberedLinesCompressor()]);

    public static IChatClient Build(
        IChatClient model, Arrangement arrangement, ConversationCompressor? compressor = null, Action<FunctionInvokingChatClient>? configure = null,
        Action<HeadroomChatClient>? headroom = null)
    {
        compressor ??= Compressor();
        var builder = new ChatClientBuilder(model);
        if (arrangement is Arrangement.Outside or Arrangement.Both) builder.Use(inner => Wrap(inner));
        if (arrangement != Arrangement.Alone) builder.UseFunctionInvocation(configure: configure);
        if (arrangement != Arrangement.Outside) builder.Use(inner => Wrap(inner));
        return builder.Build(new ServiceCollection().BuildServiceProvider());

        HeadroomChatClient Wrap(IChatClient inner)
        {
            var client = new HeadroomChatClient(inner, compressor);
            headroom?.Invoke(client);
            return client;
        }
    }

    public static async Task<ChatResponse> AskAsync(
        this IChatClient client, IEnumerable<ChatMessage> messages, ChatOptions? options, bool streaming, CancellationToken cancellationToken = default) =>
        streaming
            ? await client.GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken)
            : await client.GetResponseAsync(messages, options, cancellationToken);

    /// <summary>Asks, and runs what is left to run, as a host without function invocation does. Adds everything to <paramref name="history"/>.</summary>
    public static async Task<ChatResponse> ConverseAsync(this IChatClient client, List<ChatMessage> history, ChatOptions? options, bool streaming, Action? script = null)
    {
        script?.Invoke();
        while (true)
        {
            ChatResponse response = await client.AskAsync(history, options, streaming);
            history.AddRange(response.Messages);
            HashSet<string> answered = [.. response.Messages.SelectMany(m => m.Contents).OfType<FunctionResultContent>().Select(r => r.CallId)];
            FunctionCallContent[] pending = [.. response.Messages.SelectMany(m => m.Contents).OfType<FunctionCallContent>().Where(c => !c.InformationalOnly && !answered.Contains(c.CallId))];
            if (pending.Length == 0) return response;
            List<AIContent> results = [];
            foreach (FunctionCallContent call in pending)
            {
                var function = (AIFunction)options!.Tools!.Single(t => t.Name == call.Name);
                results.Add(new FunctionResultContent(call.CallId, await function.InvokeAsync(new AIFunctionArguments(call.Arguments))));
            }

            history.Add(new ChatMessage(ChatRole.Tool, results));
        }
    }

    public static ChatOptions Options(params AITool[] tools) => new() { Tools = tools.Length > 0 ? tools : [RowsTool()] };

    public static AIFunction RowsTool(string? text = null, string name = "rows") => AIFunctionFactory.Create(() => text ?? Rows, name, "Lists the rows.");

    public static ChatMessage User(string text = "Look at the rows.") => new(ChatRole.User, text);

    public static FunctionCallContent CallRows(string id = "c1") => ScriptedChatClient.Call(id, "rows");

    public static FunctionCallContent Retrieve(string callId, string id, string? lines = null) =>
        lines is null ? ScriptedChatClient.Call(callId, RetrievalTool.Name, ("id", id)) : ScriptedChatClient.Call(callId, RetrievalTool.Name, ("id", id), ("lines", lines));

    /// <summary>A turn that retrieves what the last result left out.</summary>
    public static ScriptedChatClient Retrieves(this ScriptedChatClient model, string callId, params FunctionCallContent[] others) => model.Then(request =>
    {
        List<AIContent> calls = [Retrieve(callId, IdIn(request)), .. others.Select(o => new FunctionCallContent(o.CallId, o.Name, o.Arguments))];
        return new ChatResponse(new ChatMessage(ChatRole.Assistant, calls) { MessageId = "m-" + callId })
        {
            ResponseId = "r-" + callId,
            Usage = new UsageDetails { InputTokenCount = 100, OutputTokenCount = 10, TotalTokenCount = 110 },
        };
    });

    public static string IdIn(SentRequest request) => request.Results.SelectMany(r => MarkerGrammar.FindIds(r)).First();
}
