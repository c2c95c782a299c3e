using System.Buffers;
using System.Text;
using System.Text.Json;
using Headroom.Cli.Wire;

namespace Headroom.Cli.Tests.Wire;

public sealed class ConversationProtocolTests
{
    [Fact]
    public void Only_the_text_of_the_tool_message_changes_and_every_other_byte_stays()
    {
        const string Before = """{"id":"c","messages":[{"role":"system","content":"s \u00e9"}, {"role": "user","content":"q","x":1.0},{"role":"assistant","content":null,"tool_calls":[{"id":"t1","type":"function","function":{"name":"ls","arguments":"{}"}}]},{"tool_call_id":"t1","role":"tool","odd":[1e5,{"a":"\ud800"}],"content":"AAAA\nBBBB","last":12345678901234567890}]}""";
        const string After = """{"id":"c","messages":[{"role":"system","content":"s \u00e9"}, {"role": "user","content":"q","x":1.0},{"role":"assistant","content":null,"tool_calls":[{"id":"t1","type":"function","function":{"name":"ls","arguments":"{}"}}]},{"tool_call_id":"t1","role":"tool","odd":[1e5,{"a":"\ud800"}],"content":"half AAAA","last":12345678901234567890}],"outcomes":[{"index":3,"form":"reformatted","reason":"compressed","tokensBefore":13,"tokensAfter":9}]}""";
        Assert.Equal(After, Answer(Before));
    }

    [Fact]
    public void A_conversation_in_which_nothing_gets_smaller_keeps_every_byte()
    {
        const string Messages = """[ {"role":"tool","content":"short \u00e9\/"} , {"role":"tool","content":null}, {"role":"tool"}, 7, {"role":"wizard","content":"AAAA\nBBBB"}, {"role":"user","content":"AAAA\nBBBB"}, {"role":"assistant","content":[{"type":"text","text":"AAAA\nBBBB"}]} ]""";
        Assert.StartsWith("{\"id\":null,\"messages\":" + Messages + ",\"outcomes\":[{\"index\":0,", Answer("{\"messages\":" + Messages + "}"), StringComparison.Ordinal);
    }

    [Fact]
    public void Each_text_part_of_a_tool_message_is_an_item_of_its_own()
    {
        const string Content = """[{"type":"text","text":"AAAA\nBBBB"},{"type":"image_url","image_url":{"url":"data:AAAA"}},{"type":"text","text":"tiny","cache_control":{"type":"ephemeral"}},{"type":"text","text":"CCCC\nDDDD"}]""";
        string answer = Answer("{\"id\":1,\"messages\":[{\"role\":\"tool\",\"tool_call_id\":\"t\",\"content\":" + Content + "}]}");
        Assert.Contains(Content.Replace("AAAA\\nBBBB", "half AAAA", StringComparison.Ordinal).Replace("CCCC\\nDDDD", "half CCCC", StringComparison.Ordinal), answer, StringComparison.Ordinal);
        JsonElement outcomes = JsonDocument.Parse(answer).RootElement.GetProperty("outcomes");
        Assert.Equal(["0 reformatted", "2 unchanged", "3 reformatted"], outcomes.EnumerateArray().Select(o => $"{o.GetProperty("part").GetInt32()} {o.GetProperty("form").GetString()}"));
    }

    [Fact]
    public void A_tool_result_is_told_its_tool_its_arguments_and_the_last_question()
    {
        var seen = new HalvingCompressor();
        Answer("""{"id":1,"messages":[{"role":"user","content":[{"type":"text","text":"why?"}]},{"role":"assistant","tool_calls":[{"id":"t1","function":{"name":"read_log","arguments":"{\"path\":\"a\"}"}},{"id":"t2","function":{"name":"other"}}]},{"role":"tool","tool_call_id":"t1","content":"AAAA\nBBBB"},{"role":"tool","tool_call_id":"t9","name":"named","content":"CCCC\nDDDD"}]}""", seen);
        Assert.Equal(["why?\nread_log\n{\"path\":\"a\"}", "why?\nnamed"], seen.Questions);
    }

    [Fact]
    public void Results_of_the_retrieval_tool_and_errors_stay_as_they_are()
    {
        string answer = Answer("""{"id":1,"messages":[{"role":"assistant","tool_calls":[{"id":"t1","function":{"name":"headroom_retrieve","arguments":"{}"}}]},{"role":"tool","tool_call_id":"t1","content":"AAAA\nBBBB"},{"role":"tool","is_error":true,"content":"AAAA\nBBBB"}]}""");
        Assert.DoesNotContain("half", answer, StringComparison.Ordinal);
        Assert.Contains("\"reason\":\"retrievedText\"", answer, StringComparison.Ordinal);
        Assert.Contains("\"reason\":\"errorResult\"", answer, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_sent_stays_a_prefix_at_every_cut()
    {
        string[] messages =
        [
            """{"role":"user","content":"one"}""", """{"role":"assistant","tool_calls":[{"id":"a","function":{"name":"f","arguments":"{}"}}]}""",
            """{"role":"tool","tool_call_id":"a","content":"AAAA\nBBBB"}""", """{"role":"user","content":"two \ud800"}""",
            """{"role":"assistant","tool_calls":[{"id":"a","function":{"name":"g","arguments":"{}"}}]}""", """{"role":"tool","tool_call_id":"a","content":"EEEE\nFFFF"}""",
        ];
        string whole = Sent(messages);
        for (int k = 0; k <= messages.Length; k++)
        {
            string cut = Sent(messages[..k]);
            Assert.StartsWith(cut[..^1], whole, StringComparison.Ordinal); // without the closing bracket
        }
    }

    [Theory]
    [InlineData("{\"id\":1}")]
    [InlineData("{\"id\":1,\"messages\":{}}")]
    [InlineData("{\"id\":1,\"messages\":\"[]\"}")]
    public void A_line_without_messages_is_refused(string line) => Assert.Throws<WireFormatException>(() => Answer(line));

    [Fact]
    public void Of_duplicate_members_the_last_counts() => Assert.Contains(
        """{"role":"user","role":"to\u006fl","content":"AAAA\nBBBB","c\u006fntent":"half CCCC"}""",
        Answer("""{"id":1,"messages":[{"role":"user","role":"to\u006fl","content":"AAAA\nBBBB","c\u006fntent":"CCCC\nDDDD"}]}"""), StringComparison.Ordinal);

    private static string Sent(IEnumerable<string> messages)
    {
        string answer = Answer("{\"id\":1,\"messages\":[" + string.Join(',', messages) + "]}");
        return answer[..answer.IndexOf(",\"outcomes\"", StringComparison.Ordinal)];
    }

    private static string Answer(string line, HalvingCompressor? compressor = null)
    {
        var engine = new ConversationCompressor(
            new HeadroomOptions { MinItemCharacters = 6 }, tokens: new LengthCounter(), compressors: [compressor ?? new HalvingCompressor()]);
        var output = new ArrayBufferWriter<byte>();
        new ConversationProtocol(engine, new ConversationContext()).AnswerAsync(Encoding.UTF8.GetBytes(line), output, CancellationToken.None).AsTask().GetAwaiter().GetResult();
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
