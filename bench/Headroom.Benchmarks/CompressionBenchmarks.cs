using System.Text;
using BenchmarkDotNet.Attributes;
using Headroom.Compressors;
using Headroom.Routing;
using Headroom.Tokens;

namespace Headroom.Benchmarks;

/// <summary>One item through the whole pipeline, counting and proof included, against counting its tokens alone, which is the baseline.</summary>
[MemoryDiagnoser]
public class CompressionBenchmarks : IQuickBenchmark
{
    private static readonly ConversationContext Context = new() { CanRetrieve = true, HoldsOriginals = true };

    private string _text = "";

    /// <summary>Kind of text.</summary>
    [ParamsSource(nameof(Kinds))]
    public string Kind { get; set; } = "json";

    /// <summary>Size in megabytes: a factor between two sizes that is larger than the sizes' own is not linear.</summary>
    [Params(1, 8)]
    public int Megabytes { get; set; } = 1;

    /// <summary>The kinds of text.</summary>
    public static IEnumerable<string> Kinds => CorpusTexts.Kinds;

    /// <summary>Makes the text.</summary>
    [GlobalSetup]
    public void Setup() => _text = CorpusTexts.Of(Kind, Megabytes * 1_000_000);

    /// <summary>Counting alone.</summary>
    [Benchmark(Baseline = true)]
    public int Count() => O200kTokenCounter.Instance.Count(_text);

    /// <summary>Lossless.</summary>
    [Benchmark]
    public int Lossless() => Compress(_text, CompressionMode.Lossless);

    /// <summary>Balanced.</summary>
    [Benchmark]
    public int Balanced() => Compress(_text, CompressionMode.Balanced);

    IEnumerable<QuickRow> IQuickBenchmark.QuickRows()
    {
        foreach (string kind in CorpusTexts.Kinds)
        {
            foreach (int megabytes in (int[])[1, 8])
            {
                string text = CorpusTexts.Of(kind, megabytes * 1_000_000);
                int bytes = Encoding.UTF8.GetByteCount(text);
                yield return new QuickRow("compress", $"{kind}, lossless", bytes, () => Compress(text, CompressionMode.Lossless));
                if (megabytes == 1) yield return new QuickRow("compress", $"{kind}, balanced", bytes, () => Compress(text, CompressionMode.Balanced));
            }
        }

        foreach (string kind in CorpusTexts.Kinds)
        {
            foreach (int megabytes in (int[])[1, 8, 50]) // as fast at each size, or it is not linear
            {
                string text = CorpusTexts.Of(kind, megabytes * 1_000_000);
                yield return new QuickRow("linearity", $"{kind}, {megabytes} MB", Encoding.UTF8.GetByteCount(text), () => Compress(text, CompressionMode.Lossless));
            }
        }

        var router = new ContentRouter(BuiltInCompressors.All);
        foreach (string kind in CorpusTexts.Kinds)
        {
            string sample = CorpusTexts.Of(kind, ContentRouter.SampleLength)[..ContentRouter.SampleLength];
            yield return new QuickRow("detect", kind, sample.Length, () => router.Route(sample).Count);
        }
    }

    private static int Compress(string text, CompressionMode mode)
    {
        var compressor = new ConversationCompressor(new HeadroomOptions { Mode = mode }); // a fresh one remembers nothing
        return compressor.CompressAsync(new ContextItem { Text = text }, Context).AsTask().GetAwaiter().GetResult().TokensAfter;
    }
}
