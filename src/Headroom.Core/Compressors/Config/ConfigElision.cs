using Headroom.Internal.Lines;
using Headroom.Internal.Selection;
using Headroom.Internal.Tables;

namespace Headroom.Compressors.Config;

/// <summary>Chooses lines of a tree written with indentation: what is asked for and what is wrong, each with the lines it stands under, then the outline.</summary>
internal static class ConfigElision
{
    /// <summary>Lines above a line that name where it stands: deeper trees are shown from the nearest ones.</summary>
    private const int MaxAncestors = 12;

    /// <summary>Interest of a line whose value tells a block from those like it.</summary>
    private const int Differs = 62;

    /// <summary>Score from which a line answers the question, and one line in so many may do so.</summary>
    private const double MinAnswer = 0.75;

    private const int MaxAnswers = 12;

    /// <summary>From here on what a value counts is an interest of its own, not a gain.</summary>
    private const int StandsOut = 50;

    /// <summary>What a line may gain by new words: enough to stand before lines two levels up, not before what is asked for.</summary>
    private const int MaxNovelty = 24;

    public static ElidedCandidate? Select(CompressionRequest request, int budget)
    {
        var lines = new LineList(request.Text);
        var selection = new LineBudget(lines);
        int[] parents = Parents(lines, selection.Count, out int[] depths);
        Dictionary<string, int> seen = new(StringComparer.Ordinal);
        HashSet<string> words = new(StringComparer.Ordinal);
        int[] values = ConfigValues.Rate(lines, selection.Count);
        for (int i = 0; i < selection.Count; i++)
        {
            ReadOnlySpan<char> line = lines[i];
            if (line.IsWhiteSpace()) continue;
            string shape = LineShape.Of(line);
            int count = seen[shape] = seen.GetValueOrDefault(shape) + 1;
            int interest = 64 - 12 * Math.Min(depths[i], 4) - 3 * System.Numerics.BitOperations.Log2((uint)count); // the hundredth like line says little
            if (line.TrimStart().StartsWith("</") || line.Trim() is "}" or "]" or "},") interest = 2;
            int novelty = Math.Min(MaxNovelty, 6 * NewWords(line, words));
            interest = Math.Max(4, interest + Math.Max(novelty, values[i] < StandsOut ? values[i] : 0));
            if (values[i] == ConfigValues.NewValue) interest = Math.Max(interest, Differs - 3 * System.Numerics.BitOperations.Log2((uint)count)); // what tells blocks apart, however deep
            selection.Raise(i, interest);
            if (values[i] >= StandsOut) RaiseWithAncestors(i, values[i]);
            bool isElement = line.TrimStart().StartsWith("<");
            if (Problems.In(line)) RaiseWithAncestors(i, (isElement ? 90 : 84) - (isElement ? 1 : 4) * System.Numerics.BitOperations.Log2((uint)count));
        }

        selection.Raise(0, 80);
        double[] scores = new QuestionRanking(request.Question).Score(lines, selection.Count);
        bool tells = scores.Count(s => s >= MinAnswer) * MaxAnswers <= scores.Length;
        if (tells) selection.RaiseAsked(scores, top: 96, neighbours: 2);
        for (int i = 0; i < scores.Length; i++)
        {
            // Words that very many lines hold do not say which of them; what is new in those lines does.
            if (scores[i] > 0.3) RaiseWithAncestors(i, tells ? (int)(90 * scores[i]) : (int)(36 * scores[i]) + 2 * Math.Min(values[i], MaxNovelty));
        }

        return selection.Select("outline", budget, (first, last) => Phrase(lines, depths, first, last));

        void RaiseWithAncestors(int line, int interest)
        {
            selection.Raise(line, interest);
            for (int up = 0; up < MaxAncestors && parents[line] >= 0; up++) selection.Raise(line = parents[line], interest);
        }
    }

    /// <summary>Words of four letters or more that no line above holds: the first rule of its kind in a report, the first service that needs a secret.</summary>
    private static int NewWords(ReadOnlySpan<char> line, HashSet<string> known)
    {
        int count = 0;
        var lookup = known.GetAlternateLookup<ReadOnlySpan<char>>();
        for (int i = 0; i < line.Length;)
        {
            int start = i;
            while (i < line.Length && (char.IsLetter(line[i]) || line[i] == '_')) i++;
            if (i - start >= 4 && lookup.Add(line[start..i])) count++;
            if (i == start) i++;
        }

        return count;
    }

    /// <summary>For each line the line it is indented under, or -1, and how deep it stands.</summary>
    private static int[] Parents(LineList lines, int count, out int[] depths)
    {
        int[] parents = new int[count];
        depths = new int[count];
        Stack<(int Line, int Indent)> open = [];
        for (int i = 0; i < count; i++)
        {
            int indent = lines[i].IndexOfAnyExcept(' ', '\t');
            if (indent >= 0)
            {
                while (open.TryPeek(out (int Line, int Indent) top) && top.Indent >= indent) open.Pop();
            }

            parents[i] = open.TryPeek(out (int Line, int Indent) parent) ? parent.Line : -1;
            depths[i] = open.Count;
            if (indent >= 0) open.Push((i, indent));
        }

        return parents;
    }

    /// <summary>The names of the topmost lines of a gap.</summary>
    private static string Phrase(LineList lines, int[] depths, int first, int last)
    {
        int top = int.MaxValue;
        for (int i = first; i <= last; i++)
        {
            if (!lines[i].IsWhiteSpace()) top = Math.Min(top, depths[i]);
        }

        List<string> names = [];
        for (int i = first; i <= last; i++)
        {
            if (depths[i] == top && Name(lines[i]) is { Length: > 0 } name && (names.Count == 0 || names[^1] != name)) names.Add(name);
        }

        return GapWords.Names(names, 4);
    }

    private static string Name(ReadOnlySpan<char> line)
    {
        line = line.Trim();
        if (line.StartsWith("- ")) line = line[2..];
        if (line.StartsWith("</")) return "";
        int end = line.StartsWith("<") ? line[1..].IndexOfAny(" >/") + 1 : line.IndexOfAny(":={");
        line = (end > 0 ? line[..end] : line[..Math.Min(line.Length, 24)]).Trim("<\" ");
        return line.Length > 32 ? line[..32].ToString() : line.ToString();
    }
}
