using System.ClientModel;
using System.ClientModel.Primitives;
using System.Text;
using OpenAI;
using OpenAI.Chat;
using OpenAI.Responses;

namespace Headroom.Cli.Proxy.Clients;

#pragma warning disable OPENAI001 // The responses client is marked experimental.

/// <summary>OpenAI's own client for .NET, straight at a provider and through the proxy: it sees the same, and the provider sees the same but for results.</summary>
public sealed class OpenAIClientTests
{
    private const string ChatAnswer = """{"id":"chatcmpl_1","object":"chat.completion","created":1,"model":"gpt-6-sol-2026","choices":[{"index":0,"message":{"role":"assistant","content":"It is the pool: é𝄞","tool_calls":[{"id":"call_2","type":"function","function":{"name":"read_log","arguments":"{}"}}]},"finish_reason":"tool_calls"}],"usage":{"prompt_tokens":30,"completion_tokens":7,"total_tokens":37,"prompt_tokens_details":{"cached_tokens":20}}}""";

    private const string ResponsesAnswer = """{"id":"resp_1","object":"response","created_at":1,"status":"completed","model":"gpt-6-sol-2026","output":[{"id":"msg_1","type":"message","role":"assistant","status":"completed","content":[{"type":"output_text","text":"It is the pool: é𝄞","annotations":[]}]}],"parallel_tool_calls":true,"tool_choice":"auto","tools":[],"usage":{"input_tokens":30,"input_tokens_details":{"cached_tokens":20},"output_tokens":7,"output_tokens_details":{"reasoning_tokens":0},"total_tokens":37}}""";

    private static readonly string s_chatEvents = Events(
        """{"id":"chatcmpl_1","object":"chat.completion.chunk","created":1,"model":"gpt-6-sol-2026","choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}],"usage":null}""",
        """{"id":"chatcmpl_1","object":"chat.completion.chunk","created":1,"model":"gpt-6-sol-2026","choices":[{"index":0,"delta":{"content":"It is the pool: é𝄞"},"finish_reason":null}],"usage":null}""",
        """{"id":"chatcmpl_1","object":"chat.completion.chunk","created":1,"model":"gpt-6-sol-2026","choices":[{"index":0,"delta":{},"finish_reason":"stop"}],"usage":null}""",
        """{"id":"chatcmpl_1","object":"chat.completion.chunk","created":1,"model":"gpt-6-sol-2026","choices":[],"usage":{"prompt_tokens":30,"completion_tokens":7,"total_tokens":37,"prompt_tokens_details":{"cached_tokens":20}}}""",
        "[DONE]");

    private static readonly string s_responsesEvents = Events(
        """{"type":"response.created","sequence_number":0,"response":""" + ResponsesAnswer.Replace("completed", "in_progress", StringComparison.Ordinal) + "}",
        """{"type":"response.output_text.delta","sequence_number":1,"item_id":"msg_1","output_index":0,"content_index":0,"delta":"It is the pool: é𝄞","logprobs":[]}""",
        """{"type":"response.completed","sequence_number":2,"response":""" + ResponsesAnswer + "}");

    public static TheoryData<string, bool> Interfaces => new() { { "chat", false }, { "chat", true }, { "responses", false }, { "responses", true } };

    [Theory]
    [MemberData(nameof(Interfaces))]
    public async Task A_conversation_with_tools_and_images_is_the_same_on_both_sides(string kind, bool streaming)
    {
        await using FakeProvider provider = Provider(kind, streaming);
        await using RunningTestProxy proxy = await RunningTestProxy.StartAsync(provider);
        string direct = await AskAsync(provider.Url, kind, "short", streaming), through = await AskAsync(proxy.Url, kind, "short", streaming);
        Assert.Equal(direct, through);
        Assert.Contains("It is the pool: ", direct, StringComparison.Ordinal);
        Assert.Equal(Encoding.UTF8.GetString(provider.Requests.First().Body), provider.LastBody); // byte for byte
        Assert.Equal("Bearer key", provider.Requests.Last().Header("Authorization"));
        var total = (await Eventually.RequestsAsync(proxy, 1)).GetProperty("total");
        var reported = total.GetProperty("reported");
        Assert.Equal((30, 20, 7), (reported.GetProperty("input").GetInt32(), reported.GetProperty("cachedRead").GetInt32(), reported.GetProperty("output").GetInt32()));
    }

