using Headroom.Conversation.References;

namespace Headroom.Conversation;

public sealed class VisibleIndexTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void What_is_taken_back_leaves_nothing_behind(int seed)
    {
        var random = new Random(seed);
        List<(ContextItem Item, ItemOutcome Outcome)> items = [.. Enumerable.Range(0, 60).Select(i => Item(random, i))];
        var lines = new VisibleLines();
        for (int round = 0; round < 200; round++)
        {
            if (lines.Count < items.Count && random.Next(3) > 0) lines.Add(items[lines.Count].Item, items[lines.Count].Outcome);
            else lines.TakeBack(random.Next(lines.Count + 1));
            if (round % 10 == 0) AssertSame(Fresh(items.Take(lines.Count)), lines, items);
        }

        lines.TakeBack(0);
        Assert.True(lines.IsEmpty);
        Assert.Equal(0, lines.Size);
    }

    [Fact]
    public void A_branch_near_the_end_takes_the_index_back_and_one_near_the_beginning_leaves_it()
    {
        FoldNode[] path = Path(10, out VisibleLines lines);

        Assert.Same(lines, path[7].TakeVisible(out VisibleIndex index));
        Assert.Equal(8, lines.Count);
        path[7].GiveVisible(lines, index);

        Assert.NotSame(lines, path[2].TakeVisible(out VisibleIndex other));
        Assert.NotSame(index, other);
        Assert.Same(lines, path[7].TakeVisible(out _)); // the long one kept its own
    }

    [Fact]
    public void While_one_owns_it_another_makes_its_own()
    {
        FoldNode[] path = Path(5, out VisibleLines lines);

        Assert.Same(lines, path[4].TakeVisible(out VisibleIndex mine));
        VisibleLines made = path[4].TakeVisible(out VisibleIndex other);

        Assert.NotSame(lines, made);
        Assert.Equal(5, made.Count);
        Assert.NotSame(mine, other);
    }

    [Fact]
    public async Task A_message_that_was_there_only_once_does_not_make_the_next_request_start_over()
    {
        string file = string.Join('\n', Enumerable.Range(0, 30).Select(i => $"a line of a file that is read again, number {i}"));
        var compressor = new ConversationCompressor(compressors: []);
        List<ContextItem> history = [];
        for (int i = 0; i < 20; i++)
        {
            history.Add(new ContextItem { Text = $"{i}\n{file}", ToolName = "read", CallId = "c" + i });
            IReadOnlyList<ItemOutcome> outcomes = await compressor.CompressAsync([.. history, new() { Role = ItemRole.User, Text = $"Reminder {i}: mind the time.\n{file}" }], new ConversationContext());
            IReadOnlyList<ItemOutcome> fresh = await new ConversationCompressor(compressors: []).CompressAsync(history, new ConversationContext());
            Assert.Equal(fresh.Select(o => o.Text), outcomes.SkipLast(1).Select(o => o.Text));
        }
    }

    private static FoldNode[] Path(int length, out VisibleLines lines)
    {
        var node = new FoldNode(null, null, null, FoldState.Start);
        var path = new FoldNode[length];
        lines = node.TakeVisible(out VisibleIndex index);
        for (int i = 0; i < length; i++)
        {
            (ContextItem item, ItemOutcome outcome) = Item(new Random(i), i);
            lines.Add(item, outcome);
            path[i] = node = new FoldNode(node, item, outcome, node.State);
            node.GiveVisible(lines, index);
            if (i < length - 1) Assert.Same(lines, node.TakeVisible(out index));
        }

        return path;
    }

    private static (ContextItem, ItemOutcome) Item(Random random, int i)
    {
        string text = string.Join('\n', Enumerable.Range(0, random.Next(1, 30)).Select(_ => $"line {random.Next(12)} of a text"));
        ItemForm form = (ItemForm)random.Next(4);
        var item = new ContextItem { Text = text, Role = (ItemRole)random.Next(4), ToolName = "read", Arguments = $$"""{"path":"{{random.Next(4)}}"}""" };
        return (item, new ItemOutcome
        {
            Text = text,
            Form = form,
            Reason = OutcomeReason.Compressed,
            OriginalId = form == ItemForm.Elided ? "id" + i % 5 : null,
            KeptLines = form == ItemForm.Elided ? [ContentRange.Lines(1, 1 + text.AsSpan().Count('\n'))] : [],
            TokensBefore = 1,
            TokensAfter = 1,
        });
    }

    private static VisibleLines Fresh(IEnumerable<(ContextItem Item, ItemOutcome Outcome)> items)
    {
        var lines = new VisibleLines();
        foreach ((ContextItem item, ItemOutcome outcome) in items) lines.Add(item, outcome);
        return lines;
    }

    private static void AssertSame(VisibleLines expected, VisibleLines actual, IEnumerable<(ContextItem Item, ItemOutcome Outcome)> items)
    {
        Assert.Equal(expected.IsEmpty, actual.IsEmpty);
        Assert.Equal(expected.Size, actual.Size);
        for (int id = 0; id < 5; id++) Assert.Equal(expected.FindElided("id" + id, ""), actual.FindElided("id" + id, ""));
        foreach ((ContextItem item, _) in items)
        {
            var text = new TextLines(item.Text);
            for (int line = 0; line < text.Count; line++) Assert.Equal(Describe(expected.Find(text, line)), Describe(actual.Find(text, line)));
        }
    }

    private static string? Describe(VisibleBlock? block) => block is { } b ? $"{b.Text.Label} {b.Range}" : null;
}
