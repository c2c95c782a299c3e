using System.Text;
using System.Text.Json;
using Headroom.Retrieval;
using Headroom.Storage;

namespace Headroom.Cli.Proxy;

/// <summary>What reaches the provider.</summary>
public sealed class RewritingTests
{
    public static TheoryData<string, string, string> Requests => new()
    {
        { "/v1/messages", Samples.Messages(Samples.Rows), "messages" },
        { "/v1/messages?beta=true", Samples.Messages(Samples.Rows), "messages" },
        { "/v1/messages/count_tokens", Samples.Messages(Samples.Rows), "messages" },
        { "/v1/chat/completions", Samples.Chat(Samples.Rows), "chat" },
        { "/openai/deployments/gpt/chat/completions?api-version=1", Samples.Chat(Samples.Rows), "chat" },
        { "/v1/responses", Samples.Responses(Samples.Rows), "responses" },
        { "/v1/responses/compact", Samples.Responses(Samples.Rows), "responses" },
        { "/v1/responses/input_tokens", Samples.Responses(Samples.Rows), "responses" },
        { "/backend-api/codex/responses", Samples.Responses(Samples.Rows), "responses" },
    };

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task A_result_becomes_what_the_engine_makes_of_it_and_the_rest_stays(string path, string body, string format)
    {
        await using FakeProvider provider = FakeProvider.OfJson("{}");
        await using RunningTestProxy proxy = await RunningTestProxy.StartAsync(provider);
        using HttpResponseMessage response = await proxy.PostAsync(path, body);
        Assert.Equal("{}", await response.Content.ReadAsStringAsync());
        ItemOutcome expected = (await new ConversationCompressor().CompressAsync(
            [new ContextItem { Text = "What failed?", Role = ItemRole.User }, new ContextItem { Text = Samples.Rows, ToolName = "read_log", CallId = "1", Arguments = "{\"path\":\"a.log\"}" }],
            new ConversationContext()))[1];
        Assert.Equal(ItemForm.Reformatted, expected.Form);
        Assert.Equal(expected.Text, Samples.ResultIn(provider.LastBody));
        Assert.Equal(body.Replace(Samples.Quote(Samples.Rows), Wire(expected.Text), StringComparison.Ordinal), provider.LastBody);
        Assert.Equal($"POST {path} HTTP/1.1", provider.Requests.Last().Line);
        Assert.NotEmpty(format);
    }

    [Theory]
    [InlineData("/v1/messages/batches")]
    [InlineData("/v1/threads/t/messages")]
    [InlineData("/v1/embeddings")]
    [InlineData("/v1/messages/")]
    [InlineData("/")]
    public async Task Bodies_of_other_paths_are_not_looked_at(string path)
    {
        await using FakeProvider provider = FakeProvider.OfJson("{}");
        await using RunningTestProxy proxy = await RunningTestProxy.StartAsync(provider);
        using HttpResponseMessage response = await proxy.PostAsync(path, Samples.Messages(Samples.Rows));
        Assert.Equal(Samples.Messages(Samples.Rows), provider.LastBody);
    }

    public static TheoryData<string, string, string, string> LongRequests => new()
    {
        { "/v1/messages", Samples.Messages(Samples.LongLog), Samples.Messages(Samples.LongLog, Samples.MessagesTool()), "anthropic" },
        { "/v1/chat/completions", Samples.Chat(Samples.LongLog), Samples.Chat(Samples.LongLog, Samples.ChatTool()), "chat" },
        { "/v1/responses", Samples.Responses(Samples.LongLog), Samples.Responses(Samples.LongLog, Samples.ResponsesTool()), "responses" },
        { "/v1/responses", Samples.Responses(Samples.LongLog, more: "\"previous_response_id\":\"r\","), Samples.Responses(Samples.LongLog, Samples.ResponsesTool(), "\"previous_response_id\":\"r\","), "kept" },
    };

