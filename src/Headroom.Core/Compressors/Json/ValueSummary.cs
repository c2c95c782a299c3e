using System.Globalization;
using System.Text;
using Headroom.Internal.Json;

namespace Headroom.Compressors.Json;

/// <summary>Says column by column what rows hold that were left out: values with how often, from where to where numbers go, and names.</summary>
internal sealed class ValueSummary(Outline outline, bool[] kept)
{
    /// <summary>Rows below which gaps say enough themselves.</summary>
    private const int MinRows = 12;

    /// <summary>Different values of a column that are listed with their counts.</summary>
    private const int MaxKinds = 12;

    /// <summary>Columns of values or numbers, and of names, that are summed up: the first ones tell most.</summary>
    private const int MaxLines = 8, MaxLists = 2;

    /// <summary>Characters of a value that is listed: longer ones are texts.</summary>
    private const int MaxValue = 40;

    private readonly JsonTape _tape = outline.Tape;

    /// <summary>Lines about the rows of a collection that are left out; empty where there is nothing to say.</summary>
    /// <param name="container">The collection.</param>
    /// <param name="budget">Characters.</param>
    public string Of(int container, int budget)
    {
        List<int> rows = [];
        int index = 0, end = _tape.Next(container);
        for (int child = outline.FirstChild(container); child < end; child = outline.NextChild(container, child), index++)
            if (!kept[child]) rows.Add(index);
        if (rows.Count < MinRows || TablePlan.TryCreate(_tape, container, areAllShown: false) is not { } table) return "";
        List<string> kinds = [];
        List<(Column Column, string Names)> names = [];
        foreach (Column column in table.Columns)
        {
            if (column.Constant >= 0 || column.Template is { HasHole: false }) continue;
            if (Kinds(column, table.IsOdd, rows) is { } values) kinds.Add($"{column.Path}: {values}");
            else if (Names(column, table.IsOdd, rows) is { } list) names.Add((column, list));
        }

        var summary = new StringBuilder();
        foreach (string line in kinds.Take(MaxLines).Concat(names.OrderBy(n => n.Names.Length).Take(MaxLists).Select(n => $"{n.Column.Path}: {n.Names}")))
        {
            if (summary.Length + line.Length + 2 > budget) continue;
            summary.Append(summary.Length == 0 ? string.Create(CultureInfo.InvariantCulture, $"the {rows.Count} rows left out have\n") : "").Append("- ").Append(line).Append('\n');
        }

        return summary.ToString();
    }

    /// <summary>The values of a column with how often each occurs, or the range and mean of its numbers; <see langword="null"/> where they are too many or no numbers.</summary>
    private string? Kinds(Column column, bool[] isOdd, List<int> rows)
    {
        Dictionary<string, int> counts = new(StringComparer.Ordinal);
        var lookup = counts.GetAlternateLookup<ReadOnlySpan<char>>();
        double sum = 0, least = double.PositiveInfinity, greatest = double.NegativeInfinity;
        string low = "", high = "";
        int numbers = 0, present = 0;
        foreach (int row in rows)
        {
            int value = column.Values[row];
            if (isOdd[row] || value < 0) continue;
            if (_tape.IsContainer(value)) return null;
            present++;
            ReadOnlySpan<char> raw = _tape.Raw(value);
            if (counts.Count <= MaxKinds) lookup[raw] = lookup.TryGetValue(raw, out int count) ? count + 1 : 1;
            if (!PathStatistics.TryNumber(_tape, value, out double number)) continue;
            numbers++;
            sum += number;
            if (number < least) (least, low) = (number, raw.ToString());
            if (number > greatest) (greatest, high) = (number, raw.ToString());
        }

        if (present == 0 || (counts.Count == 1 && counts.ContainsKey("null"))) return null;
        if (counts.Count <= MaxKinds && counts.Count * 3 <= present && counts.Keys.All(IsListable))
            return string.Join(", ", counts.OrderByDescending(c => c.Value).ThenBy(c => c.Key, StringComparer.Ordinal).Select(c => string.Create(CultureInfo.InvariantCulture, $"{(c.Key.Length == 0 ? "\"\"" : c.Key)} x{c.Value}")));
        return numbers * 10 >= present * 9 && numbers > 0 ? string.Create(CultureInfo.InvariantCulture, $"{low} to {high}, mean {Math.Round(sum / numbers, 3)}") : null;
    }

    /// <summary>All values of a column of short texts, for what is named can be asked for; <see langword="null"/> where they are long.</summary>
    private string? Names(Column column, bool[] isOdd, List<int> rows)
    {
        var list = new StringBuilder();
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (int row in rows)
        {
            int value = column.Values[row];
            if (isOdd[row] || value < 0 || _tape.Kind(value) == JsonKind.Null) continue;
            string text = _tape.Raw(value).ToString();
            if (_tape.Kind(value) != JsonKind.String || !IsListable(text)) return null;
            if (seen.Add(text)) list.Append(list.Length > 0 ? ", " : "").Append(text);
        }

        return list.Length > 0 ? list.ToString() : null;
    }

    private static bool IsListable(string value) => value.Length <= MaxValue && value.AsSpan().IndexOfAny('\\', ',') < 0;
}
