using System.Globalization;
using System.Text;

namespace Headroom.Compressors.Logs;

/// <summary>Says in a few words what a gap holds: its most frequent statements and the time it spans.</summary>
internal sealed class GapPhrases(LogLines lines, LineClusters clusters)
{
    /// <summary>A gap line is read many times for each time it is followed: with the times it should stay under a hundred characters.</summary>
    private const int MaxPattern = 56;
    private const int MaxTwoPatterns = 72;

    private readonly RecordShape?[] _shapes = Shapes(lines, clusters);

    /// <summary>The phrase for some lines, from 0, inclusive.</summary>
    public string Of(int first, int last)
    {
        var counts = new Dictionary<int, int>();
        int filled = 0;
        for (int i = first; i <= last; i++)
        {
            if (lines.End(i) > lines.Start(i)) filled++;
            int cluster = clusters.OfLine[i];
            if (cluster >= 0) System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(counts, cluster, out _)++;
        }

        if (filled == 0) return "blank";
        List<(int Count, int Cluster)> top = [.. counts.Select(c => (c.Value, c.Key)).OrderByDescending(c => c.Value).ThenBy(c => c.Key).Take(2)];
        var phrase = new StringBuilder();
        if (top.Count > 0 && top[0].Count > 1)
        {
            bool all = top[0].Count == filled;
            phrase.Append(all ? "all \"" : "mostly \"").Append(Pattern(top[0].Cluster)).Append('"');
            if (!all) phrase.Append(CultureInfo.InvariantCulture, $" ({top[0].Count:N0})");
            if (top.Count > 1 && top[1].Count * 4 >= top[0].Count && top[1].Count > 1 && phrase.Length + Pattern(top[1].Cluster).Length <= MaxTwoPatterns)
                phrase.Append(CultureInfo.InvariantCulture, $" and \"{Pattern(top[1].Cluster)}\" ({top[1].Count:N0})");
        }
        else
        {
            phrase.Append("from \"").Append(Shortened(lines.Line(FirstFilled(first, last)))).Append('"');
        }

        return phrase.Append(TimeSpan(first, last)).ToString();
    }

    private static RecordShape?[] Shapes(LogLines lines, LineClusters clusters)
    {
        var shapes = new RecordShape?[clusters.Count];
        for (int i = 0; i < lines.Count; i++)
        {
            int cluster = clusters.OfLine[i];
            if (cluster < 0) continue;
            if (shapes[cluster] is { } shape) shape.Add(new LogUnit(i, 1, cluster));
            else shapes[cluster] = new RecordShape(lines, new LogUnit(i, 1, cluster));
        }

        foreach (RecordShape? shape in shapes) shape?.Finish();
        return shapes;
    }

    private int FirstFilled(int first, int last)
    {
        while (first < last && lines.Line(first).IsWhiteSpace()) first++;
        return first;
    }

    /// <summary>The line with a star for what varies, without the time.</summary>
    private string Pattern(int cluster)
    {
        RecordShape shape = _shapes[cluster]!;
        int line = shape.First.Line;
        ReadOnlySpan<LineToken> tokens = lines.Tokens(line);
        var text = new StringBuilder();
        int at = lines.Start(line);
        for (int i = 0; i < tokens.Length; i++)
        {
            bool isTime = tokens[i].Kind == TokenKind.Time;
            if (!isTime && !shape.Varies(i)) continue;
            text.Append(lines.Text, at, tokens[i].Start - at);
            if (!isTime && (text.Length == 0 || text[^1] != '*')) text.Append('*');
            at = tokens[i].End;
        }

        text.Append(lines.Text, at, lines.End(line) - at);
        if (tokens.Length > 0 && tokens[0].Kind == TokenKind.Time && text.Length > 1 && text[0] == 'Z') text.Remove(0, 1); // the zone belongs to the time
        return Shortened(text.ToString().AsSpan().TrimStart(" []|-:"));
    }

    /// <summary>Printable ASCII in one line, without double quotes.</summary>
    private static string Shortened(ReadOnlySpan<char> text)
    {
        var plain = new StringBuilder();
        foreach (char c in text.Trim())
        {
            if (plain.Length == MaxPattern) return plain.Append("...").ToString();
            if (c is ' ' or '\t' && plain.Length > 0 && plain[^1] == ' ') continue;
            plain.Append(c switch { '"' => '\'', '\t' => ' ', < ' ' or > '~' => '?', _ => c });
        }

        return plain.ToString();
    }

    private string TimeSpan(int first, int last)
    {
        string? from = TimeOf(first, last, 1);
        string? to = TimeOf(last, first, -1);
        return from is null || to is null || string.Equals(from, to, StringComparison.Ordinal) ? "" : $", {from} to {to}";
    }

    /// <summary>The time of day of the first line that has one, looking at a few lines.</summary>
    private string? TimeOf(int line, int end, int step)
    {
        for (int tries = 0; tries < 8 && line != end + step; tries++, line += step)
        {
            foreach (LineToken token in lines.Tokens(line))
            {
                if (token.Kind != TokenKind.Time) continue;
                ReadOnlySpan<char> time = lines.Value(token);
                int colon = time.IndexOf(':') is int at && at >= 2 && at + 6 <= time.Length && time[at + 3] == ':' ? at : time.LastIndexOf(':') - 3;
                return colon >= 2 ? time.Slice(colon - 2, 8).ToString() : null;
            }
        }

        return null;
    }
}
