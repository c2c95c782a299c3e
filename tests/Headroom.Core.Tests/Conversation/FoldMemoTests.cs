namespace Headroom.Conversation;

public sealed class FoldMemoTests
{
    [Fact]
    public async Task A_conversation_that_grew_by_one_item_asks_compressors_about_that_item_alone()
    {
        var counting = new CountingCompressor();
        var compressor = new ConversationCompressor(compressors: [counting]);
        List<ContextItem> items = [];
        for (int i = 0; i < 50; i++)
        {
            items.Add(new ContextItem { Text = $"result number {i} with enough characters to be looked at" });
            await compressor.CompressAsync(items, new ConversationContext());
            Assert.Equal(i + 1, counting.Calls);
        }
    }

    [Fact]
    public async Task Equal_texts_in_new_strings_are_recognised()
    {
        var counting = new CountingCompressor();
        var compressor = new ConversationCompressor(compressors: [counting]);
        for (int i = 0; i < 3; i++)
            await compressor.CompressAsync([new ContextItem { Text = new string('x', 100) }], new ConversationContext());
        Assert.Equal(1, counting.Calls);
    }

    [Fact]
    public async Task A_changed_history_is_worked_out_anew_from_where_it_changed()
    {
        var counting = new CountingCompressor();
        var compressor = new ConversationCompressor(compressors: [counting]);
        ContextItem[] items = [.. Enumerable.Range(0, 10).Select(i => new ContextItem { Text = $"result number {i} with enough characters to be looked at" })];
        await compressor.CompressAsync(items, new ConversationContext());
        items[7] = items[7] with { Text = items[7].Text + "!" };
        await compressor.CompressAsync(items, new ConversationContext());
        Assert.Equal(13, counting.Calls);
    }

    [Fact]
    public async Task A_system_prompt_that_changes_every_time_costs_nothing_but_itself()
    {
        var counting = new CountingCompressor();
        var compressor = new ConversationCompressor(new HeadroomOptions().ContextWindow(100_000), compressors: [counting]);
        List<ContextItem> items = [new() { Role = ItemRole.System, Text = "" }];
        for (int i = 0; i < 20; i++)
        {
            items[0] = items[0] with { Text = $"It is {i % 10}:{i / 10}0 o'clock." }; // as many tokens each time
            items.Add(new ContextItem { Role = ItemRole.Assistant, Text = $"I look at number {i}." });
            items.Add(new ContextItem { Text = $"result number {i} with enough characters to be looked at" });
            IReadOnlyList<ItemOutcome> outcomes = await compressor.CompressAsync(items, new ConversationContext());
            Assert.Equal(i + 1, counting.Calls);
            Assert.Equal(items.Select(x => x.Text), outcomes.Select(o => o.Text));
        }
    }

    [Fact]
    public async Task A_conversation_of_ten_thousand_messages_costs_each_once()
    {
        var counting = new CountingCompressor();
        var compressor = new ConversationCompressor(compressors: [counting]);
        List<ContextItem> items = [.. Enumerable.Range(0, 10_000).Select(i => new ContextItem { Text = $"result number {i} with enough characters to be looked at", CallId = "call_" + i })];
        await compressor.CompressAsync(items, new ConversationContext());
        for (int i = 0; i < 3; i++)
        {
            items.Add(items[0] with { Text = $"and one more, number {i}, with as many characters as the others" });
            Assert.Equal(items.Count, (await compressor.CompressAsync(items, new ConversationContext())).Count);
        }

        Assert.Equal(10_003, counting.Calls);
    }

    [Fact]
    public async Task Ten_thousand_live_conversations_stay_within_bounds_whatever_they_are()
    {
        const long Bound = 4_000_000;
        var compressor = new ConversationCompressor(new HeadroomOptions { MaxRememberedCharacters = Bound }, compressors: []);
        var context = new ConversationContext();
        ContextItem system = new() { Role = ItemRole.System, Text = "You are an agent." };
        long held = 0;
        for (int turn = 1; turn <= 2; turn++)
        {
            for (int conversation = 0; conversation < 10_000; conversation++)
            {
                List<ContextItem> items = [system];
                for (int i = 0; i < 3 * turn; i++) items.Add(new ContextItem { Text = string.Join('\n', Enumerable.Range(0, 10).Select(l => $"{conversation}/{i} line {l}")) });
                await compressor.CompressAsync(items, context);
                held += items.Sum(x => x.Text.Length);
                Assert.InRange(compressor.RememberedCharacters, 1, Bound + 40_000); // until the walk is through, its own last item
            }
        }

        Assert.True(held > 3 * Bound);
    }

    [Fact]
    public async Task The_index_of_visible_lines_counts_for_each_branch_that_has_one()
    {
        var compressor = new ConversationCompressor(compressors: []);
        ContextItem Item(int i) => new() { Text = string.Join('\n', Enumerable.Range(0, 200).Select(l => $"{i} {l}")) };
        ContextItem[] trunk = [.. Enumerable.Range(0, 50).Select(Item)];
        await compressor.CompressAsync(trunk, new ConversationContext());
        long one = compressor.RememberedCharacters;
        for (int branch = 0; branch < 4; branch++) // so near the beginning that each makes an index of its own
            await compressor.CompressAsync([.. trunk.Take(20 + branch), Item(100 + branch)], new ConversationContext());

        Assert.InRange(compressor.RememberedCharacters - one, 4 * 20 * 200 * 40, 4 * 26 * 200 * 60);
    }

    [Fact]
    public void Memory_is_bounded_and_what_was_used_last_stays()
    {
        var memo = new FoldMemo(maxCharacters: 100_000);
        var context = new ConversationContext();
        for (int conversation = 0; conversation < 1_000; conversation++)
        {
            FoldNode node = memo.Start(context, out long walk);
            for (int i = 0; i < 3; i++)
            {
                var item = new ContextItem { Text = $"conversation {conversation}, item {i}" + new string('x', 500) };
                var outcome = new ItemOutcome { Text = item.Text, Form = ItemForm.Unchanged, Reason = OutcomeReason.NothingSmaller, TokensBefore = 1, TokensAfter = 1 };
                node = memo.Remember(new FoldNode(node, item, outcome, node.State), walk);
            }

            Assert.True(memo.Characters <= 100_000);
        }

        var last = new ContextItem { Text = "conversation 999, item 0" + new string('x', 500) };
        Assert.NotNull(memo.Start(context, out _).Find(last));
    }

    [Fact]
    public async Task Many_conversations_at_once_do_not_disturb_each_other()
    {
        var compressor = new ConversationCompressor();
        await Parallel.ForAsync(0, 64, async (conversation, token) =>
        {
            List<ContextItem> items = [];
            for (int i = 0; i < 20; i++)
            {
                items.Add(new ContextItem { Text = $"conversation {conversation % 8}, item {i}: {new string('y', 60)}" });
                IReadOnlyList<ItemOutcome> outcomes = await compressor.CompressAsync(items, new ConversationContext(), token);
                Assert.Equal(items.Select(x => x.Text), outcomes.Select(o => compressor.Expand(o.Text)));
            }
        });
    }

    private sealed class CountingCompressor : ContentCompressor
    {
        private int _calls;

        public int Calls => _calls;

        public override string Name => "counting";

        public override double Probe(ReadOnlySpan<char> sample) => 1;

        protected override IReadOnlyList<ReformattedCandidate> ReformatCore(CompressionRequest request)
        {
            Interlocked.Increment(ref _calls);
            return [];
        }
    }
}
