using Headroom.Internal.Lines;
using Headroom.Internal.Selection;

namespace Headroom.Compressors.Config;

/// <summary>How much the values in lines of configuration and reports tell: the first line with each value of a key, and values unlike those of the same key elsewhere.</summary>
internal static class ConfigValues
{
    /// <summary>What a line gains with a value that its key has not had before, where keys have few values or names.</summary>
    public const int NewValue = 22;

    /// <summary>What a value that stands out counts less than in a table: a rare number in a file is often just a number.</summary>
    private const int Less = 12;

    /// <summary>A key has few values when each stands this often on average.</summary>
    private const int MinRepeats = 3;

    /// <summary>Longer values are texts, and few keys of a line are worth a look.</summary>
    private const int MaxValue = 120, MaxFields = 12;

    /// <summary>A gain below 50, or an interest of its own from there on, for each line.</summary>
    public static int[] Rate(LineList lines, int count)
    {
        var fields = new Dictionary<string, FieldStatistics>(StringComparer.Ordinal);
        for (int i = 0; i < count; i++)
        {
            foreach ((string key, string value) in Fields(lines[i]))
            {
                if (!fields.TryGetValue(key, out FieldStatistics? field)) fields.Add(key, field = new FieldStatistics());
                field.Add(0, value, Number(value));
            }
        }

        foreach (FieldStatistics field in fields.Values) field.Finish();
        int[] gains = new int[count];
        HashSet<(string, string)> seen = [];
        for (int i = 0; i < count; i++)
        {
            foreach ((string key, string value) in Fields(lines[i]))
            {
                FieldStatistics field = fields[key];
                int gain = field.StandsOut(0, value, Number(value)) - Less;
                bool isNew = seen.Add((key, value));
                if (isNew && double.IsNaN(Number(value)) && field.Count > 1 && (field.AreNames || field.Different * MinRepeats <= field.Count || field.Count < 12)) gain = Math.Max(gain, NewValue);
                gains[i] = Math.Max(gains[i], gain);
            }
        }

        return gains;
    }

    /// <summary>Keys and values of a line: <c>key: value</c>, <c>key = value</c>, or the attributes of an element.</summary>
    private static List<(string Key, string Value)> Fields(ReadOnlySpan<char> line)
    {
        List<(string, string)> fields = [];
        line = line.Trim();
        if (line.StartsWith("- ")) line = line[2..].TrimStart();
        if (line.StartsWith("<"))
        {
            int name = line[1..].IndexOfAny(" >/") + 1;
            if (name <= 1) return fields;
            string element = line[1..name].ToString();
            for (ReadOnlySpan<char> rest = line[name..]; fields.Count < MaxFields;)
            {
                int equals = rest.IndexOf("=\"", StringComparison.Ordinal);
                int end = equals < 0 ? -1 : rest[(equals + 2)..].IndexOf('"');
                if (end < 0) return fields;
                ReadOnlySpan<char> value = rest.Slice(equals + 2, end);
                if (value.Length is > 0 and <= MaxValue) fields.Add(($"{element} {rest[..equals].Trim()}", value.ToString()));
                rest = rest[(equals + end + 3)..];
            }

            return fields;
        }

        int colon = line.IndexOfAny(':', '=');
        if (colon <= 0 || line[..colon].Trim().Contains(' ')) return fields;
        ReadOnlySpan<char> text = line[(colon + 1)..].Trim(" \"',");
        if (text.Length is > 0 and <= MaxValue) fields.Add((line[..colon].Trim(" \"").ToString(), text.ToString()));
        return fields;
    }

    private static double Number(string value) =>
        double.TryParse(value, System.Globalization.NumberStyles.AllowDecimalPoint | System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out double number) ? number : double.NaN;
}
