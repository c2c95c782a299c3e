using Headroom.Internal.Lines;

namespace Headroom.Internal.Tables;

/// <summary>Finds runs of lines with the same number of delimited cells.</summary>
internal static class DelimitedFinder
{
    /// <summary>Lines that may deviate in a row (a quoted cell over several lines, a comment) before a table counts as ended.</summary>
    private const int MaxDeviating = 3;

    public static List<TableRegion> Find(LineList lines, char separator)
    {
        List<TableRegion> regions = [];
        for (int i = 0; i < lines.Count;)
        {
            int columns = Columns(lines[i], separator);
            int end = columns < 2 ? i + 1 : RunEnd(lines, i, separator, columns);
            if (end - i >= TableRegion.MinRows) regions.Add(Read(lines, i, end, new DelimitedLayout(separator, columns)));
            i = end;
        }

        return regions;
    }

    private static int RunEnd(LineList lines, int first, char separator, int columns)
    {
        int end = first + 1;
        for (int i = end; i < lines.Count && i - end <= MaxDeviating; i++)
        {
            if (Columns(lines[i], separator) == columns) end = i + 1;
        }

        return end;
    }

    private static TableRegion Read(LineList lines, int first, int end, DelimitedLayout layout)
    {
        bool endsWithReturn = lines[first].EndsWith("\r");
        List<TableRow> rows = [];
        for (int i = first; i < end; i++)
        {
            ReadOnlySpan<char> line = lines[i];
            bool fits = line.EndsWith("\r") == endsWithReturn;
            rows.Add(new TableRow(i, fits ? layout.Split(endsWithReturn ? line[..^1] : line) : null));
        }

        return new TableRegion(rows, end, layout, endsWithReturn);
    }

    /// <summary>Cells of a line; 0 for a line whose blanks say that it is aligned or indented instead.</summary>
    private static int Columns(ReadOnlySpan<char> line, char separator) =>
        separator != '\t' && line.Contains("   ", StringComparison.Ordinal) ? 0 : DelimitedLayout.CountFields(line, separator);
}
