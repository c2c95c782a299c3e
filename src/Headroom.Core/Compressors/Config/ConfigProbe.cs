namespace Headroom.Compressors.Config;

/// <summary>Tells how many lines of a text are keys with values, list items or markup.</summary>
internal static class ConfigProbe
{
    /// <summary>Lines of a sample that are looked at.</summary>
    private const int MaxLines = 80;

    /// <summary>Longer lines are sentences after a word and a colon, in characters.</summary>
    private const int MaxKeyedLine = 200;

    public static double Of(ReadOnlySpan<char> sample)
    {
        ReadOnlySpan<char> start = sample.TrimStart("\ufeff \t\r\n");
        if (start.StartsWith("<?xml ") || (start.StartsWith("<") && ReportShape.IsReport(sample))) return 0.9;
        int lines = 0, keyed = 0, lists = 0;
        foreach (ReadOnlySpan<char> raw in sample.EnumerateLines())
        {
            ReadOnlySpan<char> line = raw.Trim();
            if (line.IsEmpty) continue;
            if (++lines > MaxLines) break;
            if (line.StartsWith("- ") || line.StartsWith("# ")) lists++;
            if (IsKeyed(line)) keyed++;
        }

        if (lines < 4 || lists * 3 > keyed * 2) return 0; // mostly list items and headings: Markdown
        double share = (double)keyed / lines;
        return share > 0.8 ? 0.6 : share > 0.5 ? 0.4 : share > 0.3 ? 0.22 : 0;
    }

    private static bool IsKeyed(ReadOnlySpan<char> line)
    {
        if (line.Length > MaxKeyedLine) return false;
        if (line.StartsWith("- ") || line.StartsWith("# ") || line[0] == '<' || (line[0] == '[' && line[^1] == ']')) return true;
        if (line.StartsWith("//") || line[^1] is ';') return false;
        if (!char.IsLetterOrDigit(line[0]) && line[0] is not ('"' or '_' or '.' or '$')) return false;
        int end = line.IndexOfAny(':', '=');
        if (end <= 0 || line[..end].Count(' ') > 3) return false;
        return end == line.Length - 1 || line[end + 1] == ' ' || (line[end] == '=' && line[..end].IndexOf(' ') < 0);
    }
}
