using System.Globalization;
using System.Text;
using Headroom.Internal.Lines;

namespace Headroom.Internal.Tables;

/// <summary>Cells between upright bars, padded with blanks: Markdown, <c>psql</c> and boxes drawn with <c>|</c>.</summary>
/// <param name="widths">For each column the width its cells are padded to; empty where that is the widest cell, or where they are not padded.</param>
/// <param name="right">Which columns are aligned to the right.</param>
/// <param name="padding">How cells are padded.</param>
/// <param name="outer">Whether bars stand at both ends too.</param>
internal sealed class BarLayout(int[] widths, bool[] right, BarPadding padding, bool outer) : TableLayout
{
    private const int MaxWidth = 4_096;

    public override int Columns => right.Length;

    public override char Separator => '|';

    public override string Describe()
    {
        var text = new StringBuilder("bars");
        if (padding == BarPadding.None) text.Append(CultureInfo.InvariantCulture, $" {right.Length} unpadded");
        for (int i = 0; padding != BarPadding.None && i < right.Length; i++)
        {
            text.Append(right[i] ? " R" : " L");
            if (padding == BarPadding.Fixed) text.Append(CultureInfo.InvariantCulture, $"{widths[i]}");
        }

        return text.Append(outer ? " boxed" : "").ToString();
    }

    /// <summary>Reads what <see cref="Describe"/> wrote.</summary>
    public static BarLayout? Parse(ReadOnlySpan<char> description)
    {
        var scan = new LineScan(description);
        if (!scan.Skip("bars ")) return null;
        List<int> widths = [];
        List<bool> right = [];
        if (scan.Number(out int columns))
        {
            if (columns is 0 or > MaxWidth || !scan.Skip(" unpadded")) return null;
            bool unpaddedBoxed = scan.Skip(" boxed");
            return scan.Rest.IsEmpty ? new BarLayout([], new bool[columns], BarPadding.None, unpaddedBoxed) : null;
        }

        do
        {
            bool isRight = scan.Skip("R");
            if (!isRight && !scan.Skip("L")) break;
            right.Add(isRight);
            if (scan.Number(out int width)) widths.Add(Math.Min(width, MaxWidth));
        }
        while (scan.Skip(" ") && !scan.Rest.StartsWith("boxed"));
        bool boxed = scan.Skip(" boxed") || scan.Skip("boxed");
        bool consistent = right.Count > 0 && (widths.Count == 0 || widths.Count == right.Count);
        return scan.Rest.IsEmpty && consistent ? new BarLayout([.. widths], [.. right], widths.Count > 0 ? BarPadding.Fixed : BarPadding.Widest, boxed) : null;
    }

    public override TableLayout Measured(IEnumerable<string[]> rows)
    {
        if (padding != BarPadding.Widest) return this;
        int[] measured = new int[right.Length];
        foreach (string[] row in rows)
        {
            for (int i = 0; i < measured.Length; i++) measured[i] = Math.Max(measured[i], row[i].Length);
        }

        return new BarLayout(measured, right, BarPadding.Fixed, outer);
    }

    /// <summary>The same layout without spelled-out widths, where they follow from the widest cells.</summary>
    public BarLayout ByWidest(IReadOnlyList<string[]> rows)
    {
        var layout = new BarLayout([], right, BarPadding.Widest, outer);
        return padding == BarPadding.Fixed && ((BarLayout)layout.Measured(rows)).HasWidths(widths) ? layout : this;
    }

    private bool HasWidths(int[] others) => widths.AsSpan().SequenceEqual(others);

    public override string[]? Split(ReadOnlySpan<char> line)
    {
        if (Fields(line, outer) is not { } fields || fields.Count != right.Length) return null;
        string[] cells = [.. fields.Select(f => f.Trim(' '))];
        var again = new StringBuilder(line.Length);
        return Join(cells, again) && again.Equals(line) ? cells : null;
    }

    public override bool Join(IReadOnlyList<string> cells, StringBuilder line)
    {
        line.Append(outer ? "|" : "");
        for (int i = 0; i < cells.Count; i++)
        {
            if (i > 0) line.Append('|');
            int blanks = padding == BarPadding.None ? 0 : widths[i] - cells[i].Length;
            if (blanks < 0) return false;
            line.Append(' ');
            if (right[i]) line.Append(' ', blanks).Append(cells[i]);
            else line.Append(cells[i]).Append(' ', blanks);
            if (i < cells.Count - 1 || outer || padding == BarPadding.None) line.Append(' ');
            else while (!right[i] && line.Length > 0 && line[^1] == ' ') line.Length--; // psql leaves the last column's end open
        }

        line.Append(outer ? "|" : "");
        return true;
    }

    /// <summary>The text between the bars of a line; <see langword="null"/> where the ends are not as <paramref name="outer"/> says.</summary>
    public static List<string>? Fields(ReadOnlySpan<char> line, bool outer)
    {
        if (outer)
        {
            if (line.Length < 2 || line[0] != '|' || line[^1] != '|') return null;
            line = line[1..^1];
        }

        List<string> fields = [];
        foreach (Range field in line.Split('|')) fields.Add(line[field].ToString());
        return fields;
    }
}

/// <summary>How wide the cells between bars are.</summary>
internal enum BarPadding
{
    /// <summary>One blank on each side, whatever the neighbours.</summary>
    None,

    /// <summary>As wide as the widest cell of the column.</summary>
    Widest,

    /// <summary>As wide as the layout says.</summary>
    Fixed,
}
