using BenchmarkDotNet.Attributes;

namespace Headroom.Benchmarks;

/// <summary>
/// A conversation that grows by one message a call, sent anew with every call, against the same messages in one call, which is the
/// baseline. The difference is what remembering costs: were every call to start from the beginning, 50 calls would cost 25 times as much.
/// </summary>
[MemoryDiagnoser]
public class ConversationBenchmarks : IQuickBenchmark
{
    private static readonly ConversationContext Context = new() { CanRetrieve = true, HoldsOriginals = true };

    private ContextItem[] _items = [];

    /// <summary>Messages in the conversation, about 5 KB each.</summary>
    [Params(50, 1000)]
    public int Messages { get; set; } = 50;

    /// <summary>Makes the conversation.</summary>
    [GlobalSetup]
    public void Setup()
    {
        string[] texts = [.. CorpusTexts.Kinds.SelectMany(k => CorpusTexts.Of(k, 200_000).Chunk(5_000).Take(30).Select(c => new string(c)))];
        _items = [.. Enumerable.Range(0, Messages).Select(i => new ContextItem { Text = $"{i}: {texts[i * 7 % texts.Length]}", ToolName = "read", CallId = "call_" + i })];
    }

    /// <summary>All messages in one call.</summary>
    [Benchmark(Baseline = true)]
    public int OneCall() => Fold(new ConversationCompressor(), _items.Length);

    /// <summary>A call a message, each with all messages so far.</summary>
    [Benchmark]
    public int CallByCall()
    {
        var compressor = new ConversationCompressor();
        int outcomes = 0;
        for (int count = 1; count <= _items.Length; count++) outcomes = Fold(compressor, count);
        return outcomes;
    }

    IEnumerable<QuickRow> IQuickBenchmark.QuickRows()
    {
        foreach (int messages in (int[])[50, 1000])
        {
            var benchmark = new ConversationBenchmarks { Messages = messages };
            benchmark.Setup();
            long bytes = benchmark._items.Sum(i => (long)i.Text.Length);
            yield return new QuickRow("conversation", $"{messages} messages, 1 call", bytes, () => benchmark.OneCall());
            yield return new QuickRow("conversation", $"{messages} messages, {messages} calls", bytes, () => benchmark.CallByCall());
        }
    }

    private int Fold(ConversationCompressor compressor, int count) =>
        compressor.CompressAsync(new ArraySegment<ContextItem>(_items, 0, count), Context).AsTask().GetAwaiter().GetResult().Count;
}
