using FsCheck;
using FsCheck.Fluent;
using Headroom.Compressors.Json;
using Headroom.Internal.Json;
using Headroom.Routing;

namespace Headroom.Core.Tests.Compressors.Json;

public class JsonCompressorTests
{
    private const string Marks = "{}[]()=|,\t \n\"`$^*@>1a";

    private static readonly JsonCompressor Compressor = new();

    [Fact]
    public void Every_candidate_of_random_JSON_decodes_to_the_same_value() =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            CheckAll(new RandomJson(seed).Document());
            CheckAll(new RandomJson(seed).Lines());
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_candidate_of_a_thousand_documents_decodes_to_the_same_value()
    {
        for (int seed = 0; seed < 1000; seed++)
        {
            CheckAll(new RandomJson(seed).Document());
            CheckAll(new RandomJson(seed).Lines());
            if (seed % 3 == 0) CheckAll("before\n" + new RandomJson(seed).Document() + "\nafter " + new RandomJson(seed + 1).Document());
        }
    }

    [Fact]
    public void Damaged_texts_never_make_it_throw_or_lie()
    {
        var random = new Random(7);
        for (int seed = 0; seed < 500; seed++)
        {
            string text = new RandomJson(seed).Document();
            string other = new RandomJson(seed + 9000).Document();
            int cut = random.Next(text.Length + 1);
            CheckAll(text[..cut]);
            CheckAll(text[..cut] + other);
            char[] flipped = text.ToCharArray();
            flipped[random.Next(flipped.Length)] ^= (char)(1 << random.Next(7));
            CheckAll(new string(flipped));
        }
    }

    [Fact]
    public void Damaged_documents_never_make_the_decoder_throw()
    {
        var random = new Random(11);
        for (int seed = 0; seed < 700; seed++)
        {
            foreach (ReformattedCandidate candidate in Compressor.Reformat(new CompressionRequest(new RandomJson(seed).Document())))
            {
                if (!candidate.Text.StartsWith('#')) continue;
                char[] damaged = candidate.Text.ToCharArray();
                for (int i = 0; i < 3; i++) damaged[random.Next(damaged.Length)] = Marks[random.Next(Marks.Length)];
                string text = new string(damaged)[..random.Next(damaged.Length / 2, damaged.Length + 1)];
                Compressor.TryExpand(text, out _);
            }
        }
    }

    [Theory]
    [InlineData("# JSON")]
    [InlineData("# JSON as key=value")]
    [InlineData("# JSON as key=value\n")]
    [InlineData("# JSON as key=value\n[999999999 rows\na\n")]
    [InlineData("# JSON as key=value\n[2 rows\n\n\n\n")]
    [InlineData("# JSON as key=value\n$1=a\n$3=b\na=$1")]
    [InlineData("# JSON as key=value\na=$1")]
    [InlineData("# JSON as key=value\n[1 rows; in all:\na\n1\n]")]
    [InlineData("# JSON as key=value\n[1 rows; in all: a=`{b}`\nc\n1\n]")]
    [InlineData("# JSON as key=value\n[2 rows; in all: a=(0..9)\nc\n1\n2\n]")]
    [InlineData("# JSON as key=value\nr(a)\nx=r(1 2)")]
    [InlineData("# JSON inside text, after 999 and before 0 characters of it, as key=value\na=1")]
    [InlineData("# JSON in a JSON string (indent 3) as key=value\na=1")]
    [InlineData("a=1")]
    [InlineData("{\"a\":1}")]
    public void Text_that_is_no_document_does_not_decode(string text) => Assert.False(Compressor.TryExpand(text, out _));

    [Fact]
    public void A_document_nested_without_end_is_refused_not_followed()
    {
        Assert.False(Compressor.TryExpand("# JSON as key=value\na=" + new string('[', 200_000), out _));
        Assert.False(Compressor.TryExpand("# JSON as key=value\na=" + new string('@', 1) + new string('{', 200_000), out _));
    }

