using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Headroom.Internal.Lines;

namespace Headroom.Compressors.Code;

/// <summary>Leaves out the numbers before consecutive lines, but for the first and each tenth, from which a reader counts on. The lines themselves stay as they are.</summary>
internal static class NumberedLines
{
    /// <summary>Each how manieth number stays. Ten costs a third of a token a line; counting on by at most nine lines is safe for a reader.</summary>
    private const int Step = 10;

    /// <summary>Numbered lines that pay for the legend: each wins about three tokens.</summary>
    private const int MinLines = 12;

    /// <summary>Shortest run that the legend names: a range costs five tokens.</summary>
    private const int MinRun = 4;

    /// <summary>Most runs that the legend names; more would make it longer than what it explains.</summary>
    private const int MaxRuns = 64;

    private const string LegendStart = "[line numbers left out but for the first and each 10th: ";

    private readonly record struct Run(int FirstLine, int Count, int FirstNumber);

    /// <summary>The text without most of its numbers; <see langword="null"/> where too few lines are numbered.</summary>
    public static string? Encode(string text)
    {
        string[] lines = text.Split('\n');
        (LineNumbering numbering, List<Run> runs) = Find(lines);
        if (runs.Sum(r => r.Count) < MinLines || runs.Count > MaxRuns) return null;
        var output = new StringBuilder(LegendStart);
        output.AppendJoin(", ", runs.Select(r => string.Create(CultureInfo.InvariantCulture, $"{r.FirstNumber}-{r.FirstNumber + r.Count - 1}")));
        output.Append(CultureInfo.InvariantCulture, $"; written {numbering.Width} wide, then {numbering.MarkName}]");
        int next = 0;
        for (int i = 0; i < lines.Length; i++)
        {
            output.Append('\n');
            if (next < runs.Count && i >= runs[next].FirstLine)
            {
                int number = runs[next].FirstNumber + i - runs[next].FirstLine;
                if (i == runs[next].FirstLine || number % Step == 0) output.Append(numbering.Prefix(number, padded: false));
                output.Append(lines[i].AsSpan(numbering.PrefixLength(lines[i], number)));
                if (i == runs[next].FirstLine + runs[next].Count - 1) next++;
            }
            else
            {
                output.Append(lines[i]);
            }
        }

        string encoded = output.ToString();
        return TryDecode(encoded, out string? decoded) && decoded == text ? encoded : null;
    }

    /// <summary>Decodes what <see cref="Encode"/> wrote.</summary>
    public static bool TryDecode(string text, [NotNullWhen(true)] out string? original)
    {
        original = null;
        if (!text.StartsWith(LegendStart, StringComparison.Ordinal)) return false;
        string[] lines = text.Split('\n');
        if (!TryParse(lines[0], out LineNumbering numbering, out List<(int First, int Last)> ranges)) return false;
        var output = new StringBuilder();
        int range = 0, number = -1;
        for (int i = 1; i < lines.Length; i++)
        {
            if (i > 1) output.Append('\n');
            string line = lines[i];
            bool starts = number < 0 && range < ranges.Count && line.StartsWith(numbering.Prefix(ranges[range].First, padded: false), StringComparison.Ordinal);
            if (starts) number = ranges[range].First;
            if (number < 0)
            {
                output.Append(line);
                continue;
            }

            if (starts || number % Step == 0)
            {
                string shown = numbering.Prefix(number, padded: false);
                if (!line.StartsWith(shown, StringComparison.Ordinal)) return false;
                line = line[shown.Length..];
            }

            output.Append(numbering.Prefix(number, padded: true)).Append(line);
            if (number++ != ranges[range].Last) continue;
            number = -1;
            range++;
        }

        original = output.ToString();
        return number < 0 && range == ranges.Count;
    }

    /// <summary>The lines of a text, those that are numbered without their numbers.</summary>
    public static string[] Strip(string text)
    {
        string[] lines = text.Split('\n');
        (LineNumbering numbering, List<Run> runs) = Find(lines);
        foreach (Run run in runs)
        {
            for (int i = 0; i < run.Count; i++)
            {
                ref string line = ref lines[run.FirstLine + i];
                line = line[numbering.PrefixLength(line, run.FirstNumber + i)..];
            }
        }

        return lines;
    }

    private static bool TryParse(string legend, out LineNumbering numbering, out List<(int First, int Last)> ranges)
    {
        numbering = default;
        ranges = [];
        var scan = new LineScan(legend);
        if (!scan.Skip(LegendStart)) return false;
        do
        {
            if (!scan.Number(out int first) || !scan.Skip("-") || !scan.Number(out int last) || last < first) return false;
            ranges.Add((first, last));
        }
        while (scan.Skip(", "));
        if (!scan.Skip("; written ") || !scan.Number(out int width) || width > 20 || !scan.Skip(" wide, then ")) return false;
        if (!scan.Until("]", out ReadOnlySpan<char> name) || !scan.Rest.IsEmpty || LineNumbering.MarkOf(name.ToString()) is not { } mark) return false;
        numbering = new LineNumbering(width, mark);
        return true;
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
