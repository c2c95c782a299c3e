using System.Globalization;

namespace Headroom.Internal.Code;

/// <summary>How a tool writes the number before each line: how wide, and what stands between it and the line.</summary>
/// <param name="Width">Width the number is padded to with blanks on its left, or 0.</param>
/// <param name="Mark">What follows the number.</param>
internal readonly record struct LineNumbering(int Width, string Mark)
{
    /// <summary>Begins the legend over lines whose numbers were written short; how they were written follows.</summary>
    public const string LegendStart = "[numbered lines; were \"";

    /// <summary>Marks of the tools agents use: <c>cat -n</c> and <c>nl</c>, editors' views, <c>grep -n</c>.</summary>
    private static readonly string[] Marks = ["\t", "\u2192", ": ", ":", " | ", "| ", "|"];

    /// <summary>Widest padding that is recognised; tools use 4 to 8.</summary>
    private const int MaxWidth = 12;

    /// <summary>The ways in which <paramref name="line"/> may be numbered, with its number.</summary>
    public static IEnumerable<(LineNumbering Numbering, int Number)> Of(string line)
    {
        int start = 0;
        while (start < line.Length && line[start] == ' ') start++;
        int end = start;
        while (end < line.Length && char.IsAsciiDigit(line[end])) end++;
        if (end == start || end - start > 8 || end > MaxWidth || (line[start] == '0' && end - start > 1)) yield break;
        int number = int.Parse(line.AsSpan(start, end - start), NumberStyles.None, CultureInfo.InvariantCulture);
        foreach (string mark in Marks)
        {
            if (line.AsSpan(end).StartsWith(mark, StringComparison.Ordinal)) yield return (new LineNumbering(start > 0 ? end : 0, mark), number);
        }
    }

    /// <summary>Length of the number and mark at the start of <paramref name="line"/>, if it is numbered <paramref name="number"/> in this way; else 0.</summary>
    public int PrefixLength(ReadOnlySpan<char> line, int number)
    {
        Span<char> prefix = stackalloc char[32];
        int length = Write(prefix, number, Width);
        return line.StartsWith(prefix[..length], StringComparison.Ordinal) ? length : 0;
    }

    /// <summary>The numbering as <c>printf</c> would be told it: <c>%6d→</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"%{(Width > 0 ? Width : "")}d{Mark.Replace("\t", "\\t", StringComparison.Ordinal)}");

    private int Write(Span<char> prefix, int number, int width)
    {
        Span<char> digits = stackalloc char[11];
        number.TryFormat(digits, out int count, default, CultureInfo.InvariantCulture);
        int blanks = Math.Max(0, width - count);
        prefix[..blanks].Fill(' ');
        digits[..count].CopyTo(prefix[blanks..]);
        Mark.CopyTo(prefix[(blanks + count)..]);
        return blanks + count + Mark.Length;
    }
}
