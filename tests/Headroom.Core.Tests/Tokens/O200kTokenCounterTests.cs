using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Headroom.Tokens;

namespace Headroom.Core.Tests.Tokens;

public sealed class O200kTokenCounterTests
{
    private static readonly O200kTokenCounter Counter = O200kTokenCounter.Instance;

    [Fact]
    public void Counts_every_reference_text_as_the_reference_implementation_does()
    {
        int texts = 0;
        foreach ((string text, int count) in ReferenceCounts.Read())
        {
            int counted = Counter.Count(text);
            if (counted != count) Assert.Fail($"{counted} instead of {count} tokens: {Escape(text)}");
            texts++;
        }

        Assert.True(texts > 8000);
    }

    [Fact]
    public void Counts_any_string_as_the_definition_does() =>
        Prop.ForAll<string?>(text => Counter.Count(text) == NaiveO200k.Count(text ?? "")).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Counts_mixes_of_scripts_as_the_definition_does(int seed)
    {
        string[] alphabets =
        [
            "abcxyz", "ABCXYZ", "0189", " ", "\n", "\r\n", "\t\v\f\u00A0\u3000\u2028\u0085\u200B\uFEFF", "'sS'lL're", "'", "!?.,-_\"{}[]:", "/",
            "ǅᾈ", "ʰー", "\u0301\u064B", "яЯ", "中文語", "한국", "😀🏽", "𝒜𝒷𐐀𐐨𠀀𝟘", "\uD83D", "\uDE00", "٣½Ⅳ", "ß\u017F\u212A", "\0\u007F",
        ];
        var random = new Random(seed);
        for (int run = 0; run < 1500; run++)
        {
            var text = new StringBuilder();
            for (int part = random.Next(12); part >= 0; part--)
            {
                string alphabet = alphabets[random.Next(alphabets.Length)];
                for (int n = random.Next(6); n >= 0; n--)
                {
                    if (random.Next(2) == 0) text.Append(alphabet);
                    else text.Append(alphabet[random.Next(alphabet.Length)]);
                }
            }

            string sample = text.ToString();
            Assert.True(NaiveO200k.Count(sample) == Counter.Count(sample), Escape(sample));
        }
    }

    [Theory]
    [InlineData("ab", 700)]
    [InlineData("中文", 350)]
    [InlineData("=-", 700)]
    [InlineData("q", 97)]
    [InlineData("xqzj", 350)]
    public void Merges_long_pieces_as_the_definition_does(string unit, int times)
    {
        // A small generator makes the runs irregular without leaving the unit's letters.
        var text = new StringBuilder();
        uint state = 7;
        for (int i = 0; i < times * unit.Length; i++)
        {
            state = state * 1664525 + 1013904223;
            text.Append(unit[(int)((state >> 16) % (uint)unit.Length)]);
        }

        Assert.Equal(NaiveO200k.Count(text.ToString()), Counter.Count(text.ToString()));
    }

    [Theory]
    [InlineData("a")]
    [InlineData(" ")]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("-")]
    [InlineData("é")]
    [InlineData("中")]
    [InlineData("😀")]
    [InlineData("\uD800")]
    [InlineData("Ab")]
    public void Counts_a_run_of_a_million_characters(string unit)
    {
        string text = new StringBuilder().Insert(0, unit, 1_000_000 / unit.Length).ToString();
        Assert.InRange(Counter.Count(text), 1, Encoding.UTF8.GetByteCount(text));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 1)]
    [InlineData(4, 2)]
    [InlineData(1_000_000, 333_334)]
    public void Counts_three_digits_as_one_token(int digits, int tokens) => Assert.Equal(tokens, Counter.Count(new string('7', digits)));

    [Theory]
    [InlineData("", 0)]
    [InlineData("<|endoftext|>", 7)]
    [InlineData("\uD800", 1)]
    [InlineData("\uFFFD", 1)]
    public void Counts_special_tokens_and_lone_surrogates_as_text(string text, int tokens) => Assert.Equal(tokens, Counter.Count(text));

    [Fact]
    public void Is_an_exact_counter_with_the_name_of_the_encoding()
    {
        Assert.Equal("o200k_base", Counter.Name);
        Assert.False(Counter.IsEstimate);
    }

    [Fact]
    public void Allocates_nothing_once_warm()
    {
        string text = string.Concat(ReferenceCounts.Read().Take(100).Select(reference => reference.Text))
            + new string('中', 1200) + new string('x', 50_000);
        int expected = Counter.Count(text);
        long least = long.MaxValue;
        for (int attempt = 0; attempt < 5; attempt++)
        {
            // More than once, because a collection in the middle may empty the shared pool that long pieces rent from.
            long before = GC.GetAllocatedBytesForCurrentThread();
            int counted = Counter.Count(text);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
            Assert.Equal(expected, counted);
        }

        Assert.Equal(0, least);
    }

    [Fact]
    public void Counts_the_same_on_many_threads()
    {
        string[] texts = [.. ReferenceCounts.Read().Take(3000).Select(reference => reference.Text)];
        int[] expected = [.. texts.Select(text => Counter.Count(text))];
        var threads = new List<Thread>();
        int wrong = 0;
        for (int t = 0; t < 8; t++)
        {
            int first = t * 300;
            var thread = new Thread(() =>
            {
                for (int i = 0; i < texts.Length; i++)
                {
                    int at = (first + i) % texts.Length;
                    if (Counter.Count(texts[at]) != expected[at]) Interlocked.Increment(ref wrong);
                }
            });
            threads.Add(thread);
            thread.Start();
        }

        threads.ForEach(thread => thread.Join());
        Assert.Equal(0, wrong);
    }

    private static string Escape(string text) =>
        string.Concat(text.Take(200).Select(c => c is >= ' ' and < '\u007F' ? c.ToString() : $"\\u{(int)c:X4}"));
}
