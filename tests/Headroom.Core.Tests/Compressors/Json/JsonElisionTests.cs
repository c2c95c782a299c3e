using System.Globalization;
using Headroom.Compressors.Json;

namespace Headroom.Core.Tests.Compressors.Json;

public class JsonElisionTests
{
    private static readonly JsonCompressor Compressor = new();

    [Fact]
    public void Kept_rows_and_gaps_are_the_whole_array_in_order()
    {
        ElidedCandidate elided = Elide("{\"total\":200,\"items\":[" + Rows(200) + "],\"next\":null}", 1500);
        int next = 0;
        foreach (ContentRange range in Ranges(elided))
        {
            Assert.Equal("/items", range.Path);
            Assert.Equal(next, range.First);
            next = range.Last + 1;
        }

        Assert.Equal(200, next);
        Assert.Equal(ContentRange.Rows("/items", 0, 199), elided.Total);
    }

    [Fact]
    public void What_is_around_the_array_stays_visible()
    {
        string header = Shown(Elide("{\"total\":200,\"items\":[" + Rows(200) + "],\"next\":\"page-2\"}", 1500));
        Assert.Contains("total=200", header);
        Assert.Contains("next=page-2", header);
    }

    [Fact]
    public void The_one_row_that_failed_is_kept()
    {
        string rows = Rows(100) + ",{\"id\":100,\"level\":\"ERROR\",\"ms\":50,\"message\":\"pool exhausted\"}," + Rows(100);
        Assert.Contains("pool exhausted", Shown(Elide("[" + rows + "]", 1000)));
    }

    [Fact]
    public void A_row_with_other_fields_is_kept()
    {
        string rows = Rows(100) + ",{\"id\":7,\"incident\":\"INC-1\",\"fix\":\"raise the limit\"}," + Rows(100);
        Assert.Contains("INC-1", Shown(Elide("[" + rows + "]", 1000)));
    }

    [Fact]
    public void An_outlier_is_kept() =>
        Assert.Contains("98765", Shown(Elide("[" + Rows(100) + ",{\"id\":100,\"level\":\"INFO\",\"ms\":98765,\"message\":\"ok\"}," + Rows(100) + "]", 1000)));

    [Fact]
    public void Rows_the_question_names_are_kept() =>
        Assert.Contains("\n137", Shown(Elide("[" + Rows(200) + "]", 1000, "what happened to request 137?")));

    [Fact]
    public void Gaps_of_line_by_line_JSON_are_lines_of_the_text()
    {
        ElidedCandidate elided = Elide("\n" + Rows(150).Replace("},{", "}\n\n{") + "\n\n", 1000);
        Assert.Equal(ContentRange.Lines(1, 301), elided.Total);
        int next = 1;
        foreach (ContentRange range in Ranges(elided))
        {
            Assert.Equal(next, range.First);
            next = range.Last + 1;
        }

        Assert.Equal(302, next);
    }

    [Fact]
    public void A_gap_says_what_is_in_it()
    {
        GapPart gap = Elide("[" + Rows(200) + "]", 1000).Parts.OfType<GapPart>().First();
        Assert.Contains("level=", gap.Phrase);
        Assert.DoesNotContain('\n', gap.Phrase);
    }

    [Fact]
    public void Random_documents_never_make_it_throw_and_always_partition()
    {
        for (int seed = 0; seed < 200; seed++)
        {
            string rows = string.Join(',', Enumerable.Range(0, 30).Select(i => new RandomJson(seed * 31 + i).Document()));
            if (Compressor.Elide(new CompressionRequest("{\"~/\":[" + rows + "]}") { Question = "open id" }, 900) is not { } elided) continue;
            int next = 0;
            foreach (ContentRange range in Ranges(elided).Where(r => r.Path == elided.Total.Path))
            {
                Assert.StartsWith("/~0~1", range.Path!);
                Assert.Equal(next, range.First);
                next = range.Last + 1;
            }

            Assert.Equal(elided.Total.Last + 1, next);
        }
    }

    [Fact]
    public void Documents_without_a_large_array_are_left_alone() =>
        Assert.Null(Compressor.Elide(new CompressionRequest("{\"a\":\"" + new string('x', 5000) + "\"}"), 500));

    [Fact]
    public void Of_a_nested_document_names_stay_and_long_texts_go()
    {
        string advisories = string.Join(',', Enumerable.Range(0, 12).Select(i =>
            $"\"{1000 + i}\":{{\"id\":\"CVE-2024-{i + 500}\",\"overview\":\"{string.Concat(Enumerable.Repeat($"A long text about what may happen to {i}. ", 24))}\",\"severity\":\"{(i == 7 ? "critical" : "low")}\",\"paths\":[[\"a>b\"],[\"a>c{i}\"]]}}"));
        ElidedCandidate elided = Elide($"{{\"advisories\":{{{advisories}}},\"total\":12}}", 4500);
        string shown = Shown(elided);
        for (int i = 0; i < 12; i++) Assert.Contains($"CVE-2024-{i + 500}", shown);
        Assert.Contains("critical", shown);
        Assert.Contains("total=12", shown);
        Assert.Contains(elided.Parts.OfType<GapPart>(), g => g.Range.Path == "/advisories/1003" && g.Phrase.Contains("overview"));
    }

    [Fact]
    public void Values_behind_a_key_that_stands_twice_are_not_taken_apart()
    {
        string part = "{\"text\":\"" + new string('x', 300) + "\",\"n\":1}";
        string text = "{\"a\":" + part + ",\"a\":" + part + ",\"b\":[" + Rows(40) + "]}";
        Assert.DoesNotContain(Elide(text, 600).Parts.OfType<GapPart>(), g => g.Range.Path == "/a" && g.Range.First > 1);
    }

    [Fact]
    public void What_was_left_out_is_summed_up_column_by_column()
    {
        string shown = Shown(Elide("[" + Rows(200) + "]", 2000));
        Assert.Contains("rows left out have\n", shown);
        Assert.Matches("- level: INFO x[0-9]+, DEBUG x[0-9]+|- level: DEBUG x[0-9]+, INFO x[0-9]+", shown);
        Assert.Matches("- ms: 40 to 59, mean ", shown);
    }

    private static string Rows(int count) => string.Join(',', Enumerable.Range(0, count).Select(i =>
        string.Create(CultureInfo.InvariantCulture, $"{{\"id\":{i},\"level\":\"{(i % 2 == 0 ? "INFO" : "DEBUG")}\",\"ms\":{40 + i * 7 % 20},\"message\":\"request {i} done\"}}")));

    private static ElidedCandidate Elide(string text, int budget, string question = "") =>
        Assert.IsType<ElidedCandidate>(Compressor.Elide(new CompressionRequest(text) { Question = question }, budget));

    private static string Shown(ElidedCandidate elided) => string.Join('\n', elided.Parts.OfType<KeptPart>().Select(p => p.Text));

    private static IEnumerable<ContentRange> Ranges(ElidedCandidate elided) =>
        elided.Parts.Select(p => p is GapPart gap ? gap.Range : ((KeptPart)p).Range).OfType<ContentRange>();
}
