using System.Buffers;
using System.Globalization;
using System.Text;
using Headroom.Internal.Json;

namespace Headroom.Compressors.Json;

/// <summary>Says in a few words what is in the rows that were left out: values they share, ranges of their numbers.</summary>
internal static class GapPhrase
{
    /// <summary>Characters of a phrase: about thirty tokens, less than one row of most tables.</summary>
    private const int MaxLength = 110;

    /// <summary>Values named for one column.</summary>
    private const int MaxValues = 4;

    /// <summary>Characters of a value that is named.</summary>
    private const int MaxValueLength = 32;

    private static readonly SearchValues<char> Brackets = SearchValues.Create("[]{}\"\\");

    /// <summary>The phrase for the rows from <paramref name="first"/> to <paramref name="last"/>.</summary>
    public static string For(JsonTape tape, TablePlan table, int first, int last)
    {
        var phrase = new StringBuilder();
        foreach (Column column in table.Columns)
        {
            if (column.Constant >= 0 || (column.Template is { HasHole: false })) continue;
            string? part = Describe(tape, column, table.IsOdd, first, last);
            if (part is null || phrase.Length + part.Length > MaxLength) continue;
            if (phrase.Length > 0) phrase.Append(", ");
            phrase.Append(part);
        }

        return phrase.ToString();
    }

    private static string? Describe(JsonTape tape, Column column, bool[] isOdd, int first, int last)
    {
        HashSet<string> values = new(StringComparer.Ordinal);
        HashSet<string>.AlternateLookup<ReadOnlySpan<char>> lookup = values.GetAlternateLookup<ReadOnlySpan<char>>();
        List<string> order = [];
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        string lowText = "", highText = "";
        bool areNumbers = true;
        for (int row = first; row <= last; row++)
        {
            if (isOdd[row]) continue;
            int value = column.Values[row];
            if (value < 0) return null;
            ReadOnlySpan<char> raw = tape.Raw(value);
            areNumbers = areNumbers && tape.Kind(value) == JsonKind.Number;
            if (areNumbers && double.TryParse(raw, NumberStyles.Float, CultureInfo.InvariantCulture, out double number))
            {
                if (number < low) (low, lowText) = (number, raw.ToString());
                if (number > high) (high, highText) = (number, raw.ToString());
            }

            if (order.Count > MaxValues || lookup.Contains(raw))
            {
                if (!areNumbers && order.Count > MaxValues) return null;
                continue;
            }

            if (!IsNameable(raw)) return null;
            values.Add(raw.ToString());
            order.Add(raw.ToString());
        }

        if (order.Count is > 0 and <= MaxValues) return column.Path + "=" + string.Join('/', order);
        return areNumbers && order.Count > 0 && lowText.Length + highText.Length < MaxValueLength ? $"{column.Path} {lowText} to {highText}" : null;
    }

    private static bool IsNameable(ReadOnlySpan<char> raw) =>
        raw.Length is > 0 and <= MaxValueLength && !raw.ContainsAny(Brackets) && !raw.ContainsAnyExceptInRange(' ', '~');
}
