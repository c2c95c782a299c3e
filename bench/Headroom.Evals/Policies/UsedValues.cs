using System.Buffers;
using Headroom.Cli.Transcripts;

namespace Headroom.Evals.Policies;

/// <summary>Finds what later steps of a session really used: values in calls that stood in an earlier result, and nowhere else before.</summary>
internal static class UsedValues
{
    /// <summary>Shorter words are found by chance.</summary>
    private const int MinLength = 6;

    private static readonly SearchValues<char> Inside = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-./:@#");

    private static readonly SearchValues<char> Telling = SearchValues.Create("0123456789_./");

    /// <summary>The values the answer to a request took from results.</summary>
    public static IEnumerable<string> Of(RecordedSession session, SessionRequest request)
    {
        SessionPart[] before = [.. session.Parts.Take(request.Count)];
        return session.Parts.Skip(request.Count).Take(request.AnswerEnd - request.Count)
            .Where(p => p.Kind == RecordedPartKind.Call)
            .SelectMany(p => Words(p.Item.Text))
            .Distinct(StringComparer.Ordinal)
            .Where(w => Stands(w, before, true) && !Stands(w, before, false));
    }

    private static bool Stands(string word, SessionPart[] parts, bool inResults) =>
        Array.Exists(parts, p => p.Kind == RecordedPartKind.Result == inResults && p.Wire.Contains(word, StringComparison.Ordinal));

    /// <summary>Words that are names, paths, numbers or ids rather than prose: with a digit or a sign inside.</summary>
    private static List<string> Words(string text)
    {
        List<string> words = [];
        for (int at = 0; at < text.Length;)
        {
            int start = text.AsSpan(at).IndexOfAny(Inside);
            if (start < 0) break;
            int length = text.AsSpan(at + start).IndexOfAnyExcept(Inside);
            if (length < 0) length = text.Length - at - start;
            string word = text.Substring(at + start, length).Trim('.', ':', '-', '/');
            if (word.Length >= MinLength && word.AsSpan().ContainsAny(Telling)) words.Add(word);
            at += start + length;
        }

        return words;
    }
}
