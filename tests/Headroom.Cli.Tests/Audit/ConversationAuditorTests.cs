using Headroom.Cli.Audit;
using Headroom.Cli.Tests.Transcripts;
using Headroom.Cli.Transcripts;
using Headroom.Economics;
using Headroom.Tokens;
using static Headroom.Cli.Tests.Audit.AuditRun;

namespace Headroom.Cli.Tests.Audit;

public sealed class ConversationAuditorTests
{
    private static readonly AuditOptions Lossless = new() { Mode = CompressionMode.Lossless, Model = "gpt-6-sol" };

    private static int Count(string text) => O200kTokenCounter.Instance.Count(text);

    [Fact]
    public async Task Tokens_cache_and_cost_of_a_conversation_worked_out_by_hand()
    {
        ConversationAudit audit = await Of(
            Lossless with { Prices = Prices("gpt-6-sol", 2, 2.5, 0.2, 10) }, User(Words(2_000)), Answer(" a"), User(Words(1_000)), Answer(" a a"));
        // Request 1: 2,000. Request 2: 2,000 + 1 + 1,000. The cache holds multiples of 128.
        Assert.Equal(5_001, audit.Figures.WholeWire.Before);
        Assert.Equal(3_001, audit.Figures.NewInput.Before);
        Assert.Equal(new CacheUsage(0, 1_920, 80), audit.Turns[0].Without);
        Assert.Equal(new CacheUsage(1_920, 1_024, 57), audit.Turns[1].Without);
        Assert.Equal(audit.Figures.CacheWithout, audit.Figures.CacheSent); // nothing can be made smaller, and no tool is declared
        double first = 1_920 * 2.5 + 80 * 2 + 1 * 10, second = 1_920 * 0.2 + 1_024 * 2.5 + 57 * 2 + 2 * 10;
        Assert.Equal((first + second) / 1_000_000, audit.Cost.Without, 9);
        Assert.Equal(audit.Cost.Without, audit.Cost.Sent, 9);
        Assert.Equal(30.0 / 1_000_000, audit.Cost.Output, 9);
    }

    [Fact]
    public async Task Other_tokenizers_cost_more_and_reach_the_minimum_sooner()
    {
        ConversationAudit audit = await Of(Lossless with { Model = "claude-sonnet-4-5" }, User(Words(900)), Answer(" a"));
        Assert.Equal(1.2, audit.Fit.Scale); // what is known of the family: docs/tokens.md
        Assert.Equal(900, audit.Turns[0].Without.Written); // 1,080 of its own tokens: above 1,024
        Assert.Equal((1_080 * 3.75 + 1.2 * 15) / 1_000_000, audit.Cost.Without, 9);
    }

    [Fact]
    public async Task A_model_without_prices_costs_tokens_at_the_price_of_input()
    {
        ConversationAudit audit = await Of(new AuditOptions { Mode = CompressionMode.Lossless }, User(Words(2_000)), Answer(" a"));
        Assert.False(audit.Cost.IsPriced);
        Assert.Equal(2_000 * 1.25 + 5, audit.Cost.Without, 6);
    }

    [Fact]
    public async Task A_result_that_gets_smaller_is_counted_every_time_it_is_sent()
    {
        string orders = CorpusFile.All.First(f => f.Id.Contains("lscpu", StringComparison.Ordinal)).Text;
        ConversationAudit audit = await Of(Lossless, User("what cpu?"), Call("c", "lscpu", "{}"), Result("c", orders), Answer("an old one"), User("sure?"), Answer("yes"));
        AuditedItem item = audit.Items.Single();
        int before = Count(orders), after = item.TokensAfter;
        Assert.True(after < before);
        Assert.Equal(("lscpu", "json", 3, 2, 2), (item.Tool, item.Kind, item.Line, item.Request, item.TimesSent));
        Assert.Equal((2L * before, 2L * after), (item.WireBefore, item.WireSent));
        Assert.Equal(2L * (before - after), audit.Figures.WholeWire.Net); // lossless: no tool is declared
        Assert.Equal(before - after, audit.Figures.NewInput.Net);
        Assert.Equal(before - after, audit.Figures.TouchedItems.Net);
        ItemGroup group = ItemGroup.By(audit.Items, i => i.Kind).Single();
        Assert.Equal((1, 1, 0, (long)before, (long)after, 2L * (before - after)), (group.Results, group.Changed, group.Cut, group.Before, group.After, group.WireSaved));
    }

    [Fact]
    public async Task What_is_cut_and_used_later_is_retrieved_and_paid_for()
    {
        ConversationAudit audit = await Of(TestTranscripts.Read("claude-code-session.jsonl").Conversations[0], new AuditOptions());
        AuditedItem log = audit.Items.MaxBy(i => i.TokensBefore)!;
        Assert.Equal((ItemForm.Elided, 1), (log.Form, log.Retrievals));
        Assert.Equal(1, audit.Figures.RetrievalRounds);
        Assert.Equal([0, 0, 1, 0, 0, 0, 0, 0], audit.Turns.Select(t => t.Retrievals));
        // The round sends the prompt of request 3 again, with the call and its answer; both stay in requests 4 to 7, until the history is replaced.
        long saved = audit.Items.Sum(i => (long)i.TokensBefore - i.TokensAfter) - audit.Figures.NewInput.Overhead.ToolDeclaration;
        long first = audit.Turns[2].Without.Input - saved, round = audit.Turns[2].Sent.Input - first, pair = round - first;
        Assert.InRange(audit.Figures.RetrievalOutput, 10, pair - 1); // the call is a part of the pair
        Assert.Equal(round + 4 * pair, audit.Figures.WholeWire.Overhead.Retrieval);
        Assert.Equal(pair, audit.Figures.NewInput.Overhead.Retrieval);
    }

