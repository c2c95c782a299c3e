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
}
