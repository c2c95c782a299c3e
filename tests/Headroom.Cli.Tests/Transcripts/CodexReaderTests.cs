using Headroom.Cli.Transcripts;
using Headroom.Economics;

namespace Headroom.Cli.Tests.Transcripts;

public sealed class CodexReaderTests
{
    private readonly RecordedConversation _rollout = TestTranscripts.Read("codex-rollout.jsonl").Conversations.Single();

    [Fact]
    public void One_request_stands_before_every_answer()
    {
        Assert.Equal(6, _rollout.Requests.Count);
        Assert.Equal(["Assistant/Reasoning: Run make first.", "Assistant/Call exec_command: {\"cmd\": \"make 2>&1\"}"], _rollout.Requests[0].Answered());
        Assert.Equal("System/Text: You are a coding agent r", _rollout.Requests[0].Sent()[0]);
        Assert.All(_rollout.Requests, r => Assert.Equal("gpt-5.6-terra", r.Model));
    }

    [Fact]
    public void Usage_goes_to_the_answer_before_it_and_a_repeated_total_counts_nothing()
    {
        Assert.Equal([44, 30, 80, 36, 18, 9], _rollout.Requests.Select(r => r.Usage!.Value.Counts.Output));
        Assert.All(_rollout.Requests, r => Assert.Equal(0, r.Usage!.Value.Counts.CachedRead % 128));
        Assert.True(_rollout.Requests[3].Usage!.Value.Counts.CachedRead > 6_000);
    }

    [Fact]
    public void Free_form_calls_and_outputs_in_blocks_are_read()
    {
        Assert.StartsWith("Assistant/Call apply_patch: *** Begin Patch|*** Upda", _rollout.Requests[2].Answered().Single(), StringComparison.Ordinal);
        Assert.Contains(_rollout.Requests[4].Sent(), p => p.StartsWith("Tool/Result: On branch", StringComparison.Ordinal) || p.Contains("branch", StringComparison.Ordinal));
    }

    [Fact]
    public void A_compaction_puts_its_own_history_in_place()
    {
        RecordedRequest last = _rollout.Requests[5];
        Assert.Equal(HistoryChange.Compacted, last.Change);
        Assert.Equal(["System/Text: You are a coding agent r", "User/Text: make fails. Fix it.", "User/Text: The build was fixed in s", "User/Text: What did you change?"], last.Sent());
    }

    [Fact]
    public void Totals_alone_are_taken_apart()
    {
        Transcript read = TestTranscripts.Of(
            """{"type":"session_meta","payload":{"id":"x"}}""",
            """{"type":"response_item","payload":{"type":"message","role":"user","content":[{"type":"input_text","text":"a"}]}}""",
            """{"type":"response_item","payload":{"type":"message","role":"assistant","content":[{"type":"output_text","text":"b"}]}}""",
            """{"type":"event_msg","payload":{"type":"token_count","info":{"total_token_usage":{"input_tokens":100,"cached_input_tokens":0,"output_tokens":5}}}}""",
            """{"type":"event_msg","payload":{"type":"token_count","info":null}}""",
            """{"type":"response_item","payload":{"type":"message","role":"user","content":[{"type":"input_text","text":"c"}]}}""",
            """{"type":"response_item","payload":{"type":"message","role":"assistant","content":[{"type":"output_text","text":"d"}]}}""",
            """{"type":"event_msg","payload":{"type":"token_count","info":{"total_token_usage":{"input_tokens":210,"cached_input_tokens":96,"output_tokens":7}}}}""");
        Assert.Equal([new ReportedUsage(100, 0, 0, 5), new ReportedUsage(110, 96, 0, 2)], read.Conversations[0].Requests.Select(r => r.Usage!.Value.Counts));
    }

    [Fact]
    public void Going_back_some_turns_takes_them_off()
    {
        Transcript read = TestTranscripts.Of(
            """{"type":"response_item","payload":{"type":"message","role":"user","content":[{"type":"input_text","text":"first"}]}}""",
            """{"type":"response_item","payload":{"type":"message","role":"assistant","content":[{"type":"output_text","text":"1"}]}}""",
            """{"type":"response_item","payload":{"type":"message","role":"user","content":[{"type":"input_text","text":"second"}]}}""",
            """{"type":"response_item","payload":{"type":"message","role":"assistant","content":[{"type":"output_text","text":"2"}]}}""",
            """{"type":"event_msg","payload":{"type":"thread_rolled_back","num_turns":1}}""",
            """{"type":"response_item","payload":{"type":"message","role":"user","content":[{"type":"input_text","text":"third"}]}}""",
            """{"type":"response_item","payload":{"type":"message","role":"assistant","content":[{"type":"output_text","text":"3"}]}}""");
        Assert.Equal(["User/Text: first", "Assistant/Text: 1", "User/Text: third"], read.Conversations[0].Requests[2].Sent());
        Assert.Equal(HistoryChange.Branched, read.Conversations[0].Requests[2].Change);
    }

    [Fact]
    public void Items_without_an_envelope_are_those_of_early_versions()
    {
        Transcript read = TestTranscripts.Of(
            """{"id":"x","timestamp":"2025-08-01T00:00:00Z","instructions":"Be brief."}""",
            """{"record_type":"state"}""",
            """{"type":"message","role":"user","content":[{"type":"input_text","text":"list"}]}""",
            """{"type":"function_call","name":"shell","arguments":"{}","call_id":"c1"}""",
            """{"type":"function_call_output","call_id":"c1","output":"{\"output\":\"a.txt\\n\"}"}""",
            """{"type":"message","role":"assistant","content":[{"type":"output_text","text":"a.txt"}]}""");
        Assert.Equal(TranscriptFormat.Codex, read.Format);
        Assert.Equal(0, read.BrokenLines);
        Assert.Equal(["System/Text: Be brief.", "User/Text: list", "Assistant/Call shell: {}", "Tool/Result: {\"output\":\"a.txt\\n\"}"], read.Conversations[0].Requests[1].Sent());
    }
}
