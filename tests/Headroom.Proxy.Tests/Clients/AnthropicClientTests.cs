using System.Text;
using Anthropic;
using Anthropic.Exceptions;
using Anthropic.Models.Messages;

namespace Headroom.Cli.Proxy.Clients;

/// <summary>Anthropic's own client for .NET, straight at a provider and through the proxy: it sees the same, and the provider sees the same but for results.</summary>
public sealed class AnthropicClientTests
{
    private const string Answer = """{"id":"msg_1","type":"message","role":"assistant","model":"claude-sonnet-5","content":[{"type":"text","text":"It is the pool: é𝄞"},{"type":"tool_use","id":"toolu_2","name":"read_log","input":{"path":"b"}}],"stop_reason":"tool_use","stop_sequence":null,"usage":{"input_tokens":11,"cache_creation_input_tokens":5,"cache_read_input_tokens":20,"output_tokens":7}}""";

    private static readonly string s_events = string.Concat(new[]
    {
        """{"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","model":"claude-sonnet-5","content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":11,"cache_creation_input_tokens":5,"cache_read_input_tokens":20,"output_tokens":1}}}""",
        """{"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}""",
        """{"type":"ping"}""",
        """{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"It is the pool: "}}""",
        """{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"é𝄞"}}""",
        """{"type":"content_block_stop","index":0}""",
        """{"type":"message_delta","delta":{"stop_reason":"end_turn","stop_sequence":null},"usage":{"output_tokens":7}}""",
        """{"type":"message_stop"}""",
    }.Select(e => $"event: {e[9..e.IndexOf('"', 9)]}\ndata: {e}\n\n"));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_conversation_with_tools_and_images_is_the_same_on_both_sides(bool streaming)
    {
        await using FakeProvider provider = Provider(streaming);
        await using RunningTestProxy proxy = await RunningTestProxy.StartAsync(provider);
        string direct = await AskAsync(provider.Url, "short", streaming), through = await AskAsync(proxy.Url, "short", streaming);
        Assert.Equal(direct, through);
        Assert.Contains("It is the pool: ", direct, StringComparison.Ordinal);
        RecordedRequest[] requests = [.. provider.Requests];
        Assert.Equal(Encoding.UTF8.GetString(requests[0].Body), Encoding.UTF8.GetString(requests[1].Body)); // byte for byte
        Assert.Equal(Headers(requests[0]), Headers(requests[1]));
        var reported = (await Eventually.RequestsAsync(proxy, 1)).GetProperty("total").GetProperty("reported");
        Assert.Equal((36, 20, 5, 7), (reported.GetProperty("input").GetInt32(), reported.GetProperty("cachedRead").GetInt32(), reported.GetProperty("cacheWritten").GetInt32(), reported.GetProperty("output").GetInt32()));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Only_the_result_is_smaller(bool streaming)
    {
        await using FakeProvider provider = Provider(streaming);
        await using RunningTestProxy proxy = await RunningTestProxy.StartAsync(provider);
        await AskAsync(provider.Url, Samples.Rows, streaming);
        string before = provider.LastBody;
        await AskAsync(proxy.Url, Samples.Rows, streaming);
        string after = provider.LastBody;
        int start = before.IndexOf("[\\n  {\\n", StringComparison.Ordinal), rest = before.Length - before.LastIndexOf("\\n]", StringComparison.Ordinal) - 3;
        Assert.True(start > 0 && after.Length < before.Length / 2);
        Assert.Equal(before[..start], after[..start]);
        Assert.Equal(before[^rest..], after[^rest..]);
    }

    [Theory]
    [InlineData("400 Bad Request", "invalid_request_error")]
    [InlineData("401 Unauthorized", "authentication_error")]
    [InlineData("429 Too Many Requests", "rate_limit_error")]
    [InlineData("500 Internal Server Error", "api_error")]
    [InlineData("529 Overloaded", "overloaded_error")]
    public async Task Errors_are_the_same_errors(string status, string type)
    {
        await using FakeProvider provider = FakeProvider.OfJson($$$"""{"type":"error","error":{"type":"{{{type}}}","message":"No, é"}}""", status, "Retry-After: 7\r\nrequest-id: req_1\r\n");
        await using RunningTestProxy proxy = await RunningTestProxy.StartAsync(provider);
        AnthropicApiException direct = await Assert.ThrowsAnyAsync<AnthropicApiException>(() => AskAsync(provider.Url, "short", streaming: false));
        AnthropicApiException through = await Assert.ThrowsAnyAsync<AnthropicApiException>(() => AskAsync(proxy.Url, "short", streaming: false));
        Assert.Equal((direct.GetType(), direct.StatusCode, direct.Message, direct.ResponseBody), (through.GetType(), through.StatusCode, through.Message, through.ResponseBody));
        Assert.Equal(0, (await proxy.StatsAsync()).GetProperty("total").GetProperty("requests").GetInt32()); // what failed is not taken down
    }

    [Fact]
    public async Task A_stream_that_breaks_off_breaks_off_at_the_same_place()
    {
        await using var provider = new FakeProvider(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
            await connection.SendChunkAsync(s_events[..s_events.IndexOf("é𝄞", StringComparison.Ordinal)]);
        });
        await using RunningTestProxy proxy = await RunningTestProxy.StartAsync(provider);
        (string Text, System.Type? Failure) direct = await ReadAsync(provider.Url), through = await ReadAsync(proxy.Url);
        Assert.Equal(direct, through);
        Assert.NotNull(direct.Failure);
        Assert.Equal("It is the pool: ", direct.Text);

        static async Task<(string, System.Type?)> ReadAsync(string url)
        {
            using var client = new AnthropicClient { ApiKey = "test", BaseUrl = url, MaxRetries = 0 };
            var text = new StringBuilder();
            try
            {
                await foreach (RawMessageStreamEvent e in client.Messages.CreateStreaming(Request("short"))) text.Append(TextOf(e));
                return (text.ToString(), null);
            }
#pragma warning disable CA1031 // Whatever it is, it has to be the same on both sides.
            catch (Exception e)
#pragma warning restore CA1031
            {
                return (text.ToString(), e.GetType());
            }
        }
    }

    [Fact]
    public async Task Tokens_are_counted_of_what_would_be_sent()
    {
        await using FakeProvider provider = FakeProvider.OfJson("""{"input_tokens":17}""");
        await using RunningTestProxy proxy = await RunningTestProxy.StartAsync(provider);
        using var client = new AnthropicClient { ApiKey = "test", BaseUrl = proxy.Url, MaxRetries = 0 };
        MessageTokensCount count = await client.Messages.CountTokens(new MessageCountTokensParams { Model = "claude-sonnet-5", Messages = Request(Samples.Rows).Messages });
        Assert.Equal(17, count.InputTokens);
        Assert.Contains("# JSON as ", provider.LastBody, StringComparison.Ordinal);
        Assert.Equal(0, (await proxy.StatsAsync()).GetProperty("total").GetProperty("requests").GetInt32()); // nobody read the prompt
    }

    private static FakeProvider Provider(bool streaming) => streaming
        ? new FakeProvider(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n");
            foreach (byte[] piece in Encoding.UTF8.GetBytes(s_events).Chunk(7)) await connection.SendChunkAsync(piece); // characters are cut in two
            await connection.SendAsync("0\r\n\r\n");
        })
        : FakeProvider.OfJson(Answer);

    private static async Task<string> AskAsync(string url, string result, bool streaming)
    {
        using var client = new AnthropicClient { ApiKey = "test", BaseUrl = url, MaxRetries = 0 };
        if (!streaming) return (await client.Messages.Create(Request(result))).ToString();
        var text = new StringBuilder();
        await foreach (RawMessageStreamEvent e in client.Messages.CreateStreaming(Request(result))) text.Append(e).Append(TextOf(e)).Append('\n');
        return text.ToString();
    }

    private static string TextOf(RawMessageStreamEvent e) => e.TryPickContentBlockDelta(out RawContentBlockDeltaEvent? delta) && delta.Delta.TryPickText(out TextDelta? text) ? text.Text : "";

    private static MessageCreateParams Request(string result) => new()
    {
        Model = "claude-sonnet-5",
        MaxTokens = 1_000,
        System = "Be brief.",
        Tools = [new ToolUnion(new Tool { Name = "read_log", Description = "Reads é", InputSchema = new InputSchema() })],
        Messages =
        [
            new UserMessageParam { Content = "What failed?" },
            new AssistantMessageParam { Content = new List<ContentBlockParam> { new ToolUseBlockParam { ID = "toolu_1", Name = "read_log", Input = new Dictionary<string, System.Text.Json.JsonElement>() } } },
            new UserMessageParam
            {
                Content = new List<ContentBlockParam>
                {
                    new ToolResultBlockParam { ToolUseID = "toolu_1", Content = result, CacheControl = new CacheControlEphemeral() },
                    new ImageBlockParam { Source = new Base64ImageSource { Data = "iVBORw0KGgo=", MediaType = MediaType.ImagePng } },
                    new TextBlockParam { Text = "Look at the picture, too." },
                },
            },
        ],
    };

    private static string[] Headers(RecordedRequest request) =>
        [.. request.Head.Split("\r\n", StringSplitOptions.RemoveEmptyEntries)[1..].Where(h => !h.StartsWith("Host:", StringComparison.OrdinalIgnoreCase)).Select(h => h.ToUpperInvariant()).Order(StringComparer.Ordinal)];
}
