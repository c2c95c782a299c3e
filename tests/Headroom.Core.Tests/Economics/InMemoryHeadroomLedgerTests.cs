namespace Headroom.Economics;

public sealed class InMemoryHeadroomLedgerTests
{
    private const string Model = "claude-sonnet-5"; // 2 in, 2.5 written, 0.2 read, 10 out

    private static readonly LedgerBlock System = LedgerBlock.Same(Block(1, 2_000));
    private static readonly LedgerBlock Tool = LedgerBlock.Added(Block(2, 300), LedgerBlockKind.ToolDeclaration);
    private static readonly LedgerBlock Cut = new(Block(3, 5_000), Block(4, 1_000), LedgerBlockKind.Item, MarkerTokens: 50);
    private static readonly LedgerBlock Call = LedgerBlock.Added(Block(5, 40), LedgerBlockKind.Retrieval);
    private static readonly LedgerBlock Answer = LedgerBlock.Added(Block(6, 500), LedgerBlockKind.Retrieval);

    private static PromptBlock Block(int name, int tokens) => new((ulong)name, tokens);

    private static LedgerEntry Entry(string conversation, params LedgerBlock[] blocks) => new() { Conversation = conversation, Blocks = blocks, Model = Model };

    [Fact]
    public void Overhead_is_charged_and_the_sums_agree()
    {
        LedgerFigures figures = new InMemoryHeadroomLedger().Record(Entry("a", Tool, System, Cut));

        Assert.Equal(new TokenBalance(7_000, 2_950, new LedgerOverhead(300, 50, 0)), figures.WholeWire);
        Assert.Equal(7_000 - 2_950 - 350, figures.WholeWire.Net);
        Assert.Equal(3_300, figures.WholeWire.Sent);
        Assert.Equal(3_700 / 7_000.0, figures.WholeWire.NetShare);
        Assert.Equal(figures.WholeWire, figures.NewInput); // the first request
        Assert.Equal(new TokenBalance(5_000, 950, new LedgerOverhead(0, 50, 0)), figures.TouchedItems);
    }

    [Fact]
    public void The_three_denominators_differ_in_what_is_sent_again()
    {
        var ledger = new InMemoryHeadroomLedger();
        LedgerBlock turn = LedgerBlock.Same(Block(7, 100));
        ledger.Record(Entry("a", Tool, System, Cut));

        LedgerFigures second = ledger.Record(Entry("a", Tool, System, Cut, turn));

        Assert.Equal(7_100, second.WholeWire.Before);
        Assert.Equal(3_700, second.WholeWire.Net); // saved again, since it would have been sent again
        Assert.Equal(new TokenBalance(100, 100, default), second.NewInput);
        Assert.Equal(default, second.TouchedItems);
        LedgerFigures total = ledger.Snapshot().Compressed;
        Assert.Equal((7_400, 3_700, 4_000), (total.WholeWire.Net, total.NewInput.Net, total.TouchedItems.Net));
    }

    [Theory]
    [InlineData(null, 3_300, 100)] // not known: every prefix
    [InlineData(new int[0], 0, 0)]
    [InlineData(new[] { 2 }, 3_300, 0)]
    [InlineData(new[] { 2, 3 }, 3_300, 100)]
    [InlineData(new[] { 0, 1, 2, 3, 3 }, 3_300, 100)] // one too many, and one that is not there: a provider would refuse them
    [InlineData(new[] { 4 }, 3_300, 100)]
    public void Only_what_ends_at_a_breakpoint_is_cached(int[]? breakpoints, long read, long written)
    {
        var ledger = new InMemoryHeadroomLedger();
        ledger.Record(Entry("a", Tool, System, Cut) with { Breakpoints = breakpoints is null or { Length: 0 } ? breakpoints : [2] });
        LedgerFigures second = ledger.Record(Entry("a", Tool, System, Cut, LedgerBlock.Same(Block(7, 100))) with { Breakpoints = breakpoints });
        Assert.Equal((read, written), (second.CacheSent.CachedRead, second.CacheSent.Written));
        Assert.Equal(breakpoints is { Length: 0 } ? 0 : 7_000, second.CacheWithout.CachedRead);
    }

