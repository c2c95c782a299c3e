namespace Headroom.Internal.Code;

/// <summary>Sees the code behind the numbers that <c>cat -n</c>, <c>nl</c> and editors' views put before consecutive lines.</summary>
/// <param name="Lines">The lines without their numbers.</param>
/// <param name="Numbers">The number of each line, or -1.</param>
/// <param name="Numbering">How the numbers were written; meaningless without any.</param>
internal sealed record NumberedCode(string[] Lines, int[] Numbers, LineNumbering Numbering)
{
    /// <summary>Shortest run of consecutive numbers that is taken for line numbers: three may be a list.</summary>
    private const int MinRun = 4;

    private readonly bool _isListing = Numbers.Count(n => n >= 0) * 2 > Lines.Length;

    /// <summary>Whether a line stands around a listing, and is no part of the code: what a tool says before and behind.</summary>
    public bool IsAround(int line) => _isListing && Numbers[line] < 0;

    private readonly record struct Run(int FirstLine, int Count, int FirstNumber);

    /// <summary>Reads a text: what <c>git blame</c> puts before lines is cut off too.</summary>
    public static NumberedCode Read(string text)
    {
        string[] lines = text.Split('\n');
        int[] numbers = new int[lines.Length];
        Array.Fill(numbers, -1);
        if (BlamePrefix.TryStrip(lines)) return new NumberedCode(lines, numbers, default);
        (LineNumbering numbering, List<Run> runs) = Find(lines);
        foreach (Run run in runs)
        {
            for (int i = 0; i < run.Count; i++)
            {
                ref string line = ref lines[run.FirstLine + i];
                numbers[run.FirstLine + i] = run.FirstNumber + i;
                line = line[numbering.PrefixLength(line, run.FirstNumber + i)..];
            }
        }

        return new NumberedCode(lines, numbers, numbering);
    }

    /// <summary>Whether some line has text right after its mark: otherwise the blank at the mark's end is indentation, and a part of the line.</summary>
    private static bool AnyBeginsAtOnce(string[] lines, int first, int count, LineNumbering numbering, int number)
    {
        for (int i = 0; i < count; i++)
        {
            int length = numbering.PrefixLength(lines[first + i], number + i);
            if (lines[first + i].Length > length && lines[first + i][length] != ' ') return true;
        }

        return false;
    }

    /// <summary>The numbering that covers most lines, and its runs.</summary>
    private static (LineNumbering Numbering, List<Run> Runs) Find(string[] lines)
    {
        Dictionary<LineNumbering, List<Run>> found = [];
        for (int i = 0; i < lines.Length;)
        {
            (LineNumbering Numbering, Run Run)? best = null;
            int indented = 1;
            foreach ((LineNumbering numbering, int number) in LineNumbering.Of(lines[i]))
            {
                int count = 1;
                while (i + count < lines.Length && numbering.PrefixLength(lines[i + count], number + count) > 0) count++;
                if (numbering.Mark[^1] == ' ' && !AnyBeginsAtOnce(lines, i, count, numbering, number))
                {
                    indented = Math.Max(indented, count);
                    continue;
                }

                if (count >= MinRun && (best is null || count > best.Value.Run.Count)) best = (numbering, new Run(i, count, number));
            }

            if (best is { } run)
            {
                if (!found.TryGetValue(run.Numbering, out List<Run>? runs)) found.Add(run.Numbering, runs = []);
                runs.Add(run.Run);
            }

            i += best?.Run.Count ?? indented;
        }

        (LineNumbering Numbering, List<Run> Runs) most = (default, []);
        foreach ((LineNumbering numbering, List<Run> runs) in found.OrderBy(f => f.Value[0].FirstLine))
        {
            if (runs.Sum(r => r.Count) > most.Runs.Sum(r => r.Count)) most = (numbering, runs);
        }

        return most;
    }
}
