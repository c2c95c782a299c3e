using System.Globalization;
using Headroom.Internal.Code;
using Headroom.Internal.Lines;

namespace Headroom.Compressors.Search;

/// <summary>Lines of one file with their numbers, as <c>grep -n</c>, <c>cat -n</c> and editors print them: padding goes, and the sign after the number becomes one blank where it is not a tab.</summary>
/// <remarks>
/// The text after the number is verbatim. Lines without a number stand as they are; behind <c>| </c> where they would look numbered.
/// Every number stays: agents go back to lines by number.
/// </remarks>
internal static class NumberedLines
{
    private const string HeaderStart = LineNumbering.LegendStart + "%";
    private const string Wide = "d";
    private const string CarriageReturns = "; CRLF";
    private const string End = "%s\"";
    private const string Escape = "| ";

    /// <summary>More digits than any line number has; longer runs are data.</summary>
    private const int MaxDigits = 8;

    /// <summary>What stands between number and text, and how the header spells it.</summary>
    private static readonly (string Mark, string Name)[] Styles = [("\t", "\\t"), ("→", "→"), (":", ":"), ("-", "-"), ("|", "|"), (" |", " |")];

    public static string? Encode(LineText source)
    {
        if (Style(source.Lines) is not { } style) return null;
        string flags = source.CarriageReturns ? CarriageReturns : "";
        List<string> text = [string.Create(CultureInfo.InvariantCulture, $"{HeaderStart}{(style.Width > 0 ? style.Width : "")}{Wide}{style.Name}{End}{flags}]")];
        foreach (string line in source.Lines)
        {
            if (TryRead(line, style.Mark, out int width, out Range digits) && (style.Width == 0 ? digits.Start.Value == 0 : width == Math.Max(style.Width, digits.End.Value - digits.Start.Value)))
                text.Add($"{line[digits]}{Between(style.Mark)}{line[(digits.End.Value + style.Mark.Length)..]}");
            else
                text.Add(NeedsEscape(line, Between(style.Mark)) ? Escape + line : line);
        }

        return (source with { CarriageReturns = false }).Join(text);
    }

    public static string? Decode(string text)
    {
        if (!LineText.TryReadEncoded(text, HeaderStart, CarriageReturns, out LineText? encoded, out string header, out bool carriageReturns)) return null;
        int split = header.IndexOf(Wide, StringComparison.Ordinal);
        int width = 0;
        if (split < 0 || !header.EndsWith(End, StringComparison.Ordinal) || (split > 0 && !int.TryParse(header.AsSpan(0, split), NumberStyles.None, CultureInfo.InvariantCulture, out width)) || width > MaxDigits * 4) return null;
        string name = header[(split + Wide.Length)..^End.Length];
        int style = Array.FindIndex(Styles, s => s.Name == name);
        if (style < 0) return null;

        var lines = new List<string>(encoded.Lines.Count);
        foreach (string line in encoded.Lines.Skip(1))
        {
            int digits = Digits(line, 0);
            if (line.StartsWith(Escape, StringComparison.Ordinal)) lines.Add(line[Escape.Length..]);
            else if (digits > 0 && digits < line.Length && line[digits] == Between(Styles[style].Mark)) lines.Add(line[..digits].PadLeft(width) + Styles[style].Mark + line[(digits + 1)..]);
            else lines.Add(line);
        }

        return (encoded with { CarriageReturns = carriageReturns }).Join(lines);
    }

    /// <summary>Whether a line starts with a number as these tools print it. A clock time does not count.</summary>
    public static bool IsNumbered(ReadOnlySpan<char> line)
    {
        int start = line.IndexOfAnyExcept(' ');
        if (start < 0) return false;
        int end = start;
        while (end < line.Length && char.IsAsciiDigit(line[end])) end++;
        if (end == start || end == line.Length || end - start > MaxDigits) return false;
        if (line[end] == '\t') return start > 0; // cat and nl pad; without padding it is a table
        return line[end] is '→' or ':' or '|' && (end + 1 == line.Length || !char.IsAsciiDigit(line[end + 1]));
    }

    /// <summary>The mark and width that most lines have.</summary>
    private static (string Mark, string Name, int Width)? Style(IReadOnlyList<string> lines)
    {
        var counts = new int[Styles.Length];
        var widths = new int[Styles.Length];
        foreach (string line in lines)
        {
            for (int i = 0; i < Styles.Length; i++)
            {
                if (!TryRead(line, Styles[i].Mark, out int width, out Range digits)) continue;
                counts[i]++;
                if (digits.Start.Value > 0) widths[i] = Math.Max(widths[i], width);
                break;
            }
        }

        int best = Array.IndexOf(counts, counts.Max());
        return counts[best] > 1 && widths[best] <= MaxDigits * 4 ? (Styles[best].Mark, Styles[best].Name, widths[best]) : null;
    }

    private static bool TryRead(string line, string mark, out int width, out Range digits)
    {
        int start = 0;
        while (start < line.Length && line[start] == ' ') start++;
        width = start + Digits(line, start);
        digits = start..width;
        return width > start && width - start <= MaxDigits && line.AsSpan(width).StartsWith(mark, StringComparison.Ordinal);
    }

    private static bool NeedsEscape(string line, char between)
    {
        int digits = Digits(line, 0);
        return line.StartsWith(Escape, StringComparison.Ordinal) || (digits > 0 && digits < line.Length && line[digits] == between);
    }

    /// <summary>A tab stays: agents quote lines of <c>cat -n</c> number and all, and it takes about as many tokens as a blank.</summary>
    private static char Between(string mark) => mark == "\t" ? '\t' : ' ';

    private static int Digits(string line, int from)
    {
        int end = from;
        while (end < line.Length && char.IsAsciiDigit(line[end])) end++;
        return end - from;
    }
}
