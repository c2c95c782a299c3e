using Headroom.Cli.Transcripts;
using Headroom.Economics;

namespace Headroom.Cli.Tests.Transcripts;

public sealed class SweAgentReaderTests
{
    [Fact]
    public void A_history_is_replayed_turn_by_turn()
    {
        RecordedConversation read = TestTranscripts.Read("swe-agent.traj").Conversations.Single();
        Assert.Equal(3, read.Requests.Count);
        Assert.Equal("Tool", read.Requests[1].Sent()[^1][..4]);
        Assert.Equal(new ReportedUsage(9_000, 0, 0, 120), read.Total);
    }

    [Fact]
    public void What_was_really_sent_wins_over_the_history_and_shows_what_a_processor_changed()
    {
        RecordedConversation read = TestTranscripts.Read("swe-agent-queries.traj").Conversations.Single();
        Assert.Equal([HistoryChange.None, HistoryChange.None, HistoryChange.Edited], read.Requests.Select(r => r.Change));
        Assert.Equal("Tool/Result: Old environment output: ", read.Requests[2].Sent()[4]);
        Assert.Same(read.Requests[1].History[0], read.Requests[2].History[0]); // what did not change is shared
    }

    [Fact]
    public void Observations_written_as_messages_of_a_user_are_results()
    {
        RecordedConversation read = TestTranscripts.Read("mini-swe-agent.traj.json").Conversations.Single();
        Assert.Equal(["User/Text: ISSUE:|make fails with s", "Tool/Result bash: <returncode>0</returncod"], read.Requests[1].Sent().Where((_, i) => i is 1 or 3));
        Assert.Equal(3, read.Requests.Count(r => r.Usage is not null));
        Assert.Equal("gemini-3.1-pro", read.Requests[0].Model);
    }

    [Fact]
    public void Steps_alone_are_enough()
    {
        Transcript read = TestTranscripts.Of(
            """{"trajectory":[{"action":"ls -F","observation":"a\nb\n","response":"Look.\n```\nls -F\n```","thought":"Look."},{"action":"cat a","observation":"x","response":"Read it."}]}""");
        RecordedRequest second = read.Conversations.Single().Requests.Single(); // nothing is known of what the first one sent
        Assert.Equal(["Assistant/Text: Look.|```|ls -F|```", "Tool/Result ls: a|b|"], second.Sent());
        Assert.Equal(["Assistant/Text: Read it.", "Assistant/Call cat: cat a"], second.Answered());
    }
}
