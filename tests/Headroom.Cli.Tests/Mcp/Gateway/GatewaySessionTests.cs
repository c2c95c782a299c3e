using System.Text;
using System.Text.Json;
using Headroom.Cli.Mcp;
using Headroom.Cli.Mcp.Gateway;
using Headroom.Retrieval;

namespace Headroom.Cli.Tests.Mcp.Gateway;

public sealed class GatewaySessionTests
{
    private static readonly string Long = TestGateway.LongTextToken;

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":7,"method":"resources/read","params":{"uri":"file:///a"}}""")]
    [InlineData("""{ "id" : "\u0061bc" , "method":"no/such-method", "jsonrpc":"2.0","params":[1,2.50,1e5,null], "extra" : {"a":1,"a":2} }""")]
    [InlineData("""{"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":1,"progress":0.5}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":3,"result":{"content":[{"type":"text","text":"an answer nobody asked for"}]}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":3,"error":{"code":-32601,"message":"Method not found","data":{"x":1}}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":4,"method":"sampling/createMessage","params":{"messages":[]}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":5,"method":"elicitation/create","params":{"message":"é \ud800"}}""")]
    public async Task A_message_goes_on_byte_for_byte_both_ways(string message)
    {
        await using var gateway = new TestGateway();
        gateway.Client.Say(message);
        Assert.Equal(message, await gateway.Server.HearAsync());
        gateway.Server.Say(message);
        Assert.Equal(message, await gateway.Client.HearAsync());
    }

    [Theory]
    [InlineData("initialize", """{"protocolVersion":"2025-06-18","capabilities":{"experimental":{"x":{}}},"serverInfo":{"name":"s","version":"1"},"instructions":"I"}""")]
    [InlineData("prompts/get", """{"messages":[{"role":"user","content":{"type":"text","text":"[1-2: 2 lines]"}}]}""")]
    [InlineData("resources/list", """{"resources":[ ]}""")]
    public async Task Answers_to_other_requests_are_not_touched(string method, string result)
    {
        await using var gateway = new TestGateway();
        await gateway.ListAsync();
        Assert.Equal(result, await gateway.ExchangeAsync(method, "{}", result));
        Assert.Equal($$"""{"contents":[{"uri":"a","text":{{Long}}}]}""", await gateway.ExchangeAsync("resources/read", "{}", $$"""{"contents":[{"uri":"a","text":{{Long}}}]}"""));
    }

    [Fact]
    public async Task Our_tool_is_declared_last_and_nothing_else_of_the_list_changes()
    {
        await using var gateway = new TestGateway();
        string tools = """{"name":"b","inputSchema":{"type":"object"},"outputSchema":{"type":"object"},"_meta":{"k":[1.0]}}, {"name":"a","inputSchema":{}}""";
        string heard = await gateway.ExchangeAsync("tools/list", "{}", $$"""{"_meta":{"m":1}, "tools":[ {{tools}} ],"ttlMs":5}""");
        Assert.Equal($$"""{"_meta":{"m":1}, "tools":[ {{tools}} ,{{Encoding.UTF8.GetString(RetrieveDeclaration.Json)}}],"ttlMs":5}""", heard);
        JsonElement ours = JsonDocument.Parse(RetrieveDeclaration.Json).RootElement;
        Assert.Equal(RetrievalTool.Name, ours.GetProperty("name").GetString());
        Assert.Equal(RetrievalTool.Description, ours.GetProperty("description").GetString());
        Assert.True(JsonElement.DeepEquals(JsonDocument.Parse(RetrievalTool.ParametersSchema).RootElement, ours.GetProperty("inputSchema")));
    }