    [Fact]
    public void A_round_made_for_retrieval_is_charged_whole()
    {
        var ledger = new InMemoryHeadroomLedger();
        ledger.Record(Entry("a", Tool, System, Cut) with
        {
            Reported = new ReportedUsage(3_400, 0, 3_400, 60),
            RetrievalCallTokens = 40,
            AsksOnlyForRetrieval = true,
        });

        LedgerFigures round = ledger.Record(Entry("a", Tool, System, Cut, Call, Answer) with { IsRetrievalRound = true, Reported = new ReportedUsage(4_000, 3_400, 600, 200) });

        Assert.Equal(new TokenBalance(0, 0, new LedgerOverhead(0, 0, 3_840)), round.WholeWire);
        Assert.Equal(new TokenBalance(0, 0, new LedgerOverhead(0, 0, 540)), round.NewInput);
        LedgerFigures total = ledger.Snapshot().Compressed;
        Assert.Equal(3_700 - 3_840, total.WholeWire.Net); // less than nothing was saved
        Assert.Equal((2, 1), (total.Requests, total.RetrievalRounds));
        Assert.Equal(60, total.RetrievalOutput);
        Assert.Equal(new ReportedUsage(4_000, 3_400, 600, 60), total.ReportedRetrieval);
        Assert.Equal(new ReportedUsage(7_400, 3_400, 4_000, 260), total.Reported);
    }

    [Fact]
    public void Retrieval_that_stays_in_the_history_is_charged_in_every_request()
    {
        var ledger = new InMemoryHeadroomLedger();
        ledger.Record(Entry("a", Tool, System, Cut));
        ledger.Record(Entry("a", Tool, System, Cut, Call, Answer, LedgerBlock.Same(Block(8, 10))));

        LedgerFigures third = ledger.Record(Entry("a", Tool, System, Cut, Call, Answer, LedgerBlock.Same(Block(8, 10)), LedgerBlock.Same(Block(9, 20))));

        Assert.Equal(540, third.WholeWire.Overhead.Retrieval);
        Assert.Equal(new TokenBalance(20, 20, default), third.NewInput); // known on either side, though one has more blocks
    }

    [Fact]
    public void Money_follows_the_cache_on_either_side()
    {
        var ledger = new InMemoryHeadroomLedger();
        ledger.Record(Entry("a", Tool, System, Cut));

        LedgerFigures second = ledger.Record(Entry("a", Tool, System, Cut, LedgerBlock.Same(Block(7, 100))) with { Reported = new ReportedUsage(3_500, 3_000, 400, 10) });

        Assert.Equal(new CacheUsage(7_000, 100, 0), second.CacheWithout);
        Assert.Equal(new CacheUsage(3_300, 100, 0), second.CacheSent);
        LedgerMoney money = second.Money!;
        Assert.Equal((7_000 * 0.2 + 100 * 2.5 + 10 * 10) / 1e6, money.Without, 12);
        Assert.Equal((3_300 * 0.2 + 100 * 2.5 + 10 * 10) / 1e6, money.Sent, 12);
        Assert.Equal((3_000 * 0.2 + 400 * 2.5 + 100 * 2 + 10 * 10) / 1e6, money.Reported, 12);
        Assert.Equal(3_700 * 0.1, money.NetInputTokens, 6);
        Assert.Equal(money.Without - money.Sent, money.Net, 12);
        Assert.Equal((2, 1), (ledger.Snapshot().Compressed.Money!.Requests, ledger.Snapshot().Compressed.Money!.ReportedRequests));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("a-model-nobody-knows")]
    public void An_unknown_model_gets_tokens_and_no_price(string? model)
    {
        var ledger = new InMemoryHeadroomLedger();

        LedgerFigures figures = ledger.Record(Entry("a", System, Cut) with { Model = model, Reported = new ReportedUsage(3_000, 0, 0, 10) });

        Assert.Null(figures.Money);
        Assert.Equal(4_000 - 0, figures.WholeWire.Net);
        ledger.Record(Entry("b", System, Cut));
        Assert.Equal(1, ledger.Snapshot().Compressed.Money!.Requests); // and says how many requests the money is about
    }

