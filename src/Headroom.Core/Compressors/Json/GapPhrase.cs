using System.Buffers;
using System.Globalization;
using System.Text;
using Headroom.Internal.Json;

namespace Headroom.Compressors.Json;

/// <summary>Says in a few words what was left out: the keys of members; values that rows share, and ranges of their numbers.</summary>
internal sealed class GapPhrase(Outline outline)
{
    /// <summary>Keys named, and their characters.</summary>
    private const int MaxKeys = 4, MaxKeyLength = 20;

    /// <summary>Characters of a phrase: about thirty tokens, less than one row of most tables.</summary>
    private const int MaxLength = 110;

    /// <summary>Values named for one column.</summary>
    private const int MaxValues = 4;

    /// <summary>Rows of a container below which a table of them tells nothing.</summary>
    private const int MinRows = 6;

    /// <summary>Characters of a value that is named.</summary>
    private const int MaxValueLength = 32;

    private static readonly SearchValues<char> Brackets = SearchValues.Create("[]{}\"\\");

    /// <summary>How a container's rows are laid out; made once for all gaps in it.</summary>
    private readonly Dictionary<int, TablePlan?> _tables = [];

    private readonly JsonTape _tape = outline.Tape;

    public string For(PrunedGap gap)
    {
        if (!_tables.TryGetValue(gap.Container, out TablePlan? table))
            _tables.Add(gap.Container, table = _tape.Size(gap.Container) < MinRows ? null : TablePlan.TryCreate(_tape, gap.Container, areAllShown: false));
        if (table is not null && gap.Count > 1 && Shared(_tape, table, gap.First, gap.Last) is { Length: > 0 } shared) return shared;
        return _tape.Kind(gap.Container) == JsonKind.Object ? Keys(gap) : Beginning(gap);
    }

    /// <summary>The first keys of members, or of the entries of a map.</summary>
    private string Keys(PrunedGap gap)
    {
        List<string> keys = [];
        int child = gap.FirstNode;
        for (int i = 0; i < Math.Min(gap.Count, MaxKeys); i++, child = outline.NextChild(gap.Container, child))
        {
            string key = _tape.Value(outline.KeyOf(child)).ToString();
            keys.Add(key.Length > MaxKeyLength ? key[..MaxKeyLength] + ".." : key);
        }

        return string.Join(", ", keys) + (gap.Count > MaxKeys ? string.Create(CultureInfo.InvariantCulture, $" and {gap.Count - MaxKeys} more") : "");
    }

    /// <summary>The first short text in the first row.</summary>
    private string Beginning(PrunedGap gap)
    {
        int end = _tape.Next(gap.FirstNode);
        for (int node = gap.FirstNode; node < end; node++)
        {
            if (outline.Parents[node] != Outline.Key && _tape.Kind(node) == JsonKind.String && IsNameable(_tape.Raw(node))) return $"from {_tape.Raw(node)}";
        }

        return "";
    }

    private static string Shared(JsonTape tape, TablePlan table, int first, int last)
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
