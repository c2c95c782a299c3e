using System.Text;
using Headroom.Compressors;
using Headroom.Compressors.Json;
using Headroom.Internal.Json;
using Headroom.Internal.Python;
using Headroom.TestSupport;

namespace Headroom.Core.Tests.Compressors.Json;

public class PythonDataTests
{
    private static readonly JsonCompressor Compressor = new();

    [Theory]
    [InlineData("json/python-packages.txt")]
    [InlineData("json/python-zones.txt")]
    public void What_Python_printed_decodes_byte_for_byte_whole_cut_and_damaged(string file)
    {
        string text = CorpusFile.Find(file).Text;
        Assert.Equal("python", Assert.Single(RoundTrip.Check(Compressor, text)).Encoding);
        for (int seed = 0; seed < 12; seed++)
        {
            RoundTrip.Check(Compressor, text[..(text.Length * (seed + 1) / 13)]);
            CandidateProof.AssertDecoderNeverThrows(Compressor, text, seed);
        }

        RoundTrip.Check(Compressor, "Result: " + text);
        RoundTrip.Check(Compressor, "2 rows\n" + text + "done\n");
        RoundTrip.Check(Compressor, text.TrimEnd('\n'));
        RoundTrip.Check(Compressor, text + "\n");
        RoundTrip.Check(Compressor, text.Replace("\n", "\r\n", StringComparison.Ordinal));
    }

    [Fact]
    public void Random_data_decodes_byte_for_byte()
    {
        int taken = 0;
        for (int seed = 0; seed < 1500; seed++)
        {
            var style = new ReprStyle((ulong)(seed % 8), false, false);
            string value = Repr(new RandomJson(seed).Document(), style);
            taken += Check(value + (seed % 2 == 0 ? "\n" : ""));
            Check(Repr(new RandomJson(seed).Document(), style) + "\n" + Repr(new RandomJson(seed + 1).Document(), style) + "\nother\n" + value);
            Check("Output: " + value + "\ndone");
            Check(value[..(value.Length * (seed % 10) / 10)] + "...");
        }

        Assert.InRange(taken, 300, 1500);
    }

    [Theory]
    [InlineData("[\"nan\", nan, 'Decimal(1)', Decimal('1')]")] // a text that looks like a call beside a call
    [InlineData("{1: 'a', '1': 'b', 'c': [1, 2, 3, 4, 5, 6]}")] // a key that is a number beside one that reads like it
    [InlineData("['a', \"b\", 'c', 'd', 'e', 'f']")] // not how Python quotes
    [InlineData("[{'a': 1.50, 'b': 2}, {'a': 1, 'b': 2,}]")]
    public void What_would_not_come_back_exactly_is_left_alone(string text) =>
        Assert.Empty(Compressor.Reformat(new CompressionRequest(text)));

    [Theory]
    [InlineData("CONFIG = ")]
    [InlineData("return ")]
    [InlineData("print(")]
    [InlineData("x = foo(a, ")]
    public void Data_that_stands_in_code_is_left_alone(string lead)
    {
        string text = lead + Rows(30) + (lead.Contains('(') ? ")" : "") + "\n";
        Assert.Empty(Compressor.Reformat(new CompressionRequest(text)));
        Assert.Equal(0, PythonProbe.Judge(text));
    }

    [Theory]
    [InlineData("(a) first\n(b) second\n(c) third")]
    [InlineData("(define (square x) (* x x))")]
    [InlineData("[INFO] started\n[WARN] slow\n[INFO] done")]
    [InlineData("[section]\nkey = 'value'\n")]
    [InlineData("import x\n\ndef f(a):\n    return {'a': [1, 2], 'b': (3, 4)}\n")]
    public void Other_kinds_are_not_taken_for_Python_data(string text) => Assert.Equal(0, PythonProbe.Judge(text));

    [Theory]
    [InlineData("# Python")]
    [InlineData("# Python as key=value\n")]
    [InlineData("# Python (as key=value\na=1")]
    [InlineData("# Python () as key=value\na=1")]
    [InlineData("# Python (tuples at 0) as key=value\na=1")]
    [InlineData("# Python (tuples at 65) as key=value\na=1")]
    [InlineData("# Python (tuples at ) as key=value\na=1")]
    [InlineData("# Python (sets) as key=value\na=1")]
    [InlineData("# Python lines as key=value\na=1")]
    [InlineData("# Python 3.11 as key=value\na=1")]
    [InlineData("# Python inside text, after 9 and before 9 characters of it, as key=value\na=1")]
    [InlineData("# Python (cut at 99999999999) inside text, after 0 and before 0 characters of it, as key=value\na=1")]
    public void Headers_that_are_none_do_not_decode(string text) => Assert.False(Compressor.TryExpand(text, out _));

    [Fact]
    public void A_cut_behind_the_data_cuts_nothing()
    {
        Assert.True(Compressor.TryExpand("# Python (cut at 2147483647) inside text, after 3 and before 1 characters of it, as key=value\nx: a=1.", out string? original));
        Assert.Equal("x: {'a': 1}.", original);
    }

    [Fact]
    public void Brackets_without_end_take_linear_time()
    {
        foreach (string part in (string[])[": [f(", ": [", "('", ": {'a': ", "{'a': b'", ": (<", "[1, ", "\n('a', "])
        {
            string text = string.Concat(Enumerable.Repeat(part, 200_000 / part.Length));
            var watch = System.Diagnostics.Stopwatch.StartNew();
            PythonProbe.Judge(text);
            Compressor.Reformat(new CompressionRequest(text));
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), part); // quadratic time would be minutes
        }
    }

    [Fact]
    public void Rows_left_out_are_named_as_the_retrieval_finds_them()
    {
        ElidedCandidate value = Compressor.Elide(new CompressionRequest("{'rows': " + Rows(200) + ", 'next': None}\n"), 1200)!;
        Assert.Equal(ContentRange.Rows("/rows", 0, 199), value.Total);
        ElidedCandidate lines = Compressor.Elide(new CompressionRequest(string.Concat(Enumerable.Range(0, 200).Select(i => Row(i) + "\n"))), 1200)!;
        Assert.Equal(ContentRange.Lines(1, 200), lines.Total);
    }

    /// <summary>Asserts that the form of Python data, if there is one, decodes to the very text.</summary>
    private static int Check(string text)
    {
        int count = 0;
        foreach (ReformattedCandidate candidate in Compressor.Reformat(new CompressionRequest(text)).Where(c => c.Encoding == "python"))
        {
            count++;
            Assert.True(Compressor.TryExpand(candidate.Text, out string? original), candidate.Text);
            Assert.Equal(text, original);
        }

        return count;
    }

    private static string Row(int i) => $"{{'id': {i}, 'state': '{(i % 3 == 0 ? "open" : "paid")}', 'owner': None}}";

    private static string Rows(int count) => "[" + string.Join(", ", Enumerable.Range(0, count).Select(Row)) + "]";

    private static string Repr(string json, ReprStyle style)
    {
        if (JsonParser.Parse(json) is not { } tape || tape.MaxDepth > ReprStyle.MaxDepth) return "";
        var text = new StringBuilder();
        ReprWriter.Append(text, tape, 0, style);
        return text.ToString();
    }
}
