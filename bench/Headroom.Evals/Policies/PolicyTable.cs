using System.Globalization;
using System.Text;
using Headroom.Economics;
using Headroom.Tokens;

namespace Headroom.Evals.Policies;

/// <summary>Runs ways to shorten a history beside each other through one model of a prompt cache: what each sends, what it costs, and what of it later steps still see.</summary>
internal static class PolicyTable
{
    /// <summary>Reads at a tenth and at a twentieth of the price of input, writes at 1.25 times; and no cache at all.</summary>
    private static readonly ModelPrices[] Prices = [new(1, 1.25, 0.1, 0), new(1, 1.25, 0.05, 0), new(1, 1, 1, 0)];

    private static readonly CacheRules Rules = new();

    /// <summary>A window small enough that recorded sessions of some ten thousand tokens fill it.</summary>
    private const int SmallWindow = 16_000;

    public static async Task<string> RunAsync(IReadOnlyList<RecordedSession> sessions)
    {
        ContextPolicy[] policies =
        [
            new UntouchedPolicy(),
            new HeadroomPolicy("Headroom, lossless", new HeadroomOptions { Mode = CompressionMode.Lossless }),
            new HeadroomPolicy("Headroom, balanced", new HeadroomOptions()),
            new HeadroomPolicy("Headroom, aggressive", new HeadroomOptions { Mode = CompressionMode.Aggressive }),
            new HeadroomPolicy($"Headroom, balanced, a window of {SmallWindow:N0}", new HeadroomOptions().ContextWindow(SmallWindow)),
            new OneTurnLaterPolicy("the same as balanced, one turn later", new HeadroomOptions()),
            new SlidingMaskPolicy(10),
            new HeadTailPolicy(1_000),
        ];
        var table = new StringBuilder("| policy | tokens | cost, reads 0.1 | cost, reads 0.05 | no cache | dearer sessions | used values visible |\n|---|--:|--:|--:|--:|--:|--:|\n");
        List<IReadOnlyList<IReadOnlyList<string>>> used = [.. sessions.Select(s => s.Requests.Select(r => (IReadOnlyList<string>)[.. UsedValues.Of(s, r)]).ToList())];
        List<Measured[]> baseline = [];
        foreach (ContextPolicy policy in policies)
        {
            Measured[] measured = new Measured[sessions.Count];
            for (int i = 0; i < measured.Length; i++) measured[i] = await MeasureAsync(policy, sessions[i], used[i]);
            baseline.Add(measured);
            Append(table, policy.Name, baseline[0], measured);
        }

        int requests = sessions.Sum(s => s.Requests.Count);
        return table.Append(CultureInfo.InvariantCulture, $"\n{sessions.Count} sessions, {requests:N0} requests, {baseline[0].Sum(m => m.Tokens):N0} prompt tokens as recorded ({O200kTokenCounter.Instance.Name}).").ToString();
    }

    private static async Task<Measured> MeasureAsync(ContextPolicy policy, RecordedSession session, IReadOnlyList<IReadOnlyList<string>> used)
    {
        Dictionary<string, PromptBlock> blocks = new(StringComparer.Ordinal);
        List<PromptRequest> requests = [];
        int all = 0, visible = 0;
        for (int r = 0; r < session.Requests.Count; r++)
        {
            string[] sent = await policy.SendAsync(session, r);
            requests.Add(new PromptRequest([.. sent.Select(Block)]));
            all += used[r].Count;
            visible += used[r].Count(v => Array.Exists(sent, s => s.Contains(v, StringComparison.Ordinal)));
        }

        double[] costs = [.. Prices.Select(p => new PrefixCacheModel(Rules, p).Replay(requests).Sum(q => q.Cost))];
        return new Measured(requests.Sum(q => q.Blocks.Sum(b => (long)b.Tokens)), costs, all, visible);

        PromptBlock Block(string text)
        {
            if (!blocks.TryGetValue(text, out PromptBlock block)) blocks.Add(text, block = PromptBlock.Of(text, O200kTokenCounter.Instance.Count(text)));
            return block;
        }
    }

    private static void Append(StringBuilder table, string name, Measured[] baseline, Measured[] measured)
    {
        table.Append($"| {name} | {Change(baseline.Sum(m => m.Tokens), measured.Sum(m => m.Tokens))} |");
        for (int p = 0; p < Prices.Length; p++) table.Append($" {Change(baseline.Sum(m => m.Costs[p]), measured.Sum(m => m.Costs[p]))} |");
        int dearer = measured.Where((m, i) => m.Costs[0] > baseline[i].Costs[0] * 1.0001).Count(), used = measured.Sum(m => m.Used);
        table.Append(CultureInfo.InvariantCulture, $" {dearer} |").Append(used == 0 ? " - |\n" : string.Create(CultureInfo.InvariantCulture, $" {100.0 * measured.Sum(m => m.Visible) / used:F1} % |\n"));
    }

    private static string Change(double before, double after) => before == 0 ? "-" : string.Create(CultureInfo.InvariantCulture, $"{100 * (after / before - 1):+0.0;-0.0;0.0} %");

    private sealed record Measured(long Tokens, double[] Costs, int Used, int Visible);
}
