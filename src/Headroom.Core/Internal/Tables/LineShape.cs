using System.Text;

namespace Headroom.Internal.Tables;

/// <summary>Cuts a line of a configuration or a report into what its neighbours are likely to share and places for what differs.</summary>
internal static class LineShape
{
    /// <summary>Stands for a place in a shape.</summary>
    public const char Place = '\u0001';

    /// <summary>The line with each place replaced by <see cref="Place"/>; a line that holds that character is its own shape.</summary>
    public static string Of(ReadOnlySpan<char> line)
    {
        if (line.Contains(Place)) return line.ToString();
        ReadOnlySpan<char> end = line.EndsWith("\r") ? "\r" : "";
        line = line[..^end.Length];
        int indent = line.IndexOfAnyExcept(' ', '\t');
        if (indent < 0) return string.Concat(line, end);
        var shape = new StringBuilder().Append(line[..indent]);
        ReadOnlySpan<char> rest = line[indent..];
        if (rest.StartsWith("- ", StringComparison.Ordinal))
        {
            shape.Append("- ");
            rest = rest[2..];
        }

        if (rest.StartsWith('<')) AppendMarkup(shape, rest);
        else if (rest.EndsWith(":") && !rest.Contains(' ')) shape.Append(Place).Append(':');
        else if (KeyEnd(rest) is > 0 and var key) shape.Append(rest[..key]).Append(Place);
        else shape.Append(Place);
        return shape.Append(end).ToString();
    }

    /// <summary>Where the value of a <c>key: value</c> or <c>key = value</c> line begins; -1 in other lines.</summary>
    private static int KeyEnd(ReadOnlySpan<char> line)
    {
        int end = line.IndexOfAny(':', '=', '"');
        if (end <= 0 || line[end] == '"') return -1;
        ReadOnlySpan<char> key = line[..end].TrimEnd(' ');
        if (key.IsEmpty || key.Count(' ') > 3 || (line[end] == ':' && end + 1 < line.Length && line[end + 1] != ' ')) return -1;
        end++;
        while (end < line.Length && line[end] == ' ') end++;
        return end < line.Length ? end : -1;
    }

    private static void AppendMarkup(StringBuilder shape, ReadOnlySpan<char> line)
    {
        while (!line.IsEmpty)
        {
            int quote = line.IndexOfAny('"', '\'', '>');
            if (quote < 0)
            {
                shape.Append(line);
                return;
            }

            char mark = line[quote];
            shape.Append(line[..(quote + 1)]);
            line = line[(quote + 1)..];
            int close = mark == '>' ? line.IndexOf('<') : line.IndexOf(mark);
            if (close < 0 && mark == '>') close = line.Length;
            if (close < 0)
            {
                shape.Append(line);
                return;
            }

            if (mark != '>' || close > 0) shape.Append(Place);
            line = line[close..];
            if (mark == '>' || line.IsEmpty) continue;
            shape.Append(mark);
            line = line[1..];
        }
    }
}
