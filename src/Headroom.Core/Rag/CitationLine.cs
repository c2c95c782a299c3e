using System.Globalization;
using System.Text;

namespace Headroom.Rag;

/// <summary>Writes what a passage is cited as: <c>[2] Handbook (https://example.com/handbook; chunks 7, 8; characters 1200-3600)</c>.</summary>
internal static class CitationLine
{
    public static string Write(int number, IReadOnlyList<RagChunk> chunks)
    {
        var line = new StringBuilder().Append(CultureInfo.InvariantCulture, $"[{number}]");
        foreach (IGrouping<(string? Name, string? Link), RagChunk> document in chunks.GroupBy(c => (c.Name, c.Link)))
        {
            string name = OneLine(document.Key.Name), details = string.Join("; ", Details(document.Key.Link, [.. document]).Where(d => d.Length > 0));
            if (name.Length == 0 && details.Length == 0) continue;
            line.Append(line[^1] == ']' ? " " : ", ").Append(name);
            if (details.Length > 0) line.Append(name.Length > 0 ? " (" : "(").Append(details).Append(')');
        }

        return line.ToString();
    }

    private static IEnumerable<string> Details(string? link, RagChunk[] chunks)
    {
        yield return OneLine(link);
        string[] ids = [.. chunks.Select(c => OneLine(c.Id)).Where(i => i.Length > 0).Distinct(StringComparer.Ordinal)];
        if (ids.Length > 0) yield return (ids.Length > 1 ? "chunks " : "chunk ") + string.Join(", ", ids);
        foreach ((long start, long end) in Spans(chunks)) yield return string.Create(CultureInfo.InvariantCulture, $"characters {start}-{end}");
    }

    /// <summary>The parts of the document the chunks cover, joined where they touch.</summary>
    private static IEnumerable<(long Start, long End)> Spans(RagChunk[] chunks)
    {
        (long Start, long End)? open = null;
        foreach ((long start, long end) in chunks.Where(c => c.Start >= 0).Select(c => ((long)c.Start!, (long)c.Start + c.Text.Length)).Order())
        {
            if (open is { } run && start <= run.End)
            {
                open = (run.Start, Math.Max(run.End, end));
                continue;
            }

            if (open is { } done) yield return done;
            open = (start, end);
        }

        if (open is { } last) yield return last;
    }

    /// <summary>A name on one line: a citation must not end early, nor begin another one.</summary>
    private static string OneLine(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return "";
        var line = new StringBuilder(text.Length);
        foreach (char c in text)
        {
            bool blank = char.IsControl(c) || c is ' ' or '\u2028' or '\u2029';
            if (!blank) line.Append(c);
            else if (line.Length > 0 && line[^1] != ' ') line.Append(' ');
        }

        return line.ToString().TrimEnd();
    }
}
