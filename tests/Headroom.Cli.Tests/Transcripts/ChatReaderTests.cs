using Headroom.Cli.Transcripts;

namespace Headroom.Cli.Tests.Transcripts;

public sealed class ChatReaderTests
{
    [Theory]
    [InlineData("chat-messages.jsonl")]
    [InlineData("chat-array.json")]
    public void Messages_are_one_conversation(string file)
    {
        Transcript read = TestTranscripts.Read(file);
        RecordedConversation conversation = read.Conversations.Single();
        Assert.Equal((TranscriptFormat.Chat, 4, 0), (read.Format, conversation.Requests.Count, read.BrokenLines));
        Assert.Equal(["System/Text: You help with the shop.", "User/Text: Which orders are there?"], conversation.Requests[0].Sent());
        Assert.Equal(["list_orders", null, null], conversation.Requests[3].History.SelectMany(m => m.Parts).Where(p => p.Kind == RecordedPartKind.Result).Select(p => p.Name));
        Assert.Equal(8, conversation.Requests[3].History[7].Line); // where to look for it
    }

    [Fact]
    public void Conversations_of_one_line_each_are_told_apart_with_their_tools_and_usage()
    {
        Transcript read = TestTranscripts.Read("chat-conversations.jsonl");
        Assert.Equal([4, 2], read.Conversations.Select(c => c.Requests.Count));
        RecordedRequest last = read.Conversations[0].Requests[3];
        Assert.Equal(2_000, last.Usage!.Value.Counts.Input);
        Assert.Equal(["list_orders\nLists orders of the shop.", "run\nRuns a command."], last.Tools.Select(t => t[..t.LastIndexOf('\n')]));
        Assert.Equal("gpt-6-sol", last.Model);
    }

    [Fact]
    public void Requests_with_their_responses_belong_together_although_the_system_prompt_changes()
    {
        RecordedConversation read = TestTranscripts.Read("chat-requests.jsonl").Conversations.Single();
        Assert.Equal([HistoryChange.None, HistoryChange.None, HistoryChange.Edited, HistoryChange.None], read.Requests.Select(r => r.Change));
        Assert.Equal([2, 4, 6, 9], read.Requests.Select(r => r.Count));
        Assert.NotEqual(read.Requests[2].Tools, read.Requests[3].Tools);
        Assert.All(read.Requests, r => Assert.Equal("gpt-6-sol-2026-08-01", r.Model));
        Assert.Equal(TimeSpan.FromSeconds(90), read.Requests[2].At - read.Requests[1].At);
    }

    [Fact]
    public void Conversations_that_grow_line_by_line_are_one()
    {
        Transcript read = TestTranscripts.Of(
            """{"messages":[{"role":"user","content":"a"},{"role":"assistant","content":"b"}]}""",
            """{"messages":[{"role":"user","content":"a"},{"role":"assistant","content":"b"},{"role":"user","content":"c"},{"role":"assistant","content":"d"}]}""",
            """{"messages":[{"role":"user","content":"other"},{"role":"assistant","content":"e"}]}""");
        Assert.Equal([2, 1], read.Conversations.Select(c => c.Requests.Count));
    }

    [Fact]
    public void Anthropic_and_responses_requests_are_read_too()
    {
        Transcript read = TestTranscripts.Of(
            """{"request":{"model":"claude-sonnet-5","system":[{"type":"text","text":"Be brief."}],"messages":[{"role":"user","content":"hi"}],"tools":[{"name":"ls","description":"Lists.","input_schema":{"type":"object"}}]},"response":{"role":"assistant","content":[{"type":"tool_use","id":"t","name":"ls","input":{"p":"."}}],"usage":{"input_tokens":3,"cache_creation_input_tokens":10,"cache_read_input_tokens":20,"output_tokens":4}}}""",
            """{"request":{"model":"gpt-6-sol","instructions":"Be kind.","input":"hello","tools":[{"type":"function","name":"run","description":"Runs.","parameters":{"type":"object"}}]},"response":{"output":[{"type":"reasoning","summary":[]},{"type":"function_call","call_id":"c","name":"run","arguments":"{}"}],"usage":{"input_tokens":30,"input_tokens_details":{"cached_tokens":16},"output_tokens":5}}}""");
        Assert.Equal([["System/Text: Be brief.", "User/Text: hi"], ["System/Text: Be kind.", "User/Text: hello"]], read.Conversations.Select(c => c.Requests[0].Sent()));
        Assert.Equal([["Assistant/Call ls: {\"p\":\".\"}"], ["Assistant/Call run: {}"]], read.Conversations.Select(c => c.Requests[0].Answered()));
        Assert.Equal([(33, 20), (30, 16)], read.Conversations.Select(c => ((int)c.Requests[0].Usage!.Value.Counts.Input, (int)c.Requests[0].Usage!.Value.Counts.CachedRead)));
        Assert.Equal(["ls\nLists.\n{\"type\":\"object\"}", "run\nRuns.\n{\"type\":\"object\"}"], read.Conversations.Select(c => c.Requests[0].Tools.Single()));
    }

    [Fact]
    public void A_lone_surrogate_stays_what_it_is() =>
        Assert.Equal("\ud800x", TestTranscripts.Of("""{"role":"user","content":"\ud800x"}""", """{"role":"assistant","content":"y"}""").Conversations[0].Requests[0].History[0].Parts[0].Text);
}