    [Fact]
    public void JSON_that_was_cut_off_anywhere_comes_back_character_by_character()
    {
        string rows = string.Join(',', Enumerable.Range(0, 40).Select(i => $"{{\"id\":{i},\"tags\":[\"a\",\"b, {i}\"],\"state\":\"open\",\"note\":null}}"));
        var indented = new System.Text.StringBuilder();
        JsonWriter.Append(indented, JsonParser.Parse("{\"total\":40,\"items\":[" + rows + "]}")!, 0, JsonSpelling.Indent2);
        string text = indented.ToString();
        for (int length = 450; length < text.Length; length += 7)
        {
            Assert.Contains(Compressor.Reformat(new CompressionRequest(text[..length])), c => c.Encoding == "cut");
            CheckAll(text[..length]);
        }
    }

    [Fact]
    public void Deep_nesting_is_compacted()
    {
        string text = new string('[', 100_000) + " 1 " + new string(']', 100_000);
        CheckAll(text);
        Assert.Contains(Compressor.Reformat(new CompressionRequest(text)), c => c.Encoding == "compact" && c.Text.Length == 200_001);
    }

    [Fact]
    public void A_string_that_holds_a_header_stays_a_string()
    {
        string document = Compressor.Reformat(new CompressionRequest("""[{"id":1,"name":"a b","state":"open"},{"id":2,"name":"c","state":"open"},{"id":3,"name":"d","state":"open"}]"""))
            .First(c => c.Encoding == "table").Text;
        CheckAll("{\"text\":" + System.Text.Json.JsonSerializer.Serialize(document) + ",\"other\":[" + System.Text.Json.JsonSerializer.Serialize(document) + "]}");
        CheckAll(System.Text.Json.JsonSerializer.Serialize(document));
    }

    [Fact]
    public void Rows_of_like_objects_become_a_table_with_what_they_share_written_once()
    {
        string rows = "[" + string.Join(',', Enumerable.Range(100, 20).Select(i =>
            $$"""{"number":{{i}},"title":"Bug {{i * 7}}","state":"open","user":{"login":"{{"abc"[i % 3]}}dams","id":{{i % 3}}},"html_url":"https://github.com/acme/app/issues/{{i}}"}""")) + "]";
        string table = Compressor.Reformat(new CompressionRequest(rows)).First(c => c.Encoding == "table").Text;
        string[] lines = table.Split('\n');
        Assert.Contains("state=open", lines[1]);
        Assert.Contains("html_url=`https://github.com/acme/app/issues/{number}`", lines[1]);
        Assert.StartsWith("number", lines[2]);
        Assert.Contains("user.login", lines[2]);
        Assert.Equal(20 + 4, lines.Length);
        CheckAll(rows);
    }

    [Theory]
    [InlineData("{\"a\":1}", 0.9)]
    [InlineData("  [\n {\"a\":1}", 0.7)]
    [InlineData("{\"a\":1}\n{\"a\":2}", 0.9)]
    [InlineData("stdout:\n{\"a\": [1, 2]}", 0.2)]
    public void Probes_recognise_JSON(string text, double atLeast) => Assert.InRange(Compressor.Probe(text), atLeast, 1);

    [Theory]
    [InlineData("")]
    [InlineData("plain text")]
    [InlineData("[INFO] starting")]
    [InlineData("{% template %}")]
    [InlineData("def f(x): return {x: 1}")]
    public void Probes_leave_other_text_alone(string text) => Assert.True(Compressor.Probe(text) < ContentRouter.Threshold);

    private static void CheckAll(string text)
    {
        foreach (ReformattedCandidate candidate in Compressor.Reformat(new CompressionRequest(text)))
        {
            string decoded = Compressor.TryExpand(candidate.Text, out string? original) ? original : candidate.Text;
            Assert.True(LosslessProof.Holds(text, decoded, candidate.Equivalence), $"{candidate.Encoding}:\n{text}\n---\n{candidate.Text}\n---\n{decoded}");
        }
    }
}
