using Headroom.Retrieval;
using Headroom.Storage;
using static Headroom.Extensions.AI.Pipelines;

namespace Headroom.Extensions.AI;

public sealed class RetrievalTests
{
    private static List<ChatMessage> History(string? text = null) =>
        [User(), new(ChatRole.Assistant, [CallRows()]), new(ChatRole.Tool, [new FunctionResultContent("c1", text ?? Rows)])];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Usage_of_all_rounds_is_summed(bool streaming)
    {
        var model = new ScriptedChatClient().Retrieves("c2").Retrieves("c3").Says("done");

        ChatResponse response = await Build(model, Arrangement.Alone).AskAsync(History(), Options(), streaming);

        Assert.Equal(300, response.Usage!.InputTokenCount);
        Assert.Equal(30, response.Usage.OutputTokenCount);
        Assert.Equal(330, response.Usage.TotalTokenCount);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_response_holds_calls_and_answers_as_pairs(bool streaming)
    {
        var model = new ScriptedChatClient().Retrieves("c2").Says("done");

        ChatResponse response = await Build(model, Arrangement.Alone).AskAsync(History(), Options(), streaming);

        Assert.Equal([ChatRole.Assistant, ChatRole.Tool, ChatRole.Assistant], response.Messages.Select(m => m.Role));
        var call = Assert.IsType<FunctionCallContent>(response.Messages[0].Contents[0]);
        Assert.True(call.InformationalOnly);
        var answer = Assert.IsType<FunctionResultContent>(response.Messages[1].Contents[0]);
        Assert.Equal("c2", answer.CallId);
        Assert.Equal(Rows, answer.Result);
        Assert.Equal("done", response.Messages[2].Text);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_model_that_goes_in_circles_is_stopped(bool streaming)
    {
        var model = new ScriptedChatClient();
        for (int i = 0; i < 10; i++) model.Retrieves($"d{i}");
        IChatClient client = Build(model, Arrangement.Alone, headroom: h => h.MaximumRetrievalRounds = 2);

        ChatResponse response = await client.AskAsync(History(), Options(), streaming);

        Assert.Equal(4, model.Requests.Count); // two answered, one refused, one more chance
        string[] answers = [.. response.Messages.SelectMany(m => m.Contents).OfType<FunctionResultContent>().Select(r => (string)r.Result!)];
        Assert.Equal(4, answers.Length);
        Assert.Equal([Rows, Rows], answers[..2]);
        Assert.All(answers[2..], a => Assert.StartsWith(RetrievalTool.Name, a, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_limit_is_four_rounds_unless_set()
    {
        var model = new ScriptedChatClient();
        for (int i = 0; i < 10; i++) model.Retrieves($"d{i}");

        await Build(model, Arrangement.Alone).GetResponseAsync(History(), Options());

        Assert.Equal(6, model.Requests.Count);
    }

    [Fact]
    public async Task An_id_of_another_conversation_is_refused()
    {
        var store = new InMemoryOriginalStore();
        string secret = NumberedLinesCompressor.Text(50, "of another conversation");
        string id = OriginalId.Compute(secret);
        Assert.True(await store.PutAsync(new OriginalKey("", id), secret));
        var model = new ScriptedChatClient().Calls(Retrieve("c2", id)).Says("done");

        await Build(model, Arrangement.Inside, Compressor(store)).GetResponseAsync(History(), Options());

        Assert.DoesNotContain("another conversation 1", model.Last.Results[^1], StringComparison.Ordinal);
        Assert.Contains("does not occur in this conversation", model.Last.Results[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Arguments_that_make_no_sense_get_an_answer_that_says_so()
    {
        var model = new ScriptedChatClient().Calls(ScriptedChatClient.Call("c2", RetrievalTool.Name, ("nonsense", 1))).Says("done");

        ChatResponse response = await Build(model, Arrangement.Inside).GetResponseAsync(History(), Options());

        Assert.Equal("done", response.Messages[^1].Text);
        Assert.StartsWith(RetrievalTool.Name, model.Last.Results[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_part_is_retrieved_by_lines()
    {
        var model = new ScriptedChatClient().Then(r => new ChatResponse(new ChatMessage(ChatRole.Assistant, [Retrieve("c2", IdIn(r), "50-52")]))).Says("done");

        await Build(model, Arrangement.Inside).GetResponseAsync(History(), Options());

        Assert.Contains("row 51: ", model.Last.Results[^1], StringComparison.Ordinal);
        Assert.DoesNotContain("row 54: ", model.Last.Results[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_was_retrieved_is_not_compressed_again(bool streaming)
    {
        var model = new ScriptedChatClient().Retrieves("c2").Says("one").Says("two");
        IChatClient client = Build(model, Arrangement.Inside);
        List<ChatMessage> history = History();
        await client.ConverseAsync(history, Options(), streaming);

        await client.AskAsync([.. history, User("more")], Options(), streaming);

        Assert.Equal(Rows, model.Last.Results[1]);
    }

    [Theory]
    [InlineData(Arrangement.Inside)]
    [InlineData(Arrangement.Outside)]
    public async Task A_history_that_holds_cut_results_can_still_be_retrieved_from_the_store(Arrangement arrangement)
    {
        // Outside function invocation the caller's history holds what was sent, so the original comes from the store.
        ConversationCompressor compressor = Compressor();
        var model = new ScriptedChatClient().Calls(CallRows()).Says("one").Retrieves("c2").Says("two");
        List<ChatMessage> history = [User()];
        await Build(model, arrangement, compressor).ConverseAsync(history, Options(), false);
        history.Add(User("more"));

        await Build(model, arrangement, compressor).ConverseAsync(history, Options(), false); // a new client, as after a restart

        Assert.Equal(Rows, model.Last.Results[^1]);
    }

    [Fact]
    public async Task Several_retrievals_in_one_turn_are_all_answered()
    {
        var model = new ScriptedChatClient()
            .Then(r => new ChatResponse(new ChatMessage(ChatRole.Assistant, [Retrieve("c2", IdIn(r)), Retrieve("c3", IdIn(r), "1-2")])))
            .Says("done");

        ChatResponse response = await Build(model, Arrangement.Inside).GetResponseAsync(History(), Options());

        Assert.Equal("done", response.Messages[^1].Text);
        Assert.Equal(3, model.Last.Results.Count);
        Assert.Equal(2, model.Last.Messages[^1].Contents.Count);
    }
}
