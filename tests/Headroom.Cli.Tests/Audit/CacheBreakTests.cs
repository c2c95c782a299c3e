using Headroom.Cli.Audit;
using Headroom.Cli.Audit.Reports;
using Headroom.Cli.Tests.Transcripts;
using Headroom.PromptCaching;

namespace Headroom.Cli.Tests.Audit;

public sealed class CacheBreakTests
{
    private static async Task<ConversationAudit> Audit(string file) => await AuditRun.Of(TestTranscripts.Read(file).Conversations[0], new AuditOptions());

    [Fact]
    public async Task A_session_says_where_it_lost_the_cache_and_why()
    {
        ConversationAudit audit = await Audit("claude-code-session.jsonl");
        Assert.Equal([(5, CacheBreakReason.Expired), (7, CacheBreakReason.Branched), (8, CacheBreakReason.Compacted)], audit.Breaks.Select(b => (b.Request, b.Reason)));
        Assert.Equal("cache entries expired: 20 minutes since the request before", Wording.Of(audit.Breaks[0]));
        Assert.True(audit.Breaks[0].LostTokens > 25_000);
    }

    [Fact]
    public async Task A_time_in_the_system_prompt_and_tools_in_another_order_are_named()
    {
        ConversationAudit audit = await Audit("chat-requests.jsonl");
        Assert.Equal([3, 4], audit.Breaks.Select(b => b.Request));
        Assert.Equal((PrefixChange.VolatileText, VolatileTextKind.DateTime), (audit.Breaks[0].Prefix!.Change, audit.Breaks[0].Prefix!.Volatile!.Value));
        Assert.Equal("message 1 (system), character 59: a date and time in it changed", Wording.Of(audit.Breaks[0]));
        Assert.Equal(PrefixChange.ToolsReordered, audit.Breaks[1].Prefix!.Change);
        VolatilePrompt prompt = audit.Volatile.Single();
        Assert.Equal(("message 1 (system)", VolatileTextKind.DateTime, 44), (prompt.Part, prompt.Kind, prompt.Offset));
    }

    [Fact]
    public async Task An_observation_that_was_shortened_later_is_named()
    {
        CacheBreak found = (await Audit("swe-agent-queries.traj")).Breaks.Single();
        Assert.Equal((CacheBreakReason.PrefixChanged, PrefixChange.TextChanged, 3), (found.Reason, found.Prefix!.Change, found.Request));
        Assert.Equal("message 4 (result of bash)", found.Prefix.Part);
    }

    [Fact]
    public async Task Another_model_has_another_cache()
    {
        string[] lines =
        [
            AuditRun.User(AuditRun.Words(2_000)), AuditRun.Answer(" a")[..^1] + ",\"model\":\"gpt-6-sol\"}", AuditRun.User(" a"), AuditRun.Answer(" a")[..^1] + ",\"model\":\"gpt-6-luna\"}",
        ];
        ConversationAudit audit = await AuditRun.Of(new AuditOptions(), lines);
        Assert.Equal(["gpt-6-sol", "gpt-6-luna"], audit.Models);
        Assert.Equal((CacheBreakReason.ModelChanged, 1_920), (audit.Breaks.Single().Reason, (int)audit.Breaks.Single().LostTokens));
        Assert.Equal(0, audit.Turns[1].Without.CachedRead);
        ConversationAudit asOne = await AuditRun.Of(new AuditOptions { Model = "gpt-6-sol" }, lines); // replayed as if one model had answered all
        Assert.Empty(asOne.Breaks);
        Assert.Equal(1_920, asOne.Turns[1].Without.CachedRead);
    }
}
