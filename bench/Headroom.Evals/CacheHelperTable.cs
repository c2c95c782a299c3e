using System.Globalization;
using System.Text;
using Headroom.Economics;
using Headroom.PromptCaching;

namespace Headroom.Evals;

/// <summary>What each helper of the prompt cache pays, by the model of <c>docs/ledger.md</c>: input cost at the usual ratios, writes 1.25 and reads 0.1.</summary>
internal static class CacheHelperTable
{
    /// <summary>Requests a minute one machine takes for one key before others take over, by OpenAI's guide to prompt caching ("approximately 15").</summary>
    private const int RequestsAMinute = 15;

    private static readonly ModelPrices s_prices = ModelPrices.Typical;

    private static readonly (string Name, Func<IReadOnlyList<SessionBlock>, IReadOnlyList<int>> Place)[] s_strategies =
    [
        ("none", _ => []),
        ("system prompt", blocks => [LastPinned(blocks)]),
        ("end", blocks => [blocks.Count - 1]),
        ("both", blocks => [LastPinned(blocks), blocks.Count - 1]),
        ("Headroom", blocks => CacheBreakpoints.Place([.. blocks.Select(b => new BreakpointSlot(b.Kind, b.Kind is not (PromptPartKind.ToolDeclaration or PromptPartKind.Reasoning), false))])),
    ];

    public static string Run() => $"### Breakpoints\n\n{Breakpoints()}\n### Order of tools\n\n{Order()}\n### Key\n\n{Keys()}";

    private static string Breakpoints()
    {
        var table = new StringBuilder("| conversations | requests | blocks a turn |").Append(string.Concat(s_strategies.Select(s => $" {s.Name} |"))).Append(" every prefix |\n|---|--:|--:|").Append(string.Concat(s_strategies.Select(_ => "--:|"))).Append("--:|\n");
        Append(table, "one call a turn", 3, s => Turns(s, 40, _ => 1));
        Append(table, "4 calls at once", 9, s => Turns(s, 25, _ => 4));
        Append(table, "12 calls at once", 25, s => Turns(s, 15, _ => 12));
        Append(table, "40 calls at once", 81, s => Turns(s, 8, _ => 40));
        Append(table, "1 to 16 calls at once", 17, s => Turns(s, 25, i => 1 + i * 7 % 16));
        Append(table, "questions and answers", 2, Chat);
        Append(table, "one call a turn, 10 minutes apart", 3, s => Turns(s, 40, _ => 1, 10));
        Append(table, "single requests, one system prompt", 1, s => Enumerable.Range(0, 20).Select(i => new AgentSession(i).Request(s)));
        Append(table, "single requests, nothing shared", 1, s => Enumerable.Range(0, 20).Select(i =>
        {
            var session = new AgentSession(i, $"{i}");
            session.Tools.Clear();
            return session.Request(s);
        }));
        return table.ToString();
    }

    private static void Append(StringBuilder table, string name, int blocks, Func<Func<IReadOnlyList<SessionBlock>, IReadOnlyList<int>?>?, IEnumerable<PromptRequest>> requests)
    {
        double none = Cost(requests(s_strategies[0].Place), CacheRules.Anthropic);
        table.Append(CultureInfo.InvariantCulture, $"| {name} | {requests(null).Count()} | {blocks} |");
        foreach ((_, Func<IReadOnlyList<SessionBlock>, IReadOnlyList<int>> place) in s_strategies) table.Append(CultureInfo.InvariantCulture, $" {Percent(Cost(requests(place), CacheRules.Anthropic), none)} |");
        table.Append(CultureInfo.InvariantCulture, $" {Percent(Cost(requests(null), CacheRules.Anthropic), none)} |\n");
    }

    private static string Order()
    {
        var table = new StringBuilder("| tools | rules | as they come | in order |\n|---|---|--:|--:|\n");
        foreach ((string rulesName, CacheRules rules) in new[] { ("Anthropic", CacheRules.Anthropic), ("OpenAI", CacheRules.OpenAI) })
        {
            Append("same order every time", (_, _) => { });
            Append("another order every time", (tools, random) => Shuffle(tools, random));
            Append("another order every tenth request", (tools, random) =>
            {
                if (random.Next(10) == 0) Shuffle(tools, random);
            });
            Append("one more behind the others every tenth request", (tools, random) =>
            {
                if (random.Next(10) == 0) tools.Add(new SessionBlock(PromptPartKind.ToolDeclaration, new PromptBlock((ulong)random.NextInt64(), 150)));
            });

            void Append(string name, Action<List<SessionBlock>, Random> change)
            {
                double best = Cost(Turns(null, 40, _ => 1), rules);
                table.Append(CultureInfo.InvariantCulture, $"| {name} | {rulesName} | {Percent(Cost(Changing(change, sorted: false), rules), best)} | {Percent(Cost(Changing(change, sorted: true), rules), best)} |\n");
            }
        }

        return table.ToString();
    }

