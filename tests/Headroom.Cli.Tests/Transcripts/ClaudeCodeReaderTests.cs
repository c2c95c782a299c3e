using Headroom.Cli.Transcripts;
using Headroom.Cli.Wire;

namespace Headroom.Cli.Tests.Transcripts;

public sealed class ClaudeCodeReaderTests
{
    private readonly Transcript _session = TestTranscripts.Read("claude-code-session.jsonl");

    private RecordedConversation Main => _session.Conversations[0];

    [Fact]
    public void The_main_conversation_and_its_sub_agent_are_told_apart()
    {
        Assert.Equal(TranscriptFormat.ClaudeCode, _session.Format);
        Assert.Equal(["main", "a1b2c3d"], _session.Conversations.Select(c => c.Name));
        Assert.Equal([8, 2], _session.Conversations.Select(c => c.Requests.Count));
        Assert.All(_session.Conversations[1].Requests, r => Assert.DoesNotContain(r.Sent(), p => p.Contains("Six tests", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_turn_in_several_lines_is_one_turn_and_its_usage_counts_once()
    {
        RecordedRequest first = Main.Requests[0];
        Assert.Equal(3, first.Answer.Parts.Count);
        Assert.Equal([RecordedPartKind.Reasoning, RecordedPartKind.Text, RecordedPartKind.Call], first.Answer.Parts.Select(p => p.Kind));
        Assert.Equal(180, first.Usage!.Value.Counts.Output); // the earlier lines say 3: they were written while the answer streamed
        Assert.Equal(first.Usage.Value.Counts.Input, 3 + first.Usage.Value.Counts.CacheWritten);
    }

    [Fact]
    public void Calls_side_by_side_are_one_turn_although_a_result_stands_between_their_lines()
    {
        RecordedRequest second = Main.Requests[1], third = Main.Requests[2];
        Assert.Equal(["Bash", "Read"], second.Answer.Parts.Select(p => p.Name));
        Assert.Equal(second.Count + 3, third.Count); // the turn, and two results
        Assert.Equal([RecordedPartKind.Result, RecordedPartKind.Result], third.History.Skip(second.Count + 1).Take(2).SelectMany(m => m.Parts).Select(p => p.Kind));
    }

    [Fact]
    public void Results_know_whether_they_are_errors() => Assert.Equal(1, Main.Requests[3].History.SelectMany(m => m.Parts).Count(p => p.IsError));

    [Fact]
    public void Where_the_user_went_back_what_came_since_is_not_sent()
    {
        RecordedRequest after = Main.Requests[6];
        Assert.Equal(HistoryChange.Branched, after.Change);
        Assert.Contains(after.Sent(), p => p.Contains("Do not start it", StringComparison.Ordinal));
        Assert.DoesNotContain(after.Sent(), p => p.Contains("Start the database", StringComparison.Ordinal));
    }

    [Fact]
    public void A_compaction_begins_a_new_history()
    {
        RecordedRequest after = Main.Requests[7];
        Assert.Equal(HistoryChange.Compacted, after.Change);
        Assert.Equal(2, after.Count);
        Assert.Contains("This session is being co", after.Sent()[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Errors_the_tool_wrote_itself_and_repeated_lines_are_no_turns() =>
        Assert.DoesNotContain(Main.Requests, r => r.Answered().Any(p => p.Contains("API Error", StringComparison.Ordinal)));

    [Fact]
    public void A_line_that_was_cut_off_is_counted() => Assert.Equal((1, 34), (_session.BrokenLines, _session.FirstBroken));

    [Fact]
    public void Entries_that_live_for_an_hour_are_told_apart()
    {
        Transcript read = TestTranscripts.Of(
            """{"type":"user","uuid":"1","parentUuid":null,"message":{"role":"user","content":"hi"}}""",
            """{"type":"assistant","uuid":"2","parentUuid":"1","message":{"id":"m","model":"claude-opus-5","role":"assistant","content":[{"type":"text","text":"ho"}],"usage":{"input_tokens":5,"cache_creation_input_tokens":100,"cache_read_input_tokens":20,"cache_creation":{"ephemeral_5m_input_tokens":10,"ephemeral_1h_input_tokens":90},"output_tokens":7}}}""");
        WireUsage usage = read.Conversations[0].Requests[0].Usage!.Value;
        Assert.Equal((125, 20, 100, 7, 90), (usage.Counts.Input, usage.Counts.CachedRead, usage.Counts.CacheWritten, usage.Counts.Output, usage.HourWrites));
    }

    [Fact]
    public void Lines_without_ids_parents_or_usage_are_read_in_order()
    {
        Transcript read = TestTranscripts.Of(
            """{"type":"user","message":{"role":"user","content":"hi"}}""",
            """{"type":"assistant","message":{"role":"assistant","content":[{"type":"tool_use","name":"ls","input":{}}]}}""",
            """{"type":"user","message":{"role":"user","content":[{"type":"tool_result","content":"a.txt"}]}}""",
            """{"type":"assistant","message":{"role":"assistant","content":[{"type":"text","text":"one file"}]}}""");
        Assert.Equal(["User/Text: hi", "Assistant/Call ls: {}", "User/Result: a.txt"], read.Conversations[0].Requests[1].Sent());
        Assert.All(read.Conversations[0].Requests, r => Assert.Null(r.Usage));
    }

    [Fact]
    public void Without_ids_of_messages_lines_side_by_side_with_one_request_id_are_one_turn()
    {
        Transcript read = TestTranscripts.Of(
            """{"type":"user","uuid":"1","parentUuid":null,"message":{"role":"user","content":"hi"}}""",
            """{"type":"assistant","uuid":"2","parentUuid":"1","requestId":"r","message":{"role":"assistant","content":"a"}}""",
            """{"type":"assistant","uuid":"3","parentUuid":"2","requestId":"r","message":{"role":"assistant","content":"b"}}""",
            """{"type":"system","subtype":"compact_boundary","uuid":"4","parentUuid":null}""",
            """{"type":"assistant","uuid":"5","parentUuid":"4","requestId":"r","message":{"role":"assistant","content":"c"}}""");
        Assert.Equal(["Assistant/Text: a", "Assistant/Text: b"], read.Conversations[0].Requests.Single().Answered()); // the last has no prompt that is known
    }

    [Fact]
    public void Side_chains_without_an_agent_id_hang_together_by_their_parents()
    {
        Transcript read = TestTranscripts.Of(
            """{"type":"user","uuid":"1","parentUuid":null,"isSidechain":false,"message":{"role":"user","content":"main"}}""",
            """{"type":"user","uuid":"s1","parentUuid":null,"isSidechain":true,"message":{"role":"user","content":"side"}}""",
            """{"type":"assistant","uuid":"2","parentUuid":"1","isSidechain":false,"message":{"id":"a","role":"assistant","content":"main answer"}}""",
            """{"type":"assistant","uuid":"s2","parentUuid":"s1","isSidechain":true,"message":{"id":"b","role":"assistant","content":"side answer"}}""");
        Assert.Equal([["User/Text: main"], ["User/Text: side"]], read.Conversations.Select(c => c.Requests.Single().Sent()));
    }
}
