using System.Numerics;
using Headroom.Internal.Lines;
using Headroom.Internal.Selection;

namespace Headroom.Compressors.Search;

/// <summary>Chooses the lines of <c>git blame</c> that stay: what is asked for, what commits with few lines changed, and where a commit begins.</summary>
internal static class BlameSelector
{
    private const int Asked = 96, Changed = 84, FirstOfRun = 50, Line = 20;

    /// <summary>A commit with more than this share of the lines is where the file comes from rather than a change to it.</summary>
    private const double MaxShare = 0.2;

    /// <summary>Whether nearly all lines are those of <c>git blame</c>.</summary>
    public static bool IsBlame(string[] lines) => lines.Length >= 8 && lines.Count(l => BlameLines.IsBlame(l)) * 10 >= lines.Length * 9;

    public static ElidedCandidate? Select(LineList lines, string[] texts, string question, int budget)
    {
        var selection = new LineBudget(lines);
        Dictionary<string, int> counts = new(StringComparer.Ordinal);
        string[] commits = [.. texts.Select(t => t[..Math.Max(0, t.IndexOf(' ', StringComparison.Ordinal))])];
        foreach (string commit in commits) counts[commit] = counts.GetValueOrDefault(commit) + 1;
        for (int i = 0; i < commits.Length; i++)
        {
            int count = counts[commits[i]];
            bool isChange = count <= MaxShare * commits.Length && !commits[i].StartsWith('^');
            bool begins = i == 0 || commits[i - 1] != commits[i];
            selection.Raise(i, isChange ? Changed - 2 * BitOperations.Log2((uint)count) : begins ? FirstOfRun : Line);
        }

        selection.RaiseAsked(new QuestionRanking(question).Score(lines, selection.Count), Asked, neighbours: 1);
        return selection.Select("lines", budget, (first, last) => Phrase(commits, first, last));
    }

    private static string Phrase(string[] commits, int first, int last)
    {
        var names = new TopNames();
        for (int i = first; i <= last; i++) names.Add(commits[i]);
        return "by " + names;
    }
}
