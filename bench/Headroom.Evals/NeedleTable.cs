using System.Globalization;
using System.Text;

namespace Headroom.Evals;

/// <summary>How many decisive rows are still visible, by kind and size.</summary>
internal static class NeedleTable
{
    /// <summary>Sizes in rows, and seeds of each: larger ones take longer.</summary>
    private static readonly (int Rows, int Seeds)[] Sizes = [(1_000, 20), (10_000, 5), (100_000, 1)];

    public static async Task<string> RunAsync(CompressionMode mode)
    {
        var table = new StringBuilder("| haystack | needle |").Append(string.Concat(Sizes.Select(s => string.Create(CultureInfo.InvariantCulture, $" {s.Rows:N0} rows |")))).Append(" saved |\n|---|---|--:|--:|--:|--:|\n");
        int found = 0, all = 0;
        foreach ((string haystack, string kind) in Needle.JsonKinds.Select(k => ("JSON", k)).Concat(Needle.LogKinds.Select(k => ("log", k))))
        {
            table.Append($"| {haystack} | {kind} |");
            double before = 0, after = 0;
            foreach ((int rows, int seeds) in Sizes)
            {
                int visible = 0;
                for (int seed = 0; seed < seeds; seed++)
                {
                    Needle needle = haystack == "log" ? Needle.Log(kind, rows, seed * 7919 + rows) : Needle.Json(kind, rows, seed * 7919 + rows);
                    var compressor = new ConversationCompressor(new HeadroomOptions { Mode = mode });
                    ItemOutcome outcome = await compressor.CompressAsync(new ContextItem { Text = needle.Text, Question = "Is anything unusual here?" }, new ConversationContext { CanRetrieve = true, HoldsOriginals = true });
                    visible += outcome.Form != ItemForm.Elided || needle.IsVisible(outcome.Text) ? 1 : 0;
                    (before, after) = (before + outcome.TokensBefore, after + outcome.TokensAfter);
                }

                (found, all) = (found + visible, all + seeds);
                table.Append(CultureInfo.InvariantCulture, $" {visible} of {seeds} |");
            }

            table.Append(CultureInfo.InvariantCulture, $" {100 * (1 - after / before):F1} % |\n");
        }

        return table.Append(CultureInfo.InvariantCulture, $"\n{found} of {all} visible ({100.0 * found / all:F1} %).").ToString();
    }
}
