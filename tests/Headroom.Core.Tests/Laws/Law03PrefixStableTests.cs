namespace Headroom.Laws;

public sealed class Law03PrefixStableTests
{
    private static readonly ConversationContext Context = new() { CanRetrieve = true, HoldsOriginals = true };

    [Theory]
    [InlineData(CompressionMode.Lossless)]
    [InlineData(CompressionMode.Balanced)]
    [InlineData(CompressionMode.Aggressive)]
    public async Task A_conversation_that_grows_keeps_what_was_sent(CompressionMode mode)
    {
        IReadOnlyList<ContextItem> conversation = LawConversation.OfCorpus();
        IReadOnlyList<ItemOutcome> whole = await LawRun.Create(LawRun.Routed, mode).CompressAsync(conversation, Context);
        ConversationCompressor remembering = LawRun.Create(LawRun.Routed, mode);
        for (int length = 1; length <= conversation.Count; length++)
        {
            IReadOnlyList<ItemOutcome> part = await remembering.CompressAsync([.. conversation.Take(length)], Context);
            Assert.Equal(whole.Take(length).Select(o => o.Text), part.Select(o => o.Text));
        }
    }

    [Theory]
    [InlineData(CompressionMode.Balanced)]
    [InlineData(CompressionMode.Aggressive)]
    public async Task A_fresh_process_continues_with_the_same_bytes(CompressionMode mode)
    {
        IReadOnlyList<ContextItem> conversation = LawConversation.OfCorpus();
        IReadOnlyList<ItemOutcome> whole = await LawRun.Create(LawRun.Routed, mode).CompressAsync(conversation, Context);
        int half = conversation.Count / 2;
        IReadOnlyList<ItemOutcome> part = await LawRun.Create(LawRun.Routed, mode).CompressAsync([.. conversation.Take(half)], Context);
        Assert.Equal(whole.Take(half).Select(o => o.Text), part.Select(o => o.Text));
    }
}