    [Fact]
    public void A_compaction_step_is_charged_as_new_input_and_touches_nothing_twice()
    {
        var ledger = new InMemoryHeadroomLedger();
        LedgerBlock turn = LedgerBlock.Same(Block(7, 100)), withdrawn = Cut with { Sent = Block(10, 60), MarkerTokens = 60 };
        ledger.Record(Entry("a", Tool, System, Cut, turn));

        LedgerFigures step = ledger.Record(Entry("a", Tool, System, withdrawn, turn, LedgerBlock.Same(Block(8, 10))));

        Assert.Equal(new TokenBalance(10, 110, new LedgerOverhead(0, 60, 0)), step.NewInput); // a loss here and now
        Assert.Equal(new CacheUsage(2_300, 170, 0), step.CacheSent);
        Assert.Equal(default, step.TouchedItems);
    }

    [Fact]
    public void A_partial_request_has_tokens_and_what_was_reported_but_no_modelled_money()
    {
        LedgerFigures figures = new InMemoryHeadroomLedger().Record(
            Entry("a", Cut) with { IsPartial = true, Reported = new ReportedUsage(9_000, 8_000, 0, 10), TouchedAtBirth = new TokenBalance(900, 90, default) });

        Assert.Equal(1, figures.PartialRequests);
        Assert.Equal(default, figures.CacheSent);
        Assert.Equal((0, 0.0, 1), (figures.Money!.Requests, figures.Money.Net, figures.Money.ReportedRequests));
        Assert.Equal(5_900, figures.TouchedItems.Before);
    }

    [Fact]
    public void Groups_are_kept_apart()
    {
        var ledger = new InMemoryHeadroomLedger();
        ledger.Record(Entry("a", System, Cut));
        ledger.Record(Entry("b", System, LedgerBlock.Same(Block(3, 5_000), LedgerBlockKind.Item)) with { Group = LedgerGroup.HeldOut });
        ledger.Record(Entry("c", System, Cut) with { Group = LedgerGroup.Shadow });

        LedgerSnapshot snapshot = ledger.Snapshot();
        Assert.Equal((4_000, 0, 4_000), (snapshot.Compressed.WholeWire.Net, snapshot.HeldOut.WholeWire.Net, snapshot.Shadow.WholeWire.Net));
        Assert.Equal(2, snapshot.Total.Conversations);
        Assert.Equal(["c", "b", "a"], snapshot.Conversations.Select(c => c.Conversation));
        Assert.Equal([LedgerGroup.Shadow, LedgerGroup.HeldOut, LedgerGroup.Compressed], snapshot.Conversations.Select(c => c.Group));
    }

    [Fact]
    public void The_snapshot_says_by_which_counter_and_how_old_the_prices_are()
    {
        var ledger = new InMemoryHeadroomLedger();
        ledger.Record(Entry("a", System) with { Counter = "o200k_base" });
        ledger.Record(Entry("a", System) with { Counter = "o200k_base" });

        Assert.Equal(["o200k_base"], ledger.Snapshot().Counters);
        Assert.Equal(PriceTable.Default.AsOf, ledger.Snapshot().PricesAsOf);
    }

    [Fact]
    public void Ten_thousand_conversations_stay_within_bounds_and_in_the_sums()
    {
        var ledger = new InMemoryHeadroomLedger(new HeadroomLedgerOptions { MaxConversations = 100 });
        for (int i = 0; i < 10_000; i++)
        {
            ledger.Record(Entry($"c{i}", System, LedgerBlock.Same(Block(i, 10))));
            ledger.Record(Entry("kept", System)); // in use, so never the idlest
        }

        LedgerSnapshot snapshot = ledger.Snapshot();
        Assert.Equal(100, snapshot.Conversations.Count);
        Assert.Equal(10_001 - 100, snapshot.DroppedConversations);
        Assert.Equal("kept", snapshot.Conversations[0].Conversation);
        Assert.Equal(10_000, snapshot.Conversations[0].Figures.Requests);
        Assert.Equal((20_000, 10_001), (snapshot.Compressed.Requests, snapshot.Compressed.Conversations));
        Assert.Equal(10_000 * 2_010L + 10_000 * 2_000L, snapshot.Compressed.WholeWire.Before);
    }

    [Fact]
    public void Long_conversations_are_dropped_before_they_fill_the_memory()
    {
        var ledger = new InMemoryHeadroomLedger();
        for (int c = 0; c < 60; c++)
            ledger.Record(Entry($"c{c}", [.. Enumerable.Range(0, 10_000).Select(i => LedgerBlock.Same(Block(i, 1)))])); // 20,000 prefixes each

        Assert.Equal(50, ledger.Snapshot().Conversations.Count);
        Assert.Equal(600_000, ledger.Snapshot().Compressed.WholeWire.Before);
    }

