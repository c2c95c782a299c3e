using System.Globalization;
using Headroom.Compressors.Code;
using Headroom.Compressors.Config;
using Headroom.Compressors.Markup;
using Headroom.Compressors.Tables;
using Headroom.Compressors.Text;

namespace Headroom.Compressors;

public sealed class LineElisionTests
{
    private static readonly ContentCompressor[] Compressors =
        [new TextCompressor(), new TableCompressor(), new CodeCompressor(), new ConfigCompressor(), new ReportCompressor(), new MarkupCompressor()];

    [Fact]
    public void Kept_lines_are_verbatim_and_with_the_gaps_the_whole()
    {
        int cuts = 0;
        foreach (string text in SeededTexts.Make(seed: 31, count: 600).Where(t => t.Length > 0))
        {
            foreach (ContentCompressor compressor in Compressors)
            {
                if (compressor.Elide(new CompressionRequest(text) { Question = "which CrashLoopBackOff is running?" }, 300) is not { } candidate) continue;
                RoundTrip.CheckLines(candidate, text);
                cuts++;
            }
        }

        Assert.True(cuts > 300, $"only {cuts} cuts");
    }

    [Fact]
    public void An_outline_keeps_declarations_of_many_languages()
    {
        string[] declarations =
        [
            "public sealed class Cart(IClock clock) : ICart", "    public decimal Total(string? coupon = null)", "def apply_discount(self, amount: int) -> int:", "class OrderRepository:",
            "func (s *Server) ListenAndServe(addr string) error {", "type Handler interface {", "pub fn parse<'a>(input: &'a str) -> Result<Ast<'a>> {", "impl<T> Iterator for Window<T> {",
            "export async function fetchOrders(page: number) {", "  render(): string {", "public static <T> List<T> copyOf(List<T> source) {", "#define MAX_OF(a, b) ((a) > (b) ? (a) : (b))",
        ];
        string body = string.Concat(Enumerable.Repeat("        value = next(value) + 1;\n        log.debug(value);\n", 12));
        string text = string.Concat(declarations.Select(d => d + "\n" + body));
        string shown = string.Join('\n', new CodeCompressor().Elide(new CompressionRequest(text), 2_200)!.Parts.OfType<KeptPart>().Select(p => p.Text));
        Assert.All(declarations, d => Assert.Contains(d, shown, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("%6d\u2192", 6, "\u2192")]
    [InlineData("%4d\\t", 4, "\t")]
    [InlineData("%d: ", 0, ": ")]
    public void Numbers_of_a_listing_are_written_short(string spelled, int width, string mark)
    {
        string[] code = [.. Enumerable.Range(1, 60).SelectMany(i => new[] { $"def step_{i}(state):", $"    state.add({i} * {i} + state.previous)", $"    return state.next({i})", "" })];
        string text = string.Join('\n', code.Select((l, i) => (i + 201).ToString(CultureInfo.InvariantCulture).PadLeft(width) + mark + l));
        ElidedCandidate candidate = new CodeCompressor().Elide(new CompressionRequest(text), 3_000)!;
        Assert.Equal(new KeptPart($"[numbered lines; were \"{spelled}%s\"]", null), candidate.Parts[0]);
        char between = mark == "\t" ? '\t' : ' ';
        int next = 1;
        foreach (ElidedPart part in candidate.Parts.Skip(1))
        {
            ContentRange range = part is KeptPart shown ? shown.Range!.Value : ((GapPart)part).Range;
            Assert.Equal(next, range.First);
            if (part is KeptPart kept) Assert.Equal(string.Join('\n', Enumerable.Range(range.First, range.Count).Select(n => $"{n + 200}{between}{code[n - 1]}")), kept.Text);
            next = range.Last + 1;
        }

        Assert.Equal(code.Length + 1, next);
    }

    [Fact]
    public void A_gap_names_what_is_declared_in_it()
    {
        string text = "public class Cart\n{\n" + string.Concat(Enumerable.Range(1, 40).Select(i => $"    private int Secret{i}(int x)\n    {{\n        return x * {i} + Other(x, {i}) + Another(x, {i});\n    }}\n\n")) + "    public int Total() => 3;\n}\n";
        ElidedCandidate candidate = new CodeCompressor().Elide(new CompressionRequest(text) { Question = "what is the total?" }, 500)!;
        Assert.Contains(candidate.Parts.OfType<GapPart>(), g => g.Phrase.Contains("Secret8, Secret9, Secret10, Secret11 and ", StringComparison.Ordinal));
    }

    [Fact]
    public void The_body_that_is_asked_for_stays()
    {
        string text = string.Concat(Enumerable.Range(1, 40).Select(i => $"    public void Step{i}()\n    {{\n        Prepare({i});\n        {(i == 23 ? "ledger.RoundHalfToEven();" : "ledger.Add();")}\n        Finish({i});\n    }}\n\n"));
        string shown = string.Join('\n', new CodeCompressor().Elide(new CompressionRequest(text) { Question = "where is the ledger rounded half to even?" }, 1_500)!.Parts.OfType<KeptPart>().Select(p => p.Text));
        Assert.Contains("ledger.RoundHalfToEven();", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void The_largest_rows_stay_when_they_are_asked_for()
    {
        string text = "size\tdirectory\n" + string.Join('\n', Enumerable.Range(1, 300).Select(i => $"{(i == 177 ? "9.1G" : i % 90 + 10 + "M")}\tdata/part-{i:000}"));
        string shown = string.Join('\n', new TableCompressor().Elide(new CompressionRequest(text) { Question = "Which directory is largest?" }, 900)!.Parts.OfType<KeptPart>().Select(p => p.Text));
        Assert.Contains("9.1G\tdata/part-177", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void A_failure_deep_in_a_tree_stays_with_what_it_stands_under()
    {
        string text = "clusters:\n" + string.Concat(Enumerable.Range(1, 60).Select(i => $"  node-{i}:\n    zone: eu-{i % 3}\n    health:\n      state: {(i == 41 ? "NotReady" : "Ready")}\n      since: 2026-01-{i % 28 + 1:00}\n"));
        string shown = string.Join('\n', new ReportCompressor().Elide(new CompressionRequest(text), 900)!.Parts.OfType<KeptPart>().Select(p => p.Text));
        Assert.Contains("  node-41:", shown, StringComparison.Ordinal);
        Assert.Contains("      state: NotReady", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void Public_declarations_stay_whatever_the_budget()
    {
        string text = string.Concat(Enumerable.Range(1, 60).Select(i => $"    public int Property{i} {{ get; set; }}\n    public int Method{i}(int count)\n    {{\n" + string.Concat(Enumerable.Repeat("        count = Next(count) + Previous(count) * 2;\n", 9)) + "        return count;\n    }\n"));
        string shown = string.Join('\n', new CodeCompressor().Elide(new CompressionRequest(text) { Question = "how does Method7 work?" }, 1_000)!.Parts.OfType<KeptPart>().Select(p => p.Text));
        for (int i = 1; i <= 60; i++)
        {
            Assert.Contains($"public int Property{i} ", shown, StringComparison.Ordinal);
            Assert.Contains($"public int Method{i}(", shown, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void What_stands_under_a_heading_that_is_asked_for_stays()
    {
        string text = string.Concat(Enumerable.Range(1, 40).Select(i => $"## {(i == 23 ? "Jitter" : $"Chapter {i}")}\n\nThe first sentence of this part says something of its own, number {i}.\nAnd a second one follows it to say a little more, which is number {i} too.\n\n"));
        string shown = string.Join('\n', new TextCompressor().Elide(new CompressionRequest(text) { Question = "what is jitter?" }, 1_500)!.Parts.OfType<KeptPart>().Select(p => p.Text));
        Assert.Contains("which is number 23 too", shown, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("A policy says how often a failed call is made again, and how long to wait between two calls of a client.\n- one: 1\n- two: 2\n", true)]
    [InlineData("2026-03-04T09:00:01Z INFO api Starting on :8080 with 4 workers and 2 queues for all of the tenants\nx\ny\n", false)]
    [InlineData("name,city,country\nanna,paris,france\nbob,rome,italy\n", false)]
    public void Documents_are_told_by_their_sentences(string text, bool document) => Assert.Equal(document, new TextCompressor().Probe(text) > 0.4);
}