    [Theory]
    [MemberData(nameof(LongRequests))]
    public async Task A_result_is_cut_only_where_the_request_declares_the_retrieval_tool(string path, string without, string with, string what)
    {
        var store = new DictionaryOriginalStore();
        await using FakeProvider provider = FakeProvider.OfJson("{}");
        await using RunningTestProxy proxy = await RunningTestProxy.StartAsync(provider, store: store);
        (await proxy.PostAsync(path, without)).Dispose();
        Assert.DoesNotContain("[headroom ", provider.LastBody, StringComparison.Ordinal);
        Assert.Equal(Samples.LongLog, new ConversationCompressor().Expand(Samples.ResultIn(provider.LastBody)));
        Assert.Equal(0, store.Count);

        (await proxy.PostAsync(path, with)).Dispose();
        Assert.True(MarkerGrammar.TryParse(Samples.ResultIn(provider.LastBody), out ElidedText? cut), what);
        Assert.Contains("Pool exhausted", Samples.ResultIn(provider.LastBody), StringComparison.Ordinal);
        Assert.Equal(Samples.LongLog, (await store.GetAsync(new OriginalKey("", cut.Id))).Text);
        (await proxy.PostAsync(path, with.Replace("\"model\"", "\"tool_choice\":\"none\",\"model\"", StringComparison.Ordinal))).Dispose();
        Assert.True(MarkerGrammar.TryParse(Samples.ResultIn(provider.LastBody), out _)); // one request without a choice keeps what was sent
    }

    [Fact]
    public async Task Nothing_is_cut_in_lossless_mode_or_without_a_store_that_keeps_it()
    {
        string body = Samples.Messages(Samples.LongLog, Samples.MessagesTool());
        await using FakeProvider provider = FakeProvider.OfJson("{}");
        foreach ((HeadroomOptions options, IOriginalStore? store) in new (HeadroomOptions, IOriginalStore?)[]
        {
            (new HeadroomOptions { Mode = CompressionMode.Lossless }, null),
            (new HeadroomOptions(), new FailingOriginalStore(StoreFailure.Throw)),
            (new HeadroomOptions(), new FailingOriginalStore(StoreFailure.Refuse)),
        })
        {
            await using RunningTestProxy proxy = await RunningTestProxy.StartAsync(provider, options, store);
            (await proxy.PostAsync("/v1/messages", body)).Dispose();
            Assert.Equal(Samples.LongLog, new ConversationCompressor().Expand(Samples.ResultIn(provider.LastBody)));
        }
    }