    [Fact]
    public async Task What_is_not_sent_any_more_cannot_be_retrieved()
    {
        // The last answer, behind a compaction, names a request that stood in the middle of the log.
        string session = File.ReadAllText(TestTranscripts.PathOf("claude-code-session.jsonl")).Replace("\"text\":\"5433.\"", "\"text\":\"It was 0000e1.\"", StringComparison.Ordinal);
        ConversationAudit audit = await Of(TestTranscripts.Of(session).Conversations[0], new AuditOptions());
        Assert.Equal([0, 0, 1, 0, 0, 0, 0, 0], audit.Turns.Select(t => t.Retrievals));
    }

    [Fact]
    public async Task Without_retrieval_or_without_tools_nothing_is_cut_and_no_tool_is_declared()
    {
        RecordedConversation session = TestTranscripts.Read("claude-code-session.jsonl").Conversations[0], mini = TestTranscripts.Read("mini-swe-agent.traj.json").Conversations[0];
        foreach (ConversationAudit audit in new[] { await Of(session, new AuditOptions { Retrieval = false }), await Of(session, new AuditOptions { Mode = CompressionMode.Lossless }), await Of(mini, new AuditOptions { Mode = CompressionMode.Aggressive }) })
        {
            Assert.False(audit.CanRetrieve);
            Assert.DoesNotContain(audit.Items, i => i.WasCut);
            Assert.Equal(0, audit.Figures.WholeWire.Overhead.Total);
        }
    }

    [Fact]
    public async Task A_context_window_makes_results_give_way()
    {
        ConversationAudit audit = await Of(TestTranscripts.Read("claude-code-session.jsonl").Conversations[0], new AuditOptions { ContextWindow = 5_000 });
        Assert.Contains(audit.Items, i => i.GaveWay);
        Assert.All(audit.Items.Where(i => i.GaveWay), i => Assert.True(i.WireSent < i.WireBefore));
    }

    [Fact]
    public async Task Reported_usage_stands_beside_the_model_with_its_error()
    {
        // Counted: 2,000 and 3,001. Reported: the same and 500 that stand in no transcript; the second request read nothing.
        ConversationAudit audit = await Of(
            Lossless with { Prices = Prices("gpt-6-sol", 2, 2.5, 0.2, 10) },
            User(Words(2_000)), Answer(" a", Usage(2_500, 0, 7)), User(Words(1_000)), Answer(" a", Usage(3_501, 0, 9)));
        Assert.Equal((1.0, 500, true), (audit.Fit.Scale, audit.Fit.Hidden, audit.Fit.IsFitted));
        Assert.Equal(2_500 + 3_501, audit.Figures.WholeWire.Before);
        Assert.Equal(new ReportedUsage(6_001, 0, 0, 16), audit.Reported);
        Assert.Equal(new CacheComparison(2, 6_001, 0, 2_432, 2_432), audit.Cache); // 2,500 in steps of 128
        Assert.Equal(2_432.0 / 6_001, audit.Cache.Error!.Value, 9);
        Assert.Equal(CacheBreakReason.NotRead, audit.Breaks.Single().Reason);
        Assert.Equal((6_001 * 2 + 16 * 10) / 1_000_000.0, audit.Cost.Reported, 9);
        Assert.Equal(audit.Cost.Without, audit.Cost.OfReported, 9);
        Assert.Equal(16, audit.Output);
    }

    [Fact]
    public async Task Cache_entries_that_live_for_an_hour_outlast_a_pause_and_cost_twice_the_input()
    {
        string Line(string type, string uuid, string at, string message) => $$$"""{"type":"{{{type}}}","uuid":"{{{uuid}}}","timestamp":"{{{at}}}","message":{{{message}}}}""";
        string Turn(string id, long written, long read) => $$$"""{"id":"{{{id}}}","model":"claude-sonnet-5","role":"assistant","content":"a","usage":{"input_tokens":0,"cache_creation_input_tokens":{{{written}}},"cache_read_input_tokens":{{{read}}},"cache_creation":{"ephemeral_5m_input_tokens":0,"ephemeral_1h_input_tokens":{{{written}}}},"output_tokens":0}}""";
        string prompt = Words(2_000);
        ConversationAudit audit = await Of(
            new AuditOptions { Mode = CompressionMode.Lossless },
            Line("user", "1", "2026-11-20T09:00:00Z", $$"""{"role":"user","content":"{{prompt}}"}"""), Line("assistant", "2", "2026-11-20T09:00:05Z", Turn("m1", 2_000, 0)),
            Line("user", "3", "2026-11-20T09:30:00Z", """{"role":"user","content":" a"}"""), Line("assistant", "4", "2026-11-20T09:30:05Z", Turn("m2", 2, 2_000)));
        Assert.Empty(audit.Breaks); // half an hour: an entry of five minutes would be gone
        Assert.Equal((2_000 * 4 + 2 * 4 + 2_000 * 0.2) / 1_000_000, audit.Cost.Reported, 9);
    }
}
