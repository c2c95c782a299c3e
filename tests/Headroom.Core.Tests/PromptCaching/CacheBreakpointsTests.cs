using Headroom.Economics;

namespace Headroom.PromptCaching;

public sealed class CacheBreakpointsTests
{
    /// <summary>One letter a block: t tool, s system, u user, a assistant, r reasoning, c call, o result; upper case holds a breakpoint of the caller's; - cannot hold one.</summary>
    private static BreakpointSlot[] Blocks(string letters) => [.. letters.Select(c => new BreakpointSlot(
        char.ToLowerInvariant(c) switch
        {
            't' => PromptPartKind.ToolDeclaration,
            's' => PromptPartKind.System,
            'u' => PromptPartKind.User,
            'a' => PromptPartKind.Assistant,
            'r' => PromptPartKind.Reasoning,
            'c' => PromptPartKind.ToolCall,
            'o' => PromptPartKind.ToolResult,
            _ => PromptPartKind.Other,
        },
        c is not ('t' or 'r' or '-'),
        char.IsUpper(c)))];

    [Theory]
    [InlineData("ttsu", "2,3")]
    [InlineData("ttsuaco", "2,3,6")]
    [InlineData("ttsuacoaco", "2,3,6,9")]
    [InlineData("ttsuacoacoaco", "2,6,9,12")]
    [InlineData("ttsurcccooorcco", "2,3,10,14")]
    [InlineData("ttssu", "3,4")]
    [InlineData("ttu", "2")]
    [InlineData("ttsu-", "2,3")]
    [InlineData("ttsuac-", "2,3,5")]
    [InlineData("ttsua", "2,3,4")]
    [InlineData("ttsuru", "2,3,5")]
    [InlineData("tt", "")]
    [InlineData("s", "0")]
    [InlineData("", "")]
    public void Breakpoints_stand_behind_the_system_prompt_and_where_requests_ended(string blocks, string expected) =>
        Assert.Equal(expected, string.Join(',', CacheBreakpoints.Place(Blocks(blocks))));

    [Theory]
    [InlineData("ttSuaco", "3,6")]
    [InlineData("tTsuacoaco", "3,6,9")]
    [InlineData("TTSuaco", "6")]
    [InlineData("TTSSu", "")]
    [InlineData("ttsUaco", "")]
    [InlineData("ttSuacO", "")]
    public void Those_of_the_caller_count_and_one_among_the_messages_means_hands_off(string blocks, string expected) =>
        Assert.Equal(expected, string.Join(',', CacheBreakpoints.Place(Blocks(blocks))));

    /// <summary>Whatever a turn adds, what the request before wrote is read, and all of this one is written.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(9)]
    [InlineData(10)]
    [InlineData(60)]
    public void Every_request_reads_all_of_the_one_before_however_many_calls_a_turn_has(int calls)
    {
        var model = new PrefixCacheModel(CacheRules.Anthropic, ModelPrices.Typical);
        string blocks = "ttsu";
        List<PromptRequest> requests = [];
        for (int turn = 0; turn < 8; turn++)
        {
            requests.Add(new PromptRequest([.. blocks.Select((c, i) => new PromptBlock((ulong)(i + 1), i == 2 ? 2_000 : 50))]) { Breakpoints = CacheBreakpoints.Place(Blocks(blocks)) });
            blocks += "ra" + new string('c', calls) + new string('o', calls);
        }

        IReadOnlyList<ReplayedRequest> replayed = model.Replay(requests);

        for (int i = 1; i < requests.Count; i++)
        {
            Assert.Equal(requests[i - 1].Blocks.Sum(b => b.Tokens), replayed[i].Usage.CachedRead);
            Assert.Equal(0, replayed[i].Usage.Uncached);
        }

        // One breakpoint at the end alone loses sight of the one before when a turn is longer than 20 blocks.
        IReadOnlyList<ReplayedRequest> alone = model.Replay(requests.Select(r => r with { Breakpoints = [r.Blocks.Count - 1] }));
        Assert.Equal(2 + 2 * calls < 20, alone[^1].Usage.CachedRead > 0);
    }

    [Fact]
    public void A_turn_that_was_tried_again_or_taken_back_still_finds_what_was_written()
    {
        var model = new PrefixCacheModel(CacheRules.Anthropic, ModelPrices.Typical);
        PromptRequest Request(string blocks, ulong salt = 0) =>
            new([.. blocks.Select((_, i) => new PromptBlock((ulong)(i + 1) + (i > 6 ? salt : 0), i == 2 ? 2_000 : 50))]) { Breakpoints = CacheBreakpoints.Place(Blocks(blocks)) };

        PromptRequest first = Request("ttsuaco");
        CacheUsage[] usages = [.. model.Replay([first, Request("ttsuacoaco"), Request("ttsuacoaco", 1_000), Request("ttsuacoacoaco", 2_000)]).Select(r => r.Usage)];

        long written = first.Blocks.Sum(b => b.Tokens);
        Assert.Equal([written, written], [usages[2].CachedRead, usages[3].CachedRead]);
    }
}
