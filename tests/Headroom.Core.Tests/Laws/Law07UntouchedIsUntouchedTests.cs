namespace Headroom.Laws;

public sealed class Law07UntouchedIsUntouchedTests
{
    private static readonly ConversationContext Context = new() { CanRetrieve = true, HoldsOriginals = true };

    public static TheoryData<string> Untouched => new("system", "user", "assistant", "error", "pinned", "retrieved");

    [Theory]
    [MemberData(nameof(Untouched))]
    public async Task What_must_not_be_touched_passes_as_the_same_instance(string what)
    {
        foreach (CorpusFile file in CorpusFile.All)
        {
            ContextItem item = Make(what, file.Text);
            ItemOutcome outcome = await LawRun.Create(LawRun.Routed, CompressionMode.Aggressive).CompressAsync(item, Context);
            Assert.Equal(ItemForm.Unchanged, outcome.Form);
            Assert.Same(file.Text, outcome.Text);
        }
    }

    [Fact]
    public async Task Marked_user_text_is_compressed_like_a_tool_result()
    {
        CorpusFile file = CorpusFile.Find("json/shop-orders.json");
        var marked = new ContextItem { Role = ItemRole.User, Text = file.Text, IsCompressible = true };
        ItemOutcome outcome = await LawRun.Create(LawRun.Routed, CompressionMode.Lossless).CompressAsync(marked, Context);
        Assert.Equal(ItemForm.Reformatted, outcome.Form);
    }

    private static ContextItem Make(string what, string text) => what switch
    {
        "system" => new() { Role = ItemRole.System, Text = text },
        "user" => new() { Role = ItemRole.User, Text = text },
        "assistant" => new() { Role = ItemRole.Assistant, Text = text },
        "error" => new() { Text = text, IsError = true },
        "pinned" => new() { Text = text, IsPinned = true },
        _ => new() { Text = text, ToolName = Retrieval.RetrievalTool.Name },
    };
}
