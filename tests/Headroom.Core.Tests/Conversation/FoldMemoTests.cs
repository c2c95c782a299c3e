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
                node = memo.Remember(new FoldNode(node, item, outcome, node.State) { LastUsed = walk });
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
