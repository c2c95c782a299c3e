using Headroom.Internal.Lines;

namespace Headroom.Compressors.Diffs;

/// <summary>Chooses the lines of a diff that stay visible: files and hunks, then changed lines of files people write, then context.</summary>
internal static class DiffSelector
{
    private const int File = 90, Asked = 80, Changed = 60, HeaderDetail = 40, Near = 20, Context = 10, Generated = 4;

    /// <summary>Small hunks go first: for the same budget more of them can be read whole, and a whole one says more than the heads of three.</summary>
    private static readonly (int Characters, int Bonus)[] SmallHunks = [(250, 12), (600, 8), (1500, 4)];

    /// <summary>Longer lines are minified code or data; they would take the budget of many others.</summary>
    private const int LongLine = 400;

    public static ElidedCandidate? Select(CompressionRequest request, int budget)
    {
        string[] lines = LineSelection.LinesOf(request.Text);
        int[] matches = new QuestionTerms(request.Question).Matches(lines);
        var interest = new int[lines.Length];
        var files = new string[lines.Length];
        string file = "";
        bool generated = false, asked = false, inHunk = false;
        int bonus = 0;
        for (int i = 0; i < lines.Length; i++)
        {
            string line = lines[i];
            if (IsFileLine(line))
            {
                file = line.TrimEnd('\r')[(line.LastIndexOfAny(['/', ' ']) + 1)..].TrimEnd('\r');
                (generated, asked, inHunk) = (IsGenerated(line), matches[i] > 0, false);
                interest[i] = File;
            }
            else if (line.StartsWith("@@", StringComparison.Ordinal))
            {
                inHunk = true;
                bonus = Bonus(lines, i);
                interest[i] = generated ? Near : asked || matches[i] > 0 ? Asked + bonus / 4 : Changed + bonus;
            }
            else if (!inHunk) interest[i] = line.StartsWith("index ", StringComparison.Ordinal) || line.StartsWith("--- ", StringComparison.Ordinal) || line.StartsWith("+++ ", StringComparison.Ordinal) ? Near : HeaderDetail;
            else if (line.Length > 0 && line[0] is '+' or '-') interest[i] = generated || line.Length > LongLine ? Generated : asked ? Asked + bonus / 4 : Changed + bonus;
            else interest[i] = generated ? 1 : IsNearChange(lines, i) ? Near : Context;
            if (matches[i] > 0 && interest[i] >= Context) interest[i] = Math.Max(interest[i], Asked);
            files[i] = inHunk ? file : "";
        }

        return LineSelection.Select(lines, interest, budget, (first, last) => Phrase(lines, files, first, last));
    }

    private static int Bonus(string[] lines, int hunk)
    {
        int characters = 0;
        for (int i = hunk + 1; i < lines.Length && characters < SmallHunks[^1].Characters && lines[i].Length > 0 && lines[i][0] is ' ' or '+' or '-' or '\\'; i++)
        {
            if (lines[i][0] is not ' ') characters += lines[i].Length + 1;
        }

        foreach ((int limit, int bonus) in SmallHunks)
        {
            if (characters < limit) return bonus;
        }

        return 0;
    }

    private static bool IsFileLine(string line) =>
        line.StartsWith("diff -", StringComparison.Ordinal) || line.StartsWith("Index: ", StringComparison.Ordinal) || line.StartsWith("commit ", StringComparison.Ordinal)
        || line.StartsWith("rename ", StringComparison.Ordinal) || line.StartsWith("Only in ", StringComparison.Ordinal) || line.StartsWith("Binary files ", StringComparison.Ordinal);

    private static bool IsGenerated(string line) =>
        line.Contains("lock", StringComparison.OrdinalIgnoreCase) && (line.Contains("-lock.", StringComparison.OrdinalIgnoreCase) || line.Contains(".lock", StringComparison.OrdinalIgnoreCase) || line.Contains("lock.json", StringComparison.OrdinalIgnoreCase))
        || line.Contains(".min.", StringComparison.Ordinal) || line.Contains("/dist/", StringComparison.Ordinal) || line.Contains("/node_modules/", StringComparison.Ordinal) || line.Contains("go.sum", StringComparison.Ordinal)
        || line.Contains(".g.cs", StringComparison.Ordinal) || line.Contains(".Designer.cs", StringComparison.Ordinal) || line.Contains(".pb.go", StringComparison.Ordinal) || line.Contains("_pb2.py", StringComparison.Ordinal) || line.Contains(".snap", StringComparison.Ordinal);

    private static bool IsNearChange(string[] lines, int i) =>
        (i > 0 && lines[i - 1].Length > 0 && lines[i - 1][0] is '+' or '-') || (i + 1 < lines.Length && lines[i + 1].Length > 0 && lines[i + 1][0] is '+' or '-');

    private static string Phrase(string[] lines, string[] files, int first, int last)
    {
        var changed = new TopNames();
        for (int i = first; i <= last; i++)
        {
            if (lines[i].Length > 0 && lines[i][0] is '+' or '-') changed.Add(files[i]);
        }

        string names = changed.ToString();
        return names.Length == 0 ? files[first].Length == 0 ? "file header" : "context" : "changed lines in " + names;
    }
}
