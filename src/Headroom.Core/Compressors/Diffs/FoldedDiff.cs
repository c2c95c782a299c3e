using Headroom.Internal.Lines;

namespace Headroom.Compressors.Diffs;

/// <summary>Diffs with one line instead of each file's header, and repeated blocks left out by a note. Every line that stays is verbatim.</summary>
internal static class FoldedDiff
{
    private const string Header = "[diff, file headers shortened]";
    private const string HeaderCarriageReturns = "[diff, file headers shortened; CRLF]";
    private const string Escape = "| ";

    public static string? Encode(LineText source)
    {
        List<string> text = [source.CarriageReturns ? HeaderCarriageReturns : Header];
        bool shorter = false;
        List<(string? Line, int Count)> folded = RepeatedLines.Fold(source.Lines);
        for (int i = 0, at = 0; i < folded.Count; i++)
        {
            (string? line, int count) = folded[i];
            int headerLines = 0;
            if (line is null) text.Add(RepeatedLines.Note(count));
            else if (GitHeader.Shorten(source.Lines, at, out headerLines) is { } header && AllStay(folded, i, headerLines)) text.Add(header);
            else
            {
                headerLines = 0;
                text.Add(NeedsEscape(line) ? Escape + line : line);
            }

            shorter |= line is null || headerLines > 0;
            at += line is null ? count : Math.Max(1, headerLines);
            i += Math.Max(0, headerLines - 1);
        }

        return shorter ? (source with { CarriageReturns = false }).Join(text) : null;
    }

    public static string? Decode(string text)
    {
        if (!text.StartsWith(Header[..^1], StringComparison.Ordinal)) return null;
        LineText encoded = LineText.Split(text);
        bool carriageReturns = encoded.Lines[0] == HeaderCarriageReturns;
        if (encoded.CarriageReturns || encoded.Lines.Count < 2 || (!carriageReturns && encoded.Lines[0] != Header)) return null;
        var lines = new RepeatedLinesReader();
        foreach (string line in encoded.Lines.Skip(1))
        {
            if (RepeatedLines.IsNote(line, out int count))
            {
                if (!lines.TryRepeat(count)) return null;
            }
            else if (line.StartsWith(Escape, StringComparison.Ordinal)) lines.Add(line[Escape.Length..]);
            else if (GitHeader.Expand(line) is { } header) header.ForEach(lines.Add);
            else lines.Add(line);
        }

        return (encoded with { CarriageReturns = carriageReturns }).Join(lines.Lines);
    }

    private static bool AllStay(List<(string? Line, int Count)> folded, int at, int count)
    {
        for (int i = at; i < at + count; i++)
        {
            if (i >= folded.Count || folded[i].Line is null) return false;
        }

        return true;
    }

    private static bool NeedsEscape(string line) =>
        line.StartsWith(Escape, StringComparison.Ordinal) || RepeatedLines.IsNote(line, out _) || GitHeader.Expand(line) is not null;
}
