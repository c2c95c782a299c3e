using System.Text;
using Headroom.Cli.Proxy.Answers;
using Headroom.Economics;

namespace Headroom.Cli.Proxy.Figures;

/// <summary>What is read of answers as they pass.</summary>
public sealed class AnswerReaderTests
{
    [Fact]
    public async Task Anthropics_stream_reports_at_both_ends_and_names_its_calls() => AssertAnswer(
        new ReportedUsage(60, 40, 9, 33), "claude-x", "msg_1", ["headroom_retrieve{\"id\":\"7kq\"}"], hasOtherCalls: true,
        await ReadAsync("text/event-stream", Events(
            """{"type":"message_start","message":{"id":"msg_1","model":"claude-x","usage":{"input_tokens":11,"cache_creation_input_tokens":9,"cache_read_input_tokens":40,"output_tokens":2}}}""",
            """{"type":"content_block_start","index":0,"content_block":{"type":"tool_use","id":"t","name":"mcp__headroom__headroom_retrieve","input":{}}}""",
            """{"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"{\"id\":"}}""",
            """{"type":"content_block_start","index":1,"content_block":{"type":"tool_use","id":"u","name":"read","input":{}}}""",
            """{"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":"{\"secret\":1}"}}""",
            """{"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"\"7kq\"}"}}""",
            """{"type":"message_delta","delta":{"stop_reason":"tool_use"},"usage":{"output_tokens":33}}""")));

    [Fact]
    public async Task The_last_word_of_a_stream_may_repeat_the_input() => AssertAnswer(
        new ReportedUsage(70, 50, 0, 5), "m", "i", [], hasOtherCalls: false,
        await ReadAsync("text/event-stream", Events(
            """{"type":"message_start","message":{"id":"i","model":"m","usage":{"input_tokens":1,"cache_read_input_tokens":0,"output_tokens":1}}}""",
            """{"type":"message_delta","delta":{},"usage":{"input_tokens":20,"cache_read_input_tokens":50,"cache_creation_input_tokens":0,"output_tokens":5}}""")));

    [Fact]
    public async Task Anthropics_whole_answer() => AssertAnswer(
        new ReportedUsage(3, 0, 0, 4), "m", "i", ["headroom_retrieve{\"id\": \"x\"}"], hasOtherCalls: false,
        await ReadAsync("application/json", """{"id":"i","type":"message","model":"m","content":[{"type":"text","text":"t"},{"type":"tool_use","id":"t","name":"headroom_retrieve","input":{"id": "x"}}],"usage":{"input_tokens":3,"output_tokens":4}}"""));

    [Fact]
    public async Task Chat_completions_whole_and_in_pieces()
    {
        AssertAnswer(
            new ReportedUsage(30, 20, 0, 7), "m", null, ["headroom_retrieve{\"a\":1}"], hasOtherCalls: true,
            await ReadAsync("application/json", """{"model":"m","choices":[{"message":{"tool_calls":[{"id":"a","function":{"name":"h__headroom_retrieve","arguments":"{\"a\":1}"}},{"id":"b","function":{"name":"ls","arguments":"{}"}}]}}],"usage":{"prompt_tokens":30,"completion_tokens":7,"prompt_tokens_details":{"cached_tokens":20}}}"""));
        AssertAnswer(
            new ReportedUsage(30, 0, 0, 7), "m", null, ["headroom_retrieve{\"a\":1}"], hasOtherCalls: false,
            await ReadAsync("text/event-stream", Events(
                """{"model":"m","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"a","function":{"name":"headroom_retrieve","arguments":""}}]}}]}""",
                """{"model":"m","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"{\"a\""}}]}}]}""",
                """{"model":"m","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":":1}"}}]}}],"usage":null}""",
                """{"model":"m","choices":[],"usage":{"prompt_tokens":30,"completion_tokens":7}}""",
                "[DONE]")));
    }

