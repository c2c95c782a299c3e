using System.Text;
using Headroom.Economics;

namespace Headroom.Evals;

/// <summary>What <see cref="PrefixCacheModel"/> says was read from the prompt cache, against what the provider says was.</summary>
internal static class CacheModelTable
{
    private const string Resource = "recorded-usage.csv";

    /// <summary>A read counts as exact when it is off by no more than this share of the prompt: less than moves any figure a user sees.</summary>
    private const double Exact = 0.01;

    private const string Shorter = "the prompt became shorter, and what still stood of it was read", Lost = "nothing was read, though not too old: the prefix had changed",
        Part = "less was read than had been sent", More = "of the answer before, something was read too";

    public static string Run()
    {
        using Stream stream = typeof(CacheModelTable).Assembly.GetManifestResourceStream(Resource) ?? throw new InvalidOperationException($"The resource {Resource} is missing.");
        using var reader = new StreamReader(stream);
        IReadOnlyList<RecordedSeries> series = RecordedSeries.Parse(reader.ReadToEnd());
        Row[] rows = [.. series.SelectMany(Compare)];
        Row[] standing = [.. rows.Where(r => !r.IsShorter && r.Miss != Lost)];

        var table = new StringBuilder("| session | model | requests | exact | error / prompt | signed | input cost |\n|---|---|--:|--:|--:|--:|--:|\n");
        foreach (IGrouping<string, Row> session in rows.GroupBy(r => r.Session)) Append(table, $"{session.Key} | {session.First().Model}", [.. session]);
        Append(table, "**all** | ", rows);
        Append(table, "**all whose prefix stood** | Claude", [.. standing.Where(r => IsClaude(r.Model))]);
        Append(table, "**all whose prefix stood** | GPT", [.. standing.Where(r => !IsClaude(r.Model))]);

        table.Append("\n| why a read was not exact | requests | tokens | of all error |\n|---|--:|--:|--:|\n");
        double error = rows.Sum(r => Math.Abs(r.Off));
        foreach (IGrouping<string?, Row> miss in rows.Where(r => r.Miss is not null).GroupBy(r => r.Miss).OrderByDescending(g => g.Sum(r => Math.Abs(r.Off))))
            table.Append($"| {miss.Key} | {miss.Count()} | {miss.Sum(r => Math.Abs(r.Off)):N0} | {100 * miss.Sum(r => Math.Abs(r.Off)) / error:F1} % |\n");

        CacheUsage opening = series.Where(s => s.OpensSession).Select(s => s.Requests[0].Reported).Aggregate((a, b) => a + b);
        return table.Append($"\n{series.Count(s => s.OpensSession)} first requests of sessions, not in the tables: {100.0 * opening.CachedRead / opening.Input:F1} % of {opening.Input:N0} tokens were read from caches of earlier sessions; the model reads none.").ToString();
    }

    /// <summary>All but the first request of a series: nothing is known of what stood before it.</summary>
    private static IEnumerable<Row> Compare(RecordedSeries series)
    {
        ModelPrices prices = PriceTable.Default.TryFind(series.Model, out ModelPrices? known) ? known : ModelPrices.Typical;
        if (series.Requests.All(r => r.Reported.Written == 0)) prices = prices with { CacheWrite = prices.Input }; // writes are free, so nobody reports them
        IReadOnlyList<ReplayedRequest> replayed = new PrefixCacheModel(CacheRules.For(series.Model), prices).Replay(series.AsPrompts());
        for (int i = 1; i < replayed.Count; i++)
        {
            CacheUsage reported = series.Requests[i].Reported;
            double off = replayed[i].Usage.CachedRead - reported.CachedRead;
            bool isShorter = reported.Input < series.Requests[i - 1].Reported.Input;
            string? miss = Math.Abs(off) <= Exact * reported.Input ? null
                : isShorter ? Shorter
                : off < 0 ? More
                : reported.CachedRead == 0 && IsClaude(series.Model) ? Lost // automatic caches lose what stands, so there it proves nothing
                : Part;
            yield return new Row(series.Name.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9').TrimEnd('-'), series.Model, reported.Input, isShorter, off, replayed[i].Cost, Cost(reported, prices), miss);
        }
    }

    private static bool IsClaude(string model) => model.StartsWith("claude", StringComparison.Ordinal);

    private static double Cost(CacheUsage usage, ModelPrices prices) =>
        (usage.CachedRead * prices.CacheRead + usage.Written * prices.CacheWrite + usage.Uncached * prices.Input) / 1_000_000;

    private static void Append(StringBuilder table, string name, IReadOnlyList<Row> rows)
    {
        double prompt = rows.Sum(r => (double)r.Prompt), cost = rows.Sum(r => r.ReportedCost);
        table.Append($"| {name} | {rows.Count} | {100.0 * rows.Count(r => r.Miss is null) / rows.Count:F0} % | {100 * rows.Sum(r => Math.Abs(r.Off)) / prompt:F2} % | {100 * rows.Sum(r => r.Off) / prompt:+0.00;-0.00;0.00} % | {100 * (rows.Sum(r => r.ModelledCost) / cost - 1):+0.0;-0.0;0.0} % |\n");
    }

    private sealed record Row(string Session, string Model, long Prompt, bool IsShorter, double Off, double ModelledCost, double ReportedCost, string? Miss);
}