    [Fact]
    public async Task What_was_sent_stays_a_prefix_as_the_conversation_grows_and_two_instances_send_the_same_bytes()
    {
        await using FakeProvider first = FakeProvider.OfJson("{}"), second = FakeProvider.OfJson("{}");
        await using RunningTestProxy one = await RunningTestProxy.StartAsync(first), other = await RunningTestProxy.StartAsync(first), whole = await RunningTestProxy.StartAsync(second);
        string before = "";
        CorpusFile[] files = [.. CorpusFile.All.Where(f => f.Text.Length is > 500 and < 40_000).Take(24)];
        for (int turn = 1; turn <= files.Length; turn++)
        {
            IEnumerable<string> messages = files.Take(turn).Select((file, i) => $$$"""
                {"role":"assistant","content":[{"type":"tool_use","id":"t{{{i}}}","name":"read","input":{"path":{{{Samples.Quote(file.Name)}}}}}]},{"role":"user","content":[{"type":"tool_result","tool_use_id":"t{{{i}}}","content":{{{Samples.Quote(file.Text)}}}}]}
                """);
            string body = $$"""{"model":"m",{{Samples.MessagesTool()}}"messages":[{"role":"user","content":"Look around."},{{string.Join(',', messages)}}]}""";
            (await (turn % 2 == 0 ? one : other).PostAsync("/v1/messages", body)).Dispose(); // as a balancer would
            Assert.StartsWith(before, first.LastBody, StringComparison.Ordinal);
            before = first.LastBody[..^2];
            if (turn == files.Length) (await whole.PostAsync("/v1/messages", body)).Dispose(); // and one that never saw the beginning
        }

        Assert.Equal(first.LastBody, second.LastBody);
        Assert.Contains("[headroom ", first.LastBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_shadow_everything_is_sent_as_it_came_and_nothing_is_stored()
    {
        string body = Samples.Messages(Samples.LongLog, Samples.MessagesTool());
        var store = new DictionaryOriginalStore();
        await using FakeProvider provider = FakeProvider.OfJson("{}");
        await using RunningTestProxy proxy = await RunningTestProxy.StartAsync(provider, new HeadroomOptions { Shadow = true }, store);
        (await proxy.PostAsync("/v1/messages", body)).Dispose();
        Assert.Equal(body, provider.LastBody);
        Assert.Equal(0, store.Count);
        JsonElement total = (await proxy.StatsAsync()).GetProperty("total").GetProperty("wholeWire");
        Assert.True(total.GetProperty("sent").GetInt64() < total.GetProperty("before").GetInt64() / 2);
    }

    [Fact]
    public async Task Older_results_give_way_as_the_window_fills_up()
    {
        IEnumerable<string> messages = Enumerable.Range(0, 12).Select(i => $$$"""
            {"role":"assistant","tool_calls":[{"id":"c{{{i}}}","function":{"name":"read","arguments":"{}"}}]},{"role":"tool","tool_call_id":"c{{{i}}}","content":{{{Samples.Quote(string.Join('\n', Enumerable.Range(0, 40).Select(k => $"value {i * 7919 + k * 31} of row {k} belongs to part {i * k % 1013}")))}}}}
            """);
        string body = $$"""{{{Samples.ChatTool()}}"messages":[{"role":"user","content":"go"},{{string.Join(',', messages)}}]}""";
        await using FakeProvider provider = FakeProvider.OfJson("{}");
        await using RunningTestProxy proxy = await RunningTestProxy.StartAsync(provider, new HeadroomOptions().ContextWindow(4_000));
        (await proxy.PostAsync("/v1/chat/completions", body)).Dispose();
        Assert.Contains("left out to make room", provider.LastBody, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"messages\":[}")]
    [InlineData("not json at all")]
    [InlineData("\uFEFF{\"messages\":[]}")]
    [InlineData("[]")]
    [InlineData("{\"messages\":[],\"messages\":[]}")]
    [InlineData("{\"messages\":7}")]
    [InlineData("{\"messages\":[{\"role\":\"user\",\"content\":{\"type\":\"tool_result\"}}]}")]
    public async Task Bodies_that_are_not_understood_are_forwarded_as_they_came(string body)
    {
        await using FakeProvider provider = FakeProvider.OfJson("{\"error\":1}", "400 Bad Request");
        await using RunningTestProxy proxy = await RunningTestProxy.StartAsync(provider);
        using HttpResponseMessage response = await proxy.PostAsync("/v1/messages", body);
        Assert.Equal(body, provider.LastBody);
        Assert.Equal(400, (int)response.StatusCode);
    }

    [Theory]
    [InlineData("text/plain", false)]
    [InlineData("multipart/form-data; boundary=x", false)]
    [InlineData("application/json; charset=utf-8", true)]
    [InlineData("application/vnd.api+json", true)]
    public async Task Only_json_is_looked_at(string type, bool isRead)
    {
        string body = Samples.Messages(Samples.Rows);
        await using FakeProvider provider = FakeProvider.OfJson("{}");
        await using RunningTestProxy proxy = await RunningTestProxy.StartAsync(provider);
        (await proxy.PostAsync("/v1/messages", body, type)).Dispose();
        Assert.Equal(!isRead, provider.LastBody == body);
        Assert.Equal(type, provider.Requests.Last().Header("Content-Type"));
    }

    private static string Wire(string text)
    {
        var writer = new System.Buffers.ArrayBufferWriter<byte>();
        Headroom.Cli.Wire.JsonText.Write(writer, text);
        return Encoding.UTF8.GetString(writer.WrittenSpan);
    }
}
