using Headroom.Retrieval;

namespace Headroom.Conversation.References;

public sealed class ElidedReferenceTests
{
    private static readonly ConversationContext Context = new() { CanRetrieve = true, HoldsOriginals = true };
    private static readonly string Text = NumberedLinesCompressor.Text(400, "some words of a line that is long enough to be worth pointing at");

    [Fact]
    public async Task A_text_that_was_cut_and_is_read_again_points_at_where_it_stands()
    {
        IReadOnlyList<ItemOutcome> outcomes = await CompressAsync(Read("a", Text), Read("b", Text));
        Assert.Equal(ItemForm.Elided, outcomes[1].Form);
        Assert.Equal("repeat", outcomes[1].Encoding);
        Assert.Equal(outcomes[0].OriginalId, outcomes[1].OriginalId);
        Assert.True(MarkerGrammar.TryParse(outcomes[1].Text, out ElidedText? read));
        GapPart gap = Assert.IsType<GapPart>(Assert.Single(read.Parts));
        Assert.Equal(ContentRange.Lines(1, 400), gap.Range);
        Assert.Contains("the result of read a above", gap.Phrase);
    }

    [Fact]
    public async Task Another_question_gets_a_selection_of_its_own()
    {
        IReadOnlyList<ItemOutcome> outcomes = await CompressAsync(Read("a", Text), User("And now something else?"), Read("b", Text));
        Assert.NotEqual("repeat", outcomes[2].Encoding);
    }

    [Fact]
    public async Task Lines_that_stayed_visible_of_a_cut_text_can_be_pointed_at()
    {
        IReadOnlyList<ItemOutcome> first = await CompressAsync(Read("a", Text));
        ContentRange range = first[0].KeptLines.OrderByDescending(k => k.Count).First();
        string kept = string.Join('\n', Text.Split('\n').Skip(range.First - 1).Take(range.Count));

        ItemOutcome second = (await CompressAsync(Read("a", Text), Read("b", kept)))[1];

        Assert.Equal($"[= lines {range} of the result of read a above]", second.Text);
        Assert.Contains(kept, first[0].Text);
    }

    private static ContextItem Read(string path, string text) => new() { Text = text, ToolName = "read", Arguments = $$"""{"path":"{{path}}"}""" };

    private static ContextItem User(string text) => new() { Text = text, Role = ItemRole.User };

    private static async Task<IReadOnlyList<ItemOutcome>> CompressAsync(params ContextItem[] items) =>
        await new ConversationCompressor(new HeadroomOptions { Mode = CompressionMode.Aggressive, AggressiveThresholdTokens = 100 }, compressors: [new NumberedLinesCompressor()])
            .CompressAsync(items, Context);
}