    [Theory]
    [MemberData(nameof(Interfaces))]
    public async Task Only_the_result_is_smaller(string kind, bool streaming)
    {
        await using FakeProvider provider = Provider(kind, streaming);
        await using RunningTestProxy proxy = await RunningTestProxy.StartAsync(provider);
        await AskAsync(provider.Url, kind, Samples.Rows, streaming);
        string before = provider.LastBody;
        await AskAsync(proxy.Url, kind, Samples.Rows, streaming);
        string after = provider.LastBody;
        int start = before.IndexOf("[\\n  {\\n", StringComparison.Ordinal), rest = before.Length - before.LastIndexOf("\\n]", StringComparison.Ordinal) - 3;
        Assert.True(start > 0 && after.Length < before.Length / 2);
        Assert.Equal(before[..start], after[..start]);
        Assert.Equal(before[^rest..], after[^rest..]);
    }

    [Theory]
    [InlineData("400 Bad Request")]
    [InlineData("429 Too Many Requests")]
    [InlineData("503 Service Unavailable")]
    public async Task Errors_are_the_same_errors(string status)
    {
        await using FakeProvider provider = FakeProvider.OfJson("""{"error":{"message":"No, é","type":"t","param":null,"code":"c"}}""", status, "Retry-After: 7\r\nx-request-id: req_1\r\n");
        await using RunningTestProxy proxy = await RunningTestProxy.StartAsync(provider);
        foreach (string kind in new[] { "chat", "responses" })
        {
            ClientResultException direct = await Assert.ThrowsAsync<ClientResultException>(() => AskAsync(provider.Url, kind, "short", streaming: false));
            ClientResultException through = await Assert.ThrowsAsync<ClientResultException>(() => AskAsync(proxy.Url, kind, "short", streaming: false));
            Assert.Equal((direct.Status, direct.Message), (through.Status, through.Message));
        }
    }

    private static string Events(params string[] events) => string.Concat(events.Select(e => $"data: {e}\n\n"));

    private static FakeProvider Provider(string kind, bool streaming) => streaming
        ? new FakeProvider(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n");
            foreach (byte[] piece in Encoding.UTF8.GetBytes(kind == "chat" ? s_chatEvents : s_responsesEvents).Chunk(11)) await connection.SendChunkAsync(piece);
            await connection.SendAsync("0\r\n\r\n");
        })
        : FakeProvider.OfJson(kind == "chat" ? ChatAnswer : ResponsesAnswer);

    private static async Task<string> AskAsync(string url, string kind, string result, bool streaming)
    {
        var options = new OpenAIClientOptions { Endpoint = new Uri(url + "/v1"), RetryPolicy = new ClientRetryPolicy(0) };
        var text = new StringBuilder();
        if (kind == "chat")
        {
            var client = new ChatClient("gpt-6-sol", new ApiKeyCredential("key"), options);
            ChatMessage[] messages =
            [
                new SystemChatMessage("Be brief."),
                new UserChatMessage(ChatMessageContentPart.CreateTextPart("What failed?"), ChatMessageContentPart.CreateImagePart(BinaryData.FromBytes("png"u8.ToArray()), "image/png")),
                new AssistantChatMessage([ChatToolCall.CreateFunctionToolCall("call_1", "read_log", BinaryData.FromString("{}"))]),
                new ToolChatMessage("call_1", result),
            ];
            var settings = new ChatCompletionOptions { Tools = { ChatTool.CreateFunctionTool("read_log", "Reads é", BinaryData.FromString("{\"type\":\"object\"}")) } };
            if (!streaming) return ModelReaderWriter.Write<ChatCompletion>((await client.CompleteChatAsync(messages, settings)).Value).ToString();
            await foreach (StreamingChatCompletionUpdate update in client.CompleteChatStreamingAsync(messages, settings))
                text.Append(update.FinishReason).Append(update.Usage?.TotalTokenCount).AppendJoin("", update.ContentUpdate.Select(c => c.Text)).Append('\n');
            return text.ToString();
        }

        var responses = new ResponsesClient(new ApiKeyCredential("key"), new ResponsesClientOptions { Endpoint = options.Endpoint, RetryPolicy = options.RetryPolicy });
        var request = new CreateResponseOptions { Model = "gpt-6-sol", Instructions = "Be brief.", StreamingEnabled = streaming };
        request.InputItems.Add(ResponseItem.CreateUserMessageItem([ResponseContentPart.CreateInputTextPart("What failed?"), ResponseContentPart.CreateInputImagePart(new Uri("https://example.com/a.png"))]));
        request.InputItems.Add(ResponseItem.CreateFunctionCallItem("call_1", "read_log", BinaryData.FromString("{}")));
        request.InputItems.Add(ResponseItem.CreateFunctionCallOutputItem("call_1", result));
        if (!streaming) return ModelReaderWriter.Write<ResponseResult>((await responses.CreateResponseAsync(request)).Value).ToString();
        await foreach (StreamingResponseUpdate update in await responses.CreateResponseStreamingAsync(request))
            text.Append(update.GetType().Name).Append((update as StreamingResponseOutputTextDeltaUpdate)?.Delta).Append('\n');
        return text.ToString();
    }
}
