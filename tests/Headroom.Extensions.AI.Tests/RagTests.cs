using Headroom.Rag;
using Headroom.Retrieval;
using Headroom.Storage;
using static Headroom.Extensions.AI.Pipelines;

namespace Headroom.Extensions.AI;

/// <summary>What was cut of the chunks of a retriever, in a conversation.</summary>
public sealed class RagTests
{
    private static readonly RagChunk[] s_chunks = [.. Enumerable.Range(0, 12).Select(i => new RagChunk(string.Join(' ', Enumerable.Range(0, 12).Select(s => i == 7 && s == 4
        ? "The ferry to the island costs fourteen crowns for each adult."
        : $"Keeper {i * 12 + s} of lighthouse {i} wrote that winter {1800 + i} was long and that nets {s} had to be mended twice."))) { Name = $"Letters {i}", Id = $"{i}" })];

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task The_model_gets_back_what_was_left_out(bool fromTool, bool streaming)
    {
        var compressor = new ConversationCompressor(store: new InMemoryOriginalStore());
        async Task<RagContext> SearchAsync() => await compressor.CompressChunksAsync("What does the ferry cost?", s_chunks, new ConversationContext { CanRetrieve = true }, maxTokens: 600);
        RagContext context = await SearchAsync();
        var model = new ScriptedChatClient();
        if (fromTool) model.Calls(ScriptedChatClient.Call("c1", "search"));
        model.Then(_ => new ChatResponse(new ChatMessage(ChatRole.Assistant, [Retrieve("c2", MarkerGrammar.FindIds(context.Text).Single())]) { MessageId = "m" })).Says("Fourteen crowns.");
        List<AIContent> asked = [new TextContent("What does the ferry cost?")];
        if (!fromTool) asked.Insert(0, new TextContent(context.Text).AsCompressible());
        ChatOptions options = Options(AIFunctionFactory.Create(async () => (await SearchAsync()).Text, "search"));

        await Build(model, Arrangement.Inside, compressor).AskAsync([new ChatMessage(ChatRole.User, asked)], options, streaming);

        if (fromTool) Assert.Equal(context.Text, model.Last.Results[0]);
        else Assert.Equal(context.Text, ((TextContent)model.Last.Messages[0].Contents[0]).Text);
        Assert.Contains("The ferry to the island costs fourteen crowns for each adult.", context.Text, StringComparison.Ordinal);
        Assert.False(context.IsOverBudget);
        Assert.Equal(string.Join("\n\n", context.Passages.Select(p => p.Citation + "\n" + p.Text)), model.Last.Results[^1]);
    }
}
