namespace Headroom.Laws;

public sealed class Law09PairsStayPairsTests
{
    [Theory]
    [InlineData(CompressionMode.Lossless)]
    [InlineData(CompressionMode.Balanced)]
    [InlineData(CompressionMode.Aggressive)]
    public async Task One_item_in_is_one_outcome_out_in_the_same_order(CompressionMode mode)
    {
        IReadOnlyList<ContextItem> conversation = LawConversation.OfCorpus();
        IReadOnlyList<ItemOutcome> outcomes = await LawRun.Create(LawRun.Routed, mode)
            .CompressAsync(conversation, new ConversationContext { CanRetrieve = true, HoldsOriginals = true });
        Assert.Equal(conversation.Count, outcomes.Count);
        foreach ((ContextItem item, ItemOutcome outcome) in conversation.Zip(outcomes))
        {
            if (outcome.Form == ItemForm.Unchanged) Assert.Equal(item.Text, outcome.Text);
        }
    }

    [Fact]
    public async Task The_same_result_of_two_calls_is_two_outcomes()
    {
        CorpusFile file = CorpusFile.Find("json/shop-orders.json");
        ContextItem[] items = [new() { Text = file.Text, CallId = "a" }, new() { Text = file.Text, CallId = "b" }];
        IReadOnlyList<ItemOutcome> outcomes = await LawRun.Create(LawRun.Routed, CompressionMode.Lossless).CompressAsync(items, new ConversationContext());
        Assert.Equal(2, outcomes.Count);
    }
}
