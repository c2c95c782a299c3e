using Headroom.Internal.Lines;
using Headroom.Internal.Paths;

namespace Headroom.Compressors.Traces;

/// <summary>Stack traces: frames in short form under the prefixes that neighbours share, repeated frames and tails by a note.</summary>
/// <remarks>
/// <code>
/// message                   lines that are no frames, as they stand
///  org.acme.                a prefix; one space a level, frames start one space in
///   Cart.total:12           a frame
/// > code                    a line of code under a Python frame
/// [12 more lines as above]  see <see cref="RepeatedLines"/>
/// | text                    a line that would be misread, as it stands
/// </code>
/// </remarks>
internal static class FoldedTrace
{
    private const string HeaderEnd = " trace";
    private const string CarriageReturns = "; CRLF";
    private const string Escape = "| ", Code = "> ", CodeIndent = "    ";

    public static string? Encode(LineText source, FrameStyle style)
    {
        List<string> text = [$"[{style.Name}{HeaderEnd}{(source.CarriageReturns ? CarriageReturns : "")}]"];
        List<(string? Line, int Count)> lines = RepeatedLines.Fold(source.Lines);
        List<string> frames = [];
        List<string?> trails = []; // the line of code under each frame: it must not part the prefixes
        int index = 0, all = 0;
        for (int i = 0; i < lines.Count;)
        {
            string? line = lines[i].Line;
            string second = i + 1 < lines.Count ? lines[i + 1].Line ?? "" : "";
            if (line is not null && style.TryRead(line, second, index, out string? frame))
            {
                frames.Add(frame);
                trails.Add(null);
                (index, all, i) = (index + 1, all + 1, i + style.LinesPerFrame);
            }
            else if (line is not null && frames.Count > 0 && trails[^1] is null && IsCode(line, style))
            {
                trails[^1] = line;
                i++;
            }
            else
            {
                WriteFrames(text, frames, trails, style);
                index = 0;
                text.Add(line is null ? RepeatedLines.Note(lines[i].Count) : WriteOther(line, style));
                i++;
            }
        }

        WriteFrames(text, frames, trails, style);
        return all == 0 && lines.Count == source.Lines.Count ? null : (source with { CarriageReturns = false }).Join(text);
    }

    public static string? Decode(string text)
    {
        if (!text.StartsWith('[')) return null;
        int name = text.AsSpan(0, Math.Min(text.Length, 40)).IndexOf(HeaderEnd);
        if (name < 0 || FrameStyle.All.FirstOrDefault(s => text.AsSpan(1, name - 1).SequenceEqual(s.Name)) is not { } style) return null;
        LineText encoded = LineText.Split(text);
        string header = encoded.Lines[0];
        if (encoded.CarriageReturns || encoded.Lines.Count < 2) return null;
        string start = $"[{style.Name}{HeaderEnd}";
        bool carriageReturns = header == start + CarriageReturns + "]";
        if (!carriageReturns && header != start + "]") return null;
        return ReadBody(encoded.Lines, style) is { } lines ? (encoded with { CarriageReturns = carriageReturns }).Join(lines) : null;
    }

    private static void WriteFrames(List<string> text, List<string> frames, List<string?> trails, FrameStyle style)
    {
        foreach (PathStep step in DirectoryFold.Fold(frames, style.Separators, style.SharedLength))
        {
            text.Add(new string(' ', step.Depth + 1) + step.Text);
            if (step.Entry >= 0 && trails[step.Entry] is { } code) text.Add(WriteOther(code, style));
        }

        frames.Clear();
        trails.Clear();
    }

    private static bool IsCode(string line, FrameStyle style) => style is PythonFrames && line.StartsWith(CodeIndent, StringComparison.Ordinal);

    private static string WriteOther(string line, FrameStyle style)
    {
        if (IsCode(line, style)) return Code + line[CodeIndent.Length..];
        bool plain = line.Length == 0 || (line[0] is not ' ' && !line.StartsWith(Escape, StringComparison.Ordinal) && !line.StartsWith(Code, StringComparison.Ordinal) && !RepeatedLines.IsNote(line, out _));
        return plain ? line : Escape + line;
    }

    private static List<string>? ReadBody(IReadOnlyList<string> body, FrameStyle style)
    {
        var lines = new RepeatedLinesReader();
        var prefixes = new OpenPrefixes(style.Separators);
        int index = 0;
        foreach (string line in body.Skip(1))
        {
            if (line.StartsWith(' '))
            {
                if (!prefixes.TryRead(line, out string? frame)) return null;
                if (frame is null) continue;
                if (style.Expand(frame, index++, out string? second) is not { } first) return null;
                lines.Add(first);
                if (second is not null) lines.Add(second);
                continue;
            }

            bool code = style is PythonFrames && line.StartsWith(Code, StringComparison.Ordinal);
            index = 0; // Python, the only style with code between frames, does not number them
            if (RepeatedLines.IsNote(line, out int count))
            {
                if (!lines.TryRepeat(count)) return null;
            }
            else if (line.StartsWith(Escape, StringComparison.Ordinal)) lines.Add(line[Escape.Length..]);
            else lines.Add(code ? CodeIndent + line[Code.Length..] : line);
        }

        return lines.Lines;
    }
}
