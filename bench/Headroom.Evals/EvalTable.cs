using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Headroom.Tokens;

namespace Headroom.Evals;

/// <summary>Runs inputs through one mode and writes a table: tokens against raw text and against compact JSON, and facts still visible.</summary>
internal static class EvalTable
{
    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static async Task<string> RunAsync(IReadOnlyList<EvalInput> inputs, CompressionMode mode)
    {
        var compressor = new ConversationCompressor(new HeadroomOptions { Mode = mode });
        var context = new ConversationContext { CanRetrieve = true, HoldsOriginals = true };
        List<Row> rows = [];
        foreach (EvalInput input in inputs)
        {
            ItemOutcome outcome = await compressor.CompressAsync(new ContextItem { Text = input.Text, Question = input.Question }, context);
            int visible = outcome.Form == ItemForm.Elided ? input.Facts.Count(f => FactVisibility.IsVisible(f, outcome.Text)) : input.Facts.Count;
            rows.Add(new Row(input.Kind, outcome.TokensBefore, CompactTokens(input.Text, outcome.TokensBefore), outcome.TokensAfter, input.Facts.Count, visible, outcome.Form));
        }

        var table = new StringBuilder("| kind | items | raw tokens | compact JSON | sent | saved / raw | saved / compact | facts visible | unchanged · reformatted · elided |\n|---|--:|--:|--:|--:|--:|--:|--:|---|\n");
        foreach (IGrouping<string, Row> group in rows.GroupBy(r => r.Kind)) Append(table, group.Key, [.. group]);
        Append(table, "**all**", rows);
        return table.Append($"\nTokens counted with {compressor.Tokens.Name}. Facts of items that are whole count as visible.").ToString();
    }

    private static void Append(StringBuilder table, string kind, IReadOnlyList<Row> rows)
    {
        double raw = rows.Sum(r => r.Raw), compact = rows.Sum(r => r.Compact), sent = rows.Sum(r => r.Sent);
        int facts = rows.Sum(r => r.Facts);
        string visible = facts == 0 ? "-" : $"{100.0 * rows.Sum(r => r.Visible) / facts:F1} %";
        string forms = string.Join(" · ", new[] { ItemForm.Unchanged, ItemForm.Reformatted, ItemForm.Elided }.Select(f => rows.Count(r => r.Form == f)));
        table.Append($"| {kind} | {rows.Count} | {raw:N0} | {compact:N0} | {sent:N0} | {100 * (1 - sent / raw):F1} % | {100 * (1 - sent / compact):F1} % | {visible} | {forms} |\n");
    }

    private static int CompactTokens(string text, int raw)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            return Math.Min(raw, O200kTokenCounter.Instance.Count(JsonSerializer.Serialize(document.RootElement, Compact)));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return raw;
        }
    }

    private sealed record Row(string Kind, int Raw, int Compact, int Sent, int Facts, int Visible, ItemForm Form);
}