    [Fact]
    public async Task Responses_whole_and_in_pieces()
    {
        const string Whole = """{"id":"r","object":"response","model":"m","output":[{"type":"reasoning"},{"type":"function_call","name":"headroom_retrieve","arguments":"{}"}],"usage":{"input_tokens":30,"input_tokens_details":{"cached_tokens":20,"cache_write_tokens":4},"output_tokens":7}}""";
        AssertAnswer(new ReportedUsage(30, 20, 4, 7), "m", "r", ["headroom_retrieve{}"], hasOtherCalls: false, await ReadAsync("application/json", Whole));
        AssertAnswer(
            new ReportedUsage(30, 20, 4, 7), "m", "r", ["headroom_retrieve{}"], hasOtherCalls: false,
            await ReadAsync("text/event-stream", Events(
                """{"type":"response.created","response":{"id":"r","usage":null}}""",
                """{"type":"response.output_item.done","item":{"type":"function_call","name":"headroom_retrieve","arguments":"{}"}}""",
                $$"""{"type":"response.completed","response":{{Whole}}}""")));
    }

    [Theory]
    [InlineData("text/event-stream", "data: {\"usage\": broken\n\n")]
    [InlineData("text/event-stream", "data: 7 \"usage\"\n\n: comment \"usage\"\n\nusage\n")]
    [InlineData("text/event-stream", "data: {\"usage\":{\"input_tokens\":-1}}")]
    [InlineData("application/json", "{\"usage\":")]
    [InlineData("application/json", "[\"usage\"]")]
    [InlineData("application/json", "")]
    public async Task What_cannot_be_read_is_not_reported(string type, string text) => Assert.Null((await ReadAsync(type, text)).Usage);

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    [InlineData("zstd")]
    public async Task An_encoded_answer_is_read_and_a_damaged_one_is_a_failure_of_reading_alone(string encoding)
    {
        byte[] whole = Encoded.As(encoding, Encoding.UTF8.GetBytes("""{"id":"i","model":"m","usage":{"input_tokens":7,"output_tokens":5}}"""));
        foreach ((byte[] bytes, bool isDamaged) in new[] { (whole, false), ((byte[])[.. whole[..6], .. Enumerable.Repeat((byte)0xff, 40)], true) })
        {
            var failures = new List<string>();
            using var response = new HttpResponseMessage { Content = new ByteArrayContent([]) { Headers = { { "Content-Type", "application/json" }, { "Content-Encoding", encoding } } } };
            AnswerTap tap = AnswerTap.For(response, failures.Add)!;
            foreach (byte[] piece in bytes.Chunk(5)) tap.Write(piece);
            Answer answer = await tap.EndAsync(isWhole: true);
            Assert.Equal(isDamaged ? null : new ReportedUsage(7, 0, 0, 5), answer.Usage);
            Assert.Equal(isDamaged ? ["usage"] : [], failures);
        }
    }

    [Theory]
    [InlineData(500, "application/json", null)]
    [InlineData(200, "text/html", null)]
    [InlineData(200, "application/json", "compress")]
    public void Errors_and_other_content_are_not_read(int status, string type, string? encoding)
    {
        using var response = new HttpResponseMessage((System.Net.HttpStatusCode)status) { Content = new ByteArrayContent([]) };
        response.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        if (encoding is not null) response.Content.Headers.TryAddWithoutValidation("Content-Encoding", encoding);
        Assert.Null(AnswerTap.For(response, _ => { }));
    }

    private static void AssertAnswer(ReportedUsage usage, string model, string? id, string[] retrievals, bool hasOtherCalls, Answer answer)
    {
        Assert.Equal(usage, answer.Usage);
        Assert.Equal((model, id, hasOtherCalls), (answer.Model, answer.Id, answer.HasOtherCalls));
        Assert.Equal(retrievals, answer.RetrievalCalls);
    }

    private static string Events(params string[] events) => string.Concat(events.Select(e => $"event: x\r\ndata: {e}\r\n\r\n"));

    /// <summary>Reads a text in pieces of every length from one byte on: wherever the network cuts, the answer is the same.</summary>
    private static async Task<Answer> ReadAsync(string type, string text)
    {
        Answer? answer = null;
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        foreach (int size in new[] { 1, 7, 64, 100_000 })
        {
            using var response = new HttpResponseMessage { Content = new ByteArrayContent([]) { Headers = { { "Content-Type", type } } } };
            AnswerTap tap = AnswerTap.For(response, _ => { })!;
            foreach (byte[] piece in bytes.Chunk(size)) tap.Write(piece);
            Answer read = await tap.EndAsync(isWhole: true);
            Assert.Equal(answer?.Usage ?? read.Usage, read.Usage);
            Assert.Equal(answer?.RetrievalCalls ?? read.RetrievalCalls, read.RetrievalCalls);
            answer = read;
        }

        return answer!;
    }
}
