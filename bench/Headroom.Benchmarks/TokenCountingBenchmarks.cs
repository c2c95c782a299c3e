using System.Text;
using BenchmarkDotNet.Attributes;
using Headroom.Core.Tests.Tokens;
using Headroom.Tokens;

namespace Headroom.Benchmarks;

/// <summary>Counting o200k_base tokens: exactly, estimated, and by the definition (regular expression and dictionary), which is the baseline.</summary>
[MemoryDiagnoser]
public class TokenCountingBenchmarks : IQuickBenchmark
{
    private string _text = "";

    /// <summary>Kind of text.</summary>
    [ParamsSource(nameof(Kinds))]
    public string Kind { get; set; } = "json";

    /// <summary>The kinds of text.</summary>
    public static IEnumerable<string> Kinds => SampleTexts.Kinds;

    /// <summary>Makes the text and loads the vocabulary.</summary>
    [GlobalSetup]
    public void Setup()
    {
        _text = SampleTexts.Of(Kind);
        O200kTokenCounter.Instance.Count(_text);
    }

    /// <summary>The definition, word by word.</summary>
    [Benchmark(Baseline = true)]
    public int Naive() => NaiveO200k.Count(_text);

    /// <summary>The exact counter.</summary>
    [Benchmark]
    public int Exact() => O200kTokenCounter.Instance.Count(_text);

    /// <summary>The estimator.</summary>
    [Benchmark]
    public int Estimated() => TokenEstimator.Instance.Count(_text);

    IEnumerable<QuickRow> IQuickBenchmark.QuickRows()
    {
        foreach (string kind in SampleTexts.Kinds)
        {
            string text = SampleTexts.Of(kind);
            int bytes = Encoding.UTF8.GetByteCount(text);
            yield return new QuickRow("tokens", kind + ", exact", bytes, () => O200kTokenCounter.Instance.Count(text));
            yield return new QuickRow("tokens", kind + ", estimated", bytes, () => TokenEstimator.Instance.Count(text));
            yield return new QuickRow("tokens", kind + ", by the definition", bytes, () => NaiveO200k.Count(text));
        }

        string run = new('x', 1_000_000);
        yield return new QuickRow("tokens", "one long word, exact", run.Length, () => O200kTokenCounter.Instance.Count(run));
        string line = "2026-03-04 INFO Started";
        yield return new QuickRow("tokens", "1,000 short lines, exact", line.Length * 1000, () =>
        {
            long count = 0;
            for (int i = 0; i < 1000; i++) count += O200kTokenCounter.Instance.Count(line);
            return count;
        });
    }
}
