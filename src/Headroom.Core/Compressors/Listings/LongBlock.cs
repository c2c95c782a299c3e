using System.Text;

namespace Headroom.Compressors.Listings;

/// <summary>Lays the rows of one directory out as <c>ls</c> does: every column as wide as its widest word.</summary>
internal static class LongBlock
{
    public static IEnumerable<string> Write(IReadOnlyList<LongRow> rows)
    {
        List<int> widths = [];
        foreach (LongRow row in rows)
        {
            for (int i = 0; i < row.Words.Length; i++)
            {
                if (i == widths.Count) widths.Add(0);
                widths[i] = Math.Max(widths[i], row.Words[i].Length);
            }
        }

        var line = new StringBuilder();
        foreach (LongRow row in rows)
        {
            line.Clear();
            for (int i = 0; i < row.Words.Length; i++)
            {
                bool left = i is 0 or 2 or 3; // mode, owner and group stand left, numbers and the words of the date right
                line.Append(left ? row.Words[i].PadRight(widths[i]) : row.Words[i].PadLeft(MinWidth(row, i, widths[i]))).Append(' ');
            }

            yield return line.Append(row.Name).ToString();
        }
    }

    /// <summary>Dates such as <c>May  9  2024</c> keep two places for the day and five for the year, however short all of them are.</summary>
    private static int MinWidth(LongRow row, int column, int width) =>
        row.Words.Length != LongRow.Day + 3 || row.Words[LongRow.Day].Length > 5 ? width : column switch
        {
            LongRow.Day or LongRow.Day + 1 => Math.Max(width, 2),
            LongRow.Day + 2 => Math.Max(width, 5),
            _ => width,
        };
}