    [Fact]
    public async Task Threads_lose_nothing()
    {
        var ledger = new InMemoryHeadroomLedger(new HeadroomLedgerOptions { MaxConversations = 5 });

        await Task.WhenAll(Enumerable.Range(0, 8).Select(t => Task.Run(() =>
        {
            for (int i = 0; i < 500; i++)
            {
                ledger.Record(Entry($"c{(t + i) % 20}", Tool, System, Cut));
                if (i % 50 == 0) _ = ledger.Snapshot();
            }
        })));

        LedgerFigures total = ledger.Snapshot().Compressed;
        Assert.Equal(4_000, total.Requests);
        Assert.Equal(new TokenBalance(4_000 * 7_000L, 4_000 * 2_950L, new LedgerOverhead(4_000 * 300, 4_000 * 50, 0)), total.WholeWire);
        Assert.Equal(4_000 * 3_300L, total.CacheSent.Input);
    }

    [Fact]
    public void Sums_of_requests_are_those_of_conversations_and_of_the_total()
    {
        var random = new Random(11);
        var ledger = new InMemoryHeadroomLedger();
        LedgerFigures sum = LedgerFigures.Zero;
        Dictionary<string, List<LedgerBlock>> histories = [];
        for (int i = 0; i < 300; i++)
        {
            string conversation = $"c{random.Next(7)}";
            if (!histories.TryGetValue(conversation, out List<LedgerBlock>? history)) histories[conversation] = history = [Tool, System];
            int tokens = random.Next(1, 3_000), cut = random.Next(1, tokens + 1), markers = random.Next(cut);
            history.Add(random.Next(3) switch
            {
                0 => LedgerBlock.Added(Block(i + 100, cut), LedgerBlockKind.Retrieval),
                1 => LedgerBlock.Same(Block(i + 100, tokens)),
                _ => new LedgerBlock(Block(i + 100, tokens), Block(-i - 100, cut), LedgerBlockKind.Item, markers),
            });
            LedgerFigures figures = ledger.Record(Entry(conversation, [.. history]) with { IsRetrievalRound = random.Next(4) == 0, RetrievalCallTokens = random.Next(10) });
            foreach (TokenBalance balance in new[] { figures.WholeWire, figures.NewInput, figures.TouchedItems })
            {
                Assert.Equal(balance.Before - balance.After - balance.Overhead.ToolDeclaration - balance.Overhead.Markers - balance.Overhead.Retrieval, balance.Net);
                Assert.Equal(balance.Before - balance.Net, balance.Sent);
            }

            Assert.Equal(figures.CacheSent.Input, figures.WholeWire.Sent); // the same tokens, told apart in two ways
            Assert.Equal(figures.CacheWithout.Input, figures.WholeWire.Before);
            sum = sum.Add(figures);
        }

        LedgerSnapshot snapshot = ledger.Snapshot();
        LedgerFigures conversations = snapshot.Conversations.Aggregate(LedgerFigures.Zero, (s, c) => s.Add(c.Figures));
        Assert.Equal(sum with { Money = null }, snapshot.Compressed with { Money = null });
        Assert.Equal(sum with { Money = null }, conversations with { Money = null });
        Assert.Equal(sum.Money!.Net, conversations.Money!.Net, 9);
    }

    [Fact]
    public void Another_model_has_another_cache()
    {
        var ledger = new InMemoryHeadroomLedger();
        ledger.Record(Entry("a", System));

        Assert.Equal(0, ledger.Record(Entry("a", System) with { Model = "claude-opus-5" }).CacheSent.CachedRead);
    }

    [Fact]
    public void Settings_out_of_range_are_refused()
    {
        Assert.Contains("MaxConversations", Assert.Throws<ArgumentException>(() => new InMemoryHeadroomLedger(new HeadroomLedgerOptions { MaxConversations = 0 })).Message, StringComparison.Ordinal);
        Assert.Contains("Prices", Assert.Throws<ArgumentException>(() => new InMemoryHeadroomLedger(new HeadroomLedgerOptions { Prices = null! })).Message, StringComparison.Ordinal);
        Assert.Contains("CacheRulesOf", Assert.Throws<ArgumentException>(() => new InMemoryHeadroomLedger(new HeadroomLedgerOptions { CacheRulesOf = null! })).Message, StringComparison.Ordinal);
    }
}