    private static IEnumerable<PromptRequest> Changing(Action<List<SessionBlock>, Random> change, bool sorted)
    {
        var session = new AgentSession(1);
        var random = new Random(5);
        List<SessionBlock> tools = [.. session.Tools];
        for (int i = 0; i < 40; i++)
        {
            if (i > 0) change(tools, random);
            session.Tools.Clear();
            session.Tools.AddRange(sorted ? tools.OrderBy(t => t.Block.Hash) : tools); // any order that depends on the tool alone
            yield return session.Request();
            session.Call(1);
        }
    }

    private static void Shuffle(List<SessionBlock> tools, Random random)
    {
        for (int i = tools.Count - 1; i > 0; i--)
        {
            int j = random.Next(i + 1);
            (tools[i], tools[j]) = (tools[j], tools[i]);
        }
    }

    private static string Keys()
    {
        var table = new StringBuilder("| conversations at once | requests a minute, all | requests each | no key | key a conversation |\n|--:|--:|--:|--:|--:|\n");
        foreach ((int conversations, int rate, int requests) in new[] { (4, 12, 20), (20, 15, 3), (10, 30, 20), (30, 60, 20), (60, 300, 20), (100, 300, 3) })
        {
            double one = Route(conversations, rate, requests, (_, _) => "");
            double without = Route(conversations, rate, requests, (_, order) => $"{order / RequestsAMinute}"), with = Route(conversations, rate, requests, (conversation, _) => $"c{conversation}");
            table.Append(CultureInfo.InvariantCulture, $"| {conversations} | {rate} | {requests} | {Percent(without, one)} | {Percent(with, one)} |\n");
        }

        return table.ToString();
    }

    /// <summary>The cost of conversations that run side by side, when each request goes to the machine that is chosen by its conversation and how many came before it in this minute.</summary>
    private static double Route(int conversations, int rate, int requests, Func<int, int, string> machineOf)
    {
        AgentSession[] sessions = [.. Enumerable.Range(0, conversations).Select(i => new AgentSession(i))];
        Dictionary<string, List<PromptRequest>> machines = new(StringComparer.Ordinal);
        var random = new Random(3);
        int sent = 0;
        for (int round = 0; round < requests; round++)
        {
            foreach (int conversation in Enumerable.Range(0, conversations).OrderBy(_ => random.Next())) // nobody keeps turns
            {
                string machine = machineOf(conversation, sent % rate);
                if (!machines.TryGetValue(machine, out List<PromptRequest>? received)) machines.Add(machine, received = []);
                received.Add(sessions[conversation].Request(at: TimeSpan.FromMinutes((double)sent / rate)));
                sessions[conversation].Call(1);
                sent++;
            }
        }

        return machines.Values.Sum(r => Cost(r, CacheRules.OpenAI));
    }

    private static IEnumerable<PromptRequest> Turns(Func<IReadOnlyList<SessionBlock>, IReadOnlyList<int>?>? place, int turns, Func<int, int> calls, double minutes = 0.5)
    {
        var session = new AgentSession(1);
        for (int i = 0; i < turns; i++)
        {
            yield return session.Request(place, TimeSpan.FromMinutes(i * minutes));
            session.Call(calls(i));
        }
    }

    private static IEnumerable<PromptRequest> Chat(Func<IReadOnlyList<SessionBlock>, IReadOnlyList<int>?>? place)
    {
        var session = new AgentSession(1);
        for (int i = 0; i < 20; i++)
        {
            yield return session.Request(place, TimeSpan.FromMinutes(i));
            session.Answer();
            session.Ask();
        }
    }

    private static double Cost(IEnumerable<PromptRequest> requests, CacheRules rules) => new PrefixCacheModel(rules with { LongPrompt = null }, s_prices).Replay(requests).Sum(r => r.Cost);

    private static int LastPinned(IReadOnlyList<SessionBlock> blocks)
    {
        int last = -1;
        while (last + 1 < blocks.Count && blocks[last + 1].Kind is PromptPartKind.ToolDeclaration or PromptPartKind.System) last++;
        return last;
    }

    private static string Percent(double cost, double of) => string.Create(CultureInfo.InvariantCulture, $"{100 * cost / of:F1} %");
}