    [Fact]
    public async Task Our_tool_stands_on_the_last_page_only()
    {
        await using var gateway = new TestGateway();
        Assert.DoesNotContain(RetrievalTool.Name, await gateway.ExchangeAsync("tools/list", "{}", """{"tools":[{"name":"a"}],"nextCursor":"2"}"""), StringComparison.Ordinal);
        Assert.Contains(RetrievalTool.Name, await gateway.ExchangeAsync("tools/list", """{"cursor":"2"}""", """{"tools":[]}"""), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"tools":[]}""")]
    [InlineData("""{"tools":[{"name":"headroom_retrieve"}]}""")]
    [InlineData("""{"tools":"none"}""")]
    [InlineData("{}")]
    public async Task Our_tool_is_not_declared_where_it_has_no_place(string list)
    {
        await using var gateway = new TestGateway();
        Assert.Equal(list, await gateway.ExchangeAsync("tools/list", "{}", list));
    }

    [Fact]
    public async Task Lossless_mode_declares_no_tool_and_cuts_nothing()
    {
        await using var gateway = new TestGateway(new GatewaySettings { Mode = CompressionMode.Lossless });
        Assert.DoesNotContain(RetrievalTool.Name, await gateway.ListAsync(), StringComparison.Ordinal);
        Assert.Equal(TestGateway.LongText, Expanded(await gateway.CallAsync(TestGateway.LongResult)));
    }

    [Fact]
    public async Task A_tool_of_our_name_is_the_servers_and_nothing_is_cut()
    {
        await using var gateway = new TestGateway();
        await gateway.ListAsync("""{"name":"read"},{"name":"headroom_retrieve"}""");
        Assert.Equal(TestGateway.LongText, Expanded(await gateway.CallAsync(TestGateway.LongResult)));
        string result = TestGateway.LongResult;
        Assert.Equal(result, await gateway.CallAsync(result, "headroom_retrieve"));
    }

    [Fact]
    public async Task A_text_is_made_smaller_in_place_and_comes_back_exactly()
    {
        await using var gateway = new TestGateway();
        await gateway.ListAsync();
        string before = """{"_meta":{"n":1.0}, "content" : [ {"type":"text","annotations":{"priority":0.50},"text":""", after = ""","_meta":{"t":"\u0041"}} ],"isError":false}""";
        string heard = await gateway.CallAsync(before + Long + after);
        Assert.StartsWith(before, heard, StringComparison.Ordinal);
        Assert.EndsWith(after, heard, StringComparison.Ordinal);
        string text = JsonSerializer.Deserialize<string>(heard[before.Length..^after.Length])!;
        Assert.StartsWith("[headroom ", text, StringComparison.Ordinal);
        Assert.True(text.Length < TestGateway.LongText.Length / 4);

        string id = text[10..text.IndexOf(':', StringComparison.Ordinal)];
        Assert.Equal(TestGateway.LongText, (await gateway.RetrieveAsync($$"""{"id":"{{id}}","max_tokens":1000000}""")).GetProperty("content")[0].GetProperty("text").GetString());
        Assert.Equal(1, gateway.Figures.Smaller);
        Assert.Equal(1, gateway.Figures.Retrievals);
    }

    [Theory]
    [InlineData("""{"content":[{"type":"text","text":LONG}],"isError":true}""")]
    [InlineData("""{"content":[{"type":"image","data":LONG,"mimeType":"image/png"}]}""")]
    [InlineData("""{"content":[{"type":"audio","data":LONG,"mimeType":"audio/wav","text":LONG}]}""")]
    [InlineData("""{"content":[{"type":"resource","resource":{"uri":"file:///a","mimeType":"text/plain","text":LONG}}]}""")]
    [InlineData("""{"content":[{"type":"resource_link","uri":"file:///a","name":"a","description":LONG}]}""")]
    [InlineData("""{"content":[{"type":"text","text":LONG,"annotations":{"audience":["user"]}}]}""")]
    [InlineData("""{"content":[{"type":"text","text":"short"}]}""")]
    [InlineData("""{"content":[{"type":"text","text":42},{"type":"text"},null,7,{"type":7,"text":LONG}]}""")]
    [InlineData("""{"content":LONG}""")]
    [InlineData("""{"resultType":"input_required","content":[{"type":"text","text":LONG}],"inputRequests":{}}""")]
    [InlineData("""{"structuredContent":{"a":LONG}}""")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    public async Task What_is_no_text_for_a_model_stays_byte_for_byte(string result)
    {
        await using var gateway = new TestGateway();
        await gateway.ListAsync();
        result = result.Replace("LONG", Long, StringComparison.Ordinal);
        Assert.Equal(result, await gateway.CallAsync(result));
    }

    [Theory]
    [InlineData("""["assistant"]""")]
    [InlineData("""["user","assistant"]""")]
    [InlineData("[]")]
    public async Task A_text_that_is_also_for_the_model_is_made_smaller(string audience)
    {
        await using var gateway = new TestGateway();
        await gateway.ListAsync();
        Assert.Contains("[headroom ", await gateway.CallAsync($$$"""{"content":[{"type":"text","text":{{{Long}}},"annotations":{"audience":{{{audience}}}}}]}"""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_cut_before_the_client_was_told_of_our_tool()
    {
        await using var gateway = new TestGateway();
        string result = TestGateway.LongResult;
        Assert.Equal(TestGateway.LongText, Expanded(await gateway.CallAsync(result)));
        await gateway.ListAsync();
        Assert.Contains("[headroom ", await gateway.CallAsync(result), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_cut_that_cannot_be_stored()
    {
        await using var gateway = new TestGateway(store: new FailingOriginalStore(StoreFailure.Throw));
        await gateway.ListAsync();
        Assert.Equal(TestGateway.LongText, Expanded(await gateway.CallAsync(TestGateway.LongResult)));
    }

    [Theory]
    [InlineData(""","annotations":{"readOnlyHint":false}""", true)]
    [InlineData(""","annotations":{"destructiveHint":true}""", true)]
    [InlineData(""","annotations":{"readOnlyHint":true}""", false)]
    [InlineData("", false)]
    public async Task Results_of_tools_that_change_something_are_never_cut(string annotations, bool isWhole)
    {
        await using var gateway = new TestGateway();
        await gateway.ListAsync($$"""{"name":"read"{{annotations}}},{"name":"* odd *"},{"name":""}""");
        string heard = await gateway.CallAsync(TestGateway.LongResult);
        Assert.Equal(!isWhole, heard.Contains("[headroom ", StringComparison.Ordinal));
        if (isWhole) Assert.Equal(TestGateway.LongText, Expanded(heard));
    }

    [Theory]
    [InlineData("read", ToolPolicy.Verbatim)]
    [InlineData("re*", ToolPolicy.Verbatim)]
    [InlineData("read", ToolPolicy.Lossless)]
    [InlineData("other", ToolPolicy.Verbatim)]
    public async Task What_the_user_says_about_a_tool_wins(string name, ToolPolicy policy)
    {
        await using var gateway = new TestGateway(new GatewaySettings { Tools = [new(name, policy)] });
        await gateway.ListAsync("""{"name":"read","annotations":{"readOnlyHint":true}}""");
        string result = TestGateway.LongResult, heard = await gateway.CallAsync(result);
        if (name == "other") Assert.Contains("[headroom ", heard, StringComparison.Ordinal);
        else if (policy == ToolPolicy.Verbatim) Assert.Equal(result, heard);
        else Assert.Equal(TestGateway.LongText, Expanded(heard));
    }

    [Fact]
    public async Task A_tool_may_be_cut_by_policy_in_lossless_mode()
    {
        await using var gateway = new TestGateway(new GatewaySettings { Mode = CompressionMode.Lossless, Tools = [new("read", ToolPolicy.Balanced)] });
        Assert.Contains(RetrievalTool.Name, await gateway.ListAsync("""{"name":"read"},{"name":"other"}"""), StringComparison.Ordinal);
        string result = TestGateway.LongResult;
        Assert.Contains("[headroom ", await gateway.CallAsync(result), StringComparison.Ordinal);
        Assert.DoesNotContain("[headroom ", await gateway.CallAsync(result, "other"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"id":"zzzzzzzzzz"}""", false, "There is no original with the id")]
    [InlineData("{}", true, "headroom_retrieve: id is missing")]
    [InlineData("\"[]\"", true, "headroom_retrieve: the arguments must be a JSON object")]
    [InlineData("""{"id":"zzzzzzzzzz","lines":"x"}""", true, "is not understood")]
    public async Task A_retrieval_that_cannot_be_answered_says_why(string arguments, bool isError, string message)
    {
        await using var gateway = new TestGateway();
        await gateway.ListAsync();
        JsonElement result = await gateway.RetrieveAsync(arguments);
        Assert.Contains(message, result.GetProperty("content")[0].GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Equal(isError, result.TryGetProperty("isError", out JsonElement error) && error.GetBoolean());
        Assert.False(result.TryGetProperty("resultType", out _));
    }

    [Fact]
    public async Task Results_name_their_type_where_the_protocol_wants_it()
    {
        await using var gateway = new TestGateway();
        await gateway.ListAsync();
        JsonElement result = await gateway.RetrieveAsync("""{"id":"zzzzzzzzzz"}""", ""","_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28"}""");
        Assert.Equal("complete", result.GetProperty("resultType").GetString());
        Assert.Contains("[headroom ", await gateway.CallAsync($$"""{"resultType":"complete","content":[{"type":"text","text":{{Long}}}]}"""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ids_of_several_kinds_are_told_apart()
    {
        await using var gateway = new TestGateway();
        await gateway.ListAsync();
        gateway.Client.Say("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"read"}}""");
        gateway.Client.Say("""{"jsonrpc":"2.0","id":"1","method":"resources/read","params":{}}""");
        await gateway.Server.HearAsync();
        await gateway.Server.HearAsync();
        string body = TestGateway.LongResult;
        gateway.Server.Say($$$"""{"jsonrpc":"2.0","id":"\u0031","result":{{{body}}}}""");
        Assert.Equal($$$"""{"jsonrpc":"2.0","id":"\u0031","result":{{{body}}}}""", await gateway.Client.HearAsync());
        gateway.Server.Say($$$"""{"jsonrpc":"2.0","id":1,"result":{{{body}}}}""");
        Assert.Contains("[headroom ", await gateway.Client.HearAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancelling_goes_to_the_server_and_a_late_result_passes()
    {
        await using var gateway = new TestGateway();
        await gateway.ListAsync();
        gateway.Client.Say("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"read"}}""");
        await gateway.Server.HearAsync();
        string cancelled = """{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1,"reason":"r"}}""";
        gateway.Client.Say(cancelled);
        Assert.Equal(cancelled, await gateway.Server.HearAsync());
        string late = $$$"""{"jsonrpc":"2.0","id":1,"result":{{{TestGateway.LongResult}}}}""";
        gateway.Server.Say(late);
        Assert.Equal(late, await gateway.Client.HearAsync());
    }

    [Fact]
    public async Task The_result_of_a_call_that_ran_as_a_task_is_made_smaller()
    {
        await using var gateway = new TestGateway();
        await gateway.ListAsync();
        string created = """{"task":{"taskId":"t-1","status":"working"}}""";
        Assert.Equal(created, await gateway.CallAsync(created));
        string result = $$$"""{"content":[{"type":"text","text":{{{Long}}}}],"_meta":{}}""";
        Assert.Contains("[headroom ", await gateway.ExchangeAsync("tasks/result", """{"taskId":"t-1"}""", result), StringComparison.Ordinal);
        Assert.Equal(result, await gateway.ExchangeAsync("tasks/result", """{"taskId":"of something else"}""", result));
    }

    [Fact]
    public async Task Batches_are_looked_into_and_stay_batches()
    {
        await using var gateway = new TestGateway();
        await gateway.ListAsync();
        gateway.Client.Say("""[{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"read"}}, {"jsonrpc":"2.0","id":2,"method":"ping"}]""");
        Assert.Equal("""[{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"read"}}, {"jsonrpc":"2.0","id":2,"method":"ping"}]""", await gateway.Server.HearAsync());
        gateway.Server.Say($$$"""[{"jsonrpc":"2.0","id":2,"result":{}},{"jsonrpc":"2.0","id":1,"result":{{{TestGateway.LongResult}}}}]""");
        JsonElement answers = JsonDocument.Parse(await gateway.Client.HearAsync()).RootElement;
        Assert.Equal(2, answers.GetArrayLength());
        Assert.StartsWith("[headroom ", answers[1].GetProperty("result").GetProperty("content")[0].GetProperty("text").GetString(), StringComparison.Ordinal);

        gateway.Client.Say("""[{"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"headroom_retrieve","arguments":{"id":"zzzzzzzzzz"}}},{"jsonrpc":"2.0","id":4,"method":"ping"}]""");
        Assert.Equal("""[{"jsonrpc":"2.0","id":4,"method":"ping"}]""", await gateway.Server.HearAsync());
        Assert.Contains("\"id\":3", await gateway.Client.HearAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("listening on port 8080")]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":")]
    [InlineData("{} {}")]
    [InlineData("42")]
    public async Task What_the_server_writes_that_is_no_message_is_told_and_not_passed_on(string line)
    {
        await using var gateway = new TestGateway();
        gateway.Server.Say(line);
        gateway.Server.Say([0xff, 0xfe, .. "{}"u8]);
        gateway.Server.Say("""{"jsonrpc":"2.0","method":"notifications/message"}""");
        Assert.Equal("""{"jsonrpc":"2.0","method":"notifications/message"}""", await gateway.Client.HearAsync());
        Assert.Equal(2, gateway.Talk.ToString().Split('\n').Count(l => l.Contains("is no JSON-RPC message", StringComparison.Ordinal)));
        Assert.DoesNotContain("8080", gateway.Talk.ToString(), StringComparison.Ordinal); // content is nobody's business
    }

    [Fact]
    public async Task What_the_client_writes_that_is_no_message_is_for_the_server_to_refuse()
    {
        await using var gateway = new TestGateway();
        gateway.Client.Say("{broken");
        Assert.Equal("{broken", await gateway.Server.HearAsync());
    }

    [Fact]
    public async Task A_server_that_ends_leaves_no_request_unanswered()
    {
        var gateway = new TestGateway();
        gateway.Client.Say("""{"jsonrpc":"2.0","id":"x\"1","method":"tools/list"}""");
        await gateway.Server.HearAsync();
        gateway.Server.End();
        Assert.True(await gateway.Session);
        JsonElement answer = JsonDocument.Parse(await gateway.Client.HearAsync()).RootElement;
        Assert.Equal("x\"1", answer.GetProperty("id").GetString());
        Assert.Contains("ended before it answered", answer.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_that_ends_ends_the_server()
    {
        var gateway = new TestGateway();
        gateway.Client.End();
        Assert.False(await gateway.Session);
    }

    [Fact]
    public async Task Results_of_any_shape_pass()
    {
        await using var gateway = new TestGateway();
        await gateway.ListAsync("""{"name":"read","outputSchema":{"type":"object"}}""");
        var random = new Random(20261127);
        for (int i = 0; i < 300; i++)
        {
            string result = RandomJson(random, 4);
            string heard = await gateway.CallAsync(result);
            Assert.Equal(result, heard);
        }

        string deep = string.Concat(Enumerable.Repeat("[", 20_000)) + string.Concat(Enumerable.Repeat("]", 20_000));
        Assert.Equal(deep, await gateway.CallAsync(deep));
        string odd = """{"content":[{"type":"text","text":"half \ud800 a pair, \u0000 and more"}],"structuredContent":{"a":"half \ud800 a pair, \u0000 and more"}}""";
        Assert.Equal(odd, await gateway.CallAsync(odd));
        Assert.Equal("", gateway.Talk.ToString());
    }

    private static string RandomJson(Random random, int depth) => random.Next(depth > 0 ? 9 : 6) switch
    {
        0 => "null",
        1 => "true",
        2 => "1.50",
        3 => "\"text\"",
        4 => "\"\\u0041\"",
        5 => "[]",
        6 => "[" + string.Join(",", Enumerable.Range(0, random.Next(3)).Select(_ => RandomJson(random, depth - 1))) + "]",
        _ => "{" + string.Join(",", Enumerable.Range(0, random.Next(4)).Select(_ => $"\"{Names[random.Next(Names.Length)]}\":{RandomJson(random, depth - 1)}")) + "}",
    };

    private static readonly string[] Names = ["content", "structuredContent", "isError", "type", "text", "_meta", "annotations", "resultType", "task", "taskId"];

    /// <summary>The one text of a result, decoded.</summary>
    private static string Expanded(string result)
    {
        string text = JsonDocument.Parse(result).RootElement.GetProperty("content")[0].GetProperty("text").GetString()!;
        Assert.False(text.StartsWith("[headroom ", StringComparison.Ordinal));
        return new ConversationCompressor().Expand(text);
    }
}
