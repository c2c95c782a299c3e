using System.Text;
using Headroom.Cli.Transcripts;

namespace Headroom.Cli.Tests.Transcripts;

/// <summary>Reads the transcripts in <c>Data</c>, and texts of the tests' own.</summary>
internal static class TestTranscripts
{
    public static string PathOf(string name) => RepositoryFiles.PathOf("tests/Headroom.Cli.Tests/Transcripts/Data/" + name);

    public static Transcript Read(string name) => TranscriptReader.Read(File.ReadAllBytes(PathOf(name)));

    public static Transcript Of(params string[] lines) => TranscriptReader.Read(Encoding.UTF8.GetBytes(string.Join('\n', lines)));

    /// <summary>Parts as short words: who, what and how it begins.</summary>
    public static string[] Sent(this RecordedRequest request) => [.. request.History.Take(request.Count).SelectMany(m => m.Parts.Select(p => Word(m, p)))];

    public static string[] Answered(this RecordedRequest request) => [.. request.Answer.Parts.Select(p => Word(request.Answer, p))];

    private static string Word(RecordedMessage message, RecordedPart part) =>
        $"{message.Role}/{part.Kind}{(part.Name is null ? "" : " " + part.Name)}: {part.Text[..Math.Min(part.Text.Length, 24)]}".ReplaceLineEndings("|");
}
