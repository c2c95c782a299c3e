namespace Headroom.Economics;

public sealed class PrefixCacheModelTests
{
    /// <summary>Input 1, write 1.25, read 0.1, output 5 dollars per million tokens.</summary>
    private static readonly ModelPrices Prices = ModelPrices.Typical;

    private static PromptBlock Block(int name, int tokens) => new((ulong)name, tokens);

    private static PromptRequest Request(params PromptBlock[] blocks) => new(blocks);

    private static CacheUsage[] Usages(CacheRules rules, params PromptRequest[] requests) =>
        [.. new PrefixCacheModel(rules, Prices).Replay(requests).Select(r => r.Usage)];

    [Fact]
    public void A_growing_conversation_reads_what_was_sent_and_writes_what_is_new()
    {
        Assert.Equal(
            [new CacheUsage(0, 2_000, 0), new CacheUsage(2_000, 500, 0), new CacheUsage(2_500, 30, 0)],
            Usages(
                CacheRules.Anthropic,
                Request(Block(1, 2_000)),
                Request(Block(1, 2_000), Block(2, 500)),
                Request(Block(1, 2_000), Block(2, 500), Block(3, 30))));
    }

    [Fact]
    public void A_change_in_the_middle_costs_everything_behind_it()
    {
        Assert.Equal(
            new CacheUsage(2_000, 3_100, 0),
            Usages(
                CacheRules.Anthropic,
                Request(Block(1, 2_000), Block(2, 500), Block(3, 3_000)),
                Request(Block(1, 2_000), Block(4, 100), Block(3, 3_000)))[1]);
    }

    [Fact]
    public void A_branch_finds_the_prefix_of_an_older_request()
    {
        Assert.Equal(
            new CacheUsage(2_500, 0, 0),
            Usages(
                CacheRules.Anthropic,
                Request(Block(1, 2_000), Block(2, 500)),
                Request(Block(1, 2_000), Block(3, 500)),
                Request(Block(1, 2_000), Block(2, 500)))[2]);
    }

    [Fact]
    public void The_same_blocks_in_another_order_are_another_prompt()
    {
        Assert.Equal(
            new CacheUsage(0, 4_000, 0),
            Usages(CacheRules.Anthropic, Request(Block(1, 2_000), Block(2, 2_000)), Request(Block(2, 2_000), Block(1, 2_000)))[1]);
    }

    [Fact]
    public void Prompts_below_the_minimum_are_neither_written_nor_read()
    {
        Assert.Equal(
            [new CacheUsage(0, 0, 1_023), new CacheUsage(0, 1_024, 0), new CacheUsage(1_024, 1, 0)],
            Usages(
                CacheRules.Anthropic,
                Request(Block(1, 1_023)),
                Request(Block(1, 1_023), Block(2, 1)),
                Request(Block(1, 1_023), Block(2, 1), Block(3, 1))));
    }

    [Fact]
    public void A_shared_prefix_below_the_minimum_is_not_read()
    {
        Assert.Equal(
            new CacheUsage(0, 2_100, 0),
            Usages(CacheRules.Anthropic, Request(Block(1, 1_000), Block(2, 1_000)), Request(Block(1, 1_000), Block(3, 1_100)))[1]);
    }

    [Fact]
    public void Increments_leave_the_rest_uncached()
    {
        Assert.Equal(
            [new CacheUsage(0, 1_152, 48), new CacheUsage(1_152, 128, 120)],
            Usages(CacheRules.OpenAI, Request(Block(1, 1_200)), Request(Block(1, 1_200), Block(2, 200))));
    }

    [Fact]
    public void An_entry_too_old_is_written_again_and_every_use_makes_it_young()
    {
        PromptRequest At(int minutes) => Request(Block(1, 2_000)) with { At = TimeSpan.FromMinutes(minutes) };

        Assert.Equal([0, 2_000, 2_000, 0], Usages(CacheRules.Anthropic, At(0), At(5), At(10), At(16)).Select(u => u.CachedRead));
        Assert.Equal([0, 2_000], Usages(CacheRules.Anthropic, Request(Block(1, 2_000)), At(1_000)).Select(u => u.CachedRead)); // nobody knows how old it is
    }

    private static PromptRequest Marked(int[] breakpoints, params PromptBlock[] blocks) => new(blocks) { Breakpoints = breakpoints };

    [Fact]
    public void Only_what_stands_before_a_breakpoint_is_written_and_read()
    {
        Assert.Equal(
            [new CacheUsage(0, 2_000, 500), new CacheUsage(2_000, 0, 600), new CacheUsage(2_000, 600, 0), new CacheUsage(2_600, 0, 30)],
            Usages(
                CacheRules.Anthropic,
                Marked([0], Block(1, 2_000), Block(2, 500)),
                Marked([0], Block(1, 2_000), Block(2, 500), Block(3, 100)),
                Marked([2], Block(1, 2_000), Block(2, 500), Block(3, 100)),
                Marked([2], Block(1, 2_000), Block(2, 500), Block(3, 100), Block(4, 30))));
        Assert.Equal([new CacheUsage(0, 0, 2_000), new CacheUsage(0, 0, 2_000)], Usages(CacheRules.Anthropic, Marked([], Block(1, 2_000)), Marked([], Block(1, 2_000))));
    }

    [Theory]
    [InlineData(19, 2_000)]
    [InlineData(20, 0)]
    public void An_entry_is_found_up_to_twenty_blocks_back_the_breakpoint_among_them(int added, int read)
    {
        PromptBlock[] blocks = [Block(1, 2_000), .. Enumerable.Range(2, added).Select(i => Block(i, 10))];

        Assert.Equal(read, Usages(CacheRules.Anthropic, Marked([0], blocks[0]), Marked([added], blocks))[1].CachedRead);
        Assert.Equal(2_000, Usages(CacheRules.Anthropic, Marked([0], blocks[0]), Marked([0, added], blocks))[1].CachedRead);
    }

    [Fact]
    public void Every_breakpoint_needs_the_minimum_before_it()
    {
        Assert.Equal(
            [new CacheUsage(0, 0, 1_500), new CacheUsage(0, 1_500, 0), new CacheUsage(1_500, 0, 0)],
            Usages(
                CacheRules.Anthropic,
                Marked([0], Block(1, 1_000), Block(2, 500)), // 1,000 tokens are too few
                Marked([0, 1], Block(1, 1_000), Block(2, 500)),
                Marked([0, 1], Block(1, 1_000), Block(2, 500))));
    }

    [Fact]
    public void Breakpoints_mean_nothing_where_every_prefix_is_cached()
    {
        PromptRequest first = Request(Block(1, 1_200)), second = Request(Block(1, 1_200), Block(2, 200));

        Assert.Equal(Usages(CacheRules.OpenAI, first, second), Usages(CacheRules.OpenAI, first with { Breakpoints = [] }, second with { Breakpoints = [0] }));
    }

    [Fact]
    public void A_breakpoint_too_many_or_outside_is_refused()
    {
        PromptBlock[] blocks = [.. Enumerable.Range(1, 6).Select(i => Block(i, 500))];

        Assert.Throws<ArgumentException>(() => Usages(CacheRules.Anthropic, Marked([0, 1, 2, 3, 4], blocks)));
        Assert.Throws<ArgumentException>(() => Usages(CacheRules.Anthropic, Marked([6], blocks)));
        Assert.Throws<ArgumentException>(() => new PrefixCacheModel(CacheRules.Anthropic with { Breakpoints = new BreakpointRule(4, 0) }, Prices));
    }

    [Fact]
    public void Costs_are_tokens_times_prices_and_a_long_prompt_costs_more_as_a_whole()
    {
        var model = new PrefixCacheModel(CacheRules.Anthropic with { LongPrompt = new LongPromptRule(3_000, 2, 1.5) }, Prices);

        IReadOnlyList<ReplayedRequest> replayed = model.Replay([Request(Block(1, 2_000)) with { OutputTokens = 100 }, Request(Block(1, 2_000), Block(2, 2_000)) with { OutputTokens = 100 }]);

        Assert.Equal((2_000 * 1.25 + 100 * 5) / 1e6, replayed[0].Cost, 12);
        Assert.Equal(((2_000 * 0.1 + 2_000 * 1.25) * 2 + 100 * 5 * 1.5) / 1e6, replayed[1].Cost, 12);
        Assert.False(replayed[0].IsLong);
        Assert.True(replayed[1].IsLong);
    }

    [Fact]
    public void Every_token_is_read_written_or_neither()
    {
        var random = new Random(7);
        foreach (CacheRules rules in new[] { CacheRules.Anthropic, CacheRules.OpenAI, new CacheRules { MinimumTokens = 0 } })
        {
            List<PromptBlock> blocks = [];
            List<PromptRequest> requests = [];
            for (int i = 0; i < 200; i++)
            {
                if (random.Next(5) == 0 && blocks.Count > 0) blocks[random.Next(blocks.Count)] = Block(random.Next(1_000), random.Next(500));
                blocks.Add(Block(random.Next(1_000), random.Next(500)));
                requests.Add(Request([.. blocks]) with
                {
                    At = TimeSpan.FromMinutes(random.Next(3) * i),
                    Breakpoints = random.Next(2) == 0 ? null : [.. Enumerable.Range(0, random.Next(4)).Select(_ => random.Next(blocks.Count))],
                });
            }

            IReadOnlyList<ReplayedRequest> replayed = new PrefixCacheModel(rules, Prices).Replay(requests);
            Assert.Equal(requests.Select(r => r.Blocks.Sum(b => (long)b.Tokens)), replayed.Select(r => r.Usage.Input));
            Assert.All(replayed, r => Assert.True(r.Usage is { CachedRead: >= 0, Written: >= 0, Uncached: >= 0 } && r.Usage.CachedRead % rules.Increment == 0));
        }
    }

    [Theory]
    [InlineData("claude-opus-4-5-20251101", 4_096, 1)]
    [InlineData("anthropic/claude-sonnet-5-5", 1_024, 1)]
    [InlineData("gpt-6-sol", 1_024, 128)]
    [InlineData("a-model-nobody-knows", 1_024, 1)]
    [InlineData(null, 1_024, 1)]
    public void Rules_are_found_by_the_model(string? model, int minimum, int increment)
    {
        CacheRules rules = CacheRules.For(model);
        Assert.Equal((minimum, increment), (rules.MinimumTokens, rules.Increment));
        Assert.Equal(model?.Contains("claude", StringComparison.Ordinal) == true ? BreakpointRule.Anthropic : null, rules.Breakpoints);
    }

    [Fact]
    public void The_shipped_rules_say_how_old_they_are() => Assert.True(CacheRulesTable.Shipped.AsOf > new DateOnly(2026, 1, 1));

    [Fact]
    public void Rules_and_prices_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new PrefixCacheModel(new CacheRules { Increment = 0 }, Prices));
        Assert.Throws<ArgumentException>(() => new PrefixCacheModel(new CacheRules { MinimumTokens = -1 }, Prices));
        Assert.Throws<ArgumentException>(() => new PrefixCacheModel(CacheRules.OpenAI, new ModelPrices(0, 1, 1, 1)));
    }
}
