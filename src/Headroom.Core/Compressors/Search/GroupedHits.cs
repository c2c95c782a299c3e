using System.Buffers;
using System.Text;
using Headroom.Internal.Lines;
using Headroom.Internal.Paths;

namespace Headroom.Compressors.Search;

/// <summary>Search hits under the file they are in, files under their directories: each path is written once.</summary>
/// <remarks>
/// <code>
/// src/cart/            a directory; one space a level
///  Cart.cs             a file
/// 12 text              a hit in line 12 (a context line, when the header says so)
/// 14,19 text           the same text in two lines, one after the other in the result
/// :text                a hit without a line number
/// | text               a line that is no hit, as it stands
/// </code>
/// The text after number and separator is verbatim.
/// </remarks>
internal static class GroupedHits
{
    /// <summary>
    /// In results of fewer characters every file keeps its whole path, ready to be copied into the next call; only in large ones do the
    /// directories that files share weigh enough to be written once.
    /// </summary>
    private const int MinFoldedLength = 16_000;

    private const string HeaderStart = "[grep hits by file";
    private const string PlainLegend = "";
    private const string ContextLegend = "; 12:hit, 13 context";
    private const string NoSeparators = "; -- lines left out";
    private const string CarriageReturns = "; CRLF";

    private static readonly SearchValues<char> NumberCharacters = SearchValues.Create("0123456789,");

    public static string? Encode(LineText source)
    {
        List<SearchLine> lines = SearchParser.Parse(source.Lines);
        if (!lines.Exists(l => l.Path is not null)) return null;
        bool hasContext = lines.Exists(l => l.Path is not null && l.Separator == '-');
        bool implied = GroupSeparators.AreImplied(lines);
        if (implied) lines.RemoveAll(GroupSeparators.Is);

        var header = new StringBuilder(HeaderStart).Append(hasContext ? ContextLegend : PlainLegend);
        if (implied) header.Append(NoSeparators);
        if (source.CarriageReturns) header.Append(CarriageReturns);
        List<string> text = [header.Append(']').ToString()];
        WriteBody(text, lines, source.Lines.Sum(l => l.Length + 1L) >= MinFoldedLength, hasContext ? '-' : ':');
        return (source with { CarriageReturns = false }).Join(text);
    }

    public static string? Decode(string text)
    {
        if (!text.StartsWith(HeaderStart, StringComparison.Ordinal)) return null;
        LineText encoded = LineText.Split(text);
        string header = encoded.Lines[0];
        if (encoded.CarriageReturns || encoded.Lines.Count < 2 || header[^1] != ']') return null;
        ReadOnlySpan<char> legend = header.AsSpan()[HeaderStart.Length..^1];
        bool carriageReturns = CutEnd(ref legend, CarriageReturns), implied = CutEnd(ref legend, NoSeparators);
        bool hasContext = legend.SequenceEqual(ContextLegend);
        if (!hasContext && !legend.SequenceEqual(PlainLegend)) return null;
        if (ReadBody(encoded.Lines, hasContext ? '-' : ':') is not { } lines) return null;
        if (implied) lines = GroupSeparators.Insert(lines);
        return (encoded with { CarriageReturns = carriageReturns }).Join([.. lines.Select(l => l.ToString())]);
    }

    private static void WriteBody(List<string> text, List<SearchLine> lines, bool fold, char spaced)
    {
        List<string> files = [];
        List<int> starts = [];
        for (int i = 0; i < lines.Count; i++)
        {
            if (lines[i].Path is not { } path || (files.Count > 0 && files[^1] == path)) continue;
            files.Add(path);
            starts.Add(i);
        }

        WriteLines(text, lines, 0, starts[0], spaced);
        foreach (PathStep step in fold ? DirectoryFold.Fold(files) : [.. files.Select((path, i) => new PathStep(0, path, i, false))])
        {
            text.Add(PathLine.Write(step, MustQuote));
            if (step.Entry >= 0) WriteLines(text, lines, starts[step.Entry], step.Entry + 1 < starts.Count ? starts[step.Entry + 1] : lines.Count, spaced);
        }
    }

    private static void WriteLines(List<string> text, List<SearchLine> lines, int from, int to, char spaced)
    {
        for (int i = from; i < to; i++)
        {
            SearchLine line = lines[i];
            if (line.Path is null) text.Add(line.Text.Length == 0 || GroupSeparators.Is(line) ? line.Text : "| " + line.Text);
            else if (line.Number.Length == 0) text.Add(line.Separator + line.Text);
            else
            {
                var numbers = new StringBuilder(line.Number);
                while (i + 1 < to && lines[i + 1].Path is not null && lines[i + 1].Number.Length > 0 && lines[i + 1].Separator == line.Separator && lines[i + 1].Text == line.Text)
                    numbers.Append(',').Append(lines[++i].Number);
                text.Add(numbers.Append(line.Separator == spaced ? ' ' : line.Separator).Append(line.Text).ToString());
            }
        }
    }

    private static List<SearchLine>? ReadBody(IReadOnlyList<string> body, char spaced)
    {
        List<SearchLine> lines = [];
        var directories = new OpenDirectories();
        string? file = null;
        for (int i = 1; i < body.Count; i++)
        {
            string line = body[i];
            if (line.Length == 0 || line == GroupSeparators.Line) lines.Add(SearchLine.Other(line));
            else if (line.StartsWith("| ", StringComparison.Ordinal)) lines.Add(SearchLine.Other(line[2..]));
            else if (line[0] is ':' or '-')
            {
                if (file is null) return null;
                lines.Add(new SearchLine(file, "", line[0], line[1..]));
            }
            else if (char.IsAsciiDigit(line[0]))
            {
                if (file is null || !TryReadNumbered(line, file, spaced, lines)) return null;
            }
            else
            {
                if (!PathLine.TryRead(line, out PathStep step) || !directories.TryResolve(step, out string? path)) return null;
                if (!step.IsDirectory) file = path;
            }
        }

        return lines;
    }

    private static bool TryReadNumbered(string line, string file, char spaced, List<SearchLine> lines)
    {
        int end = line.AsSpan().IndexOfAnyExcept(NumberCharacters);
        if (end < 0 || line[end] is not (' ' or ':' or '-' or '=')) return false;
        char separator = line[end] == ' ' ? spaced : line[end];
        foreach (Range number in line.AsSpan(0, end).Split(','))
            lines.Add(new SearchLine(file, line[number], separator, line[(end + 1)..]));
        return true;
    }

    /// <summary>At the margin a name must not look like a hit, a separator or an escaped line.</summary>
    private static bool MustQuote(int depth, string name) => depth == 0 && (char.IsAsciiDigit(name[0]) || name[0] is ':' or '-' or '|');

    private static bool CutEnd(ref ReadOnlySpan<char> legend, string flag)
    {
        if (!legend.EndsWith(flag, StringComparison.Ordinal)) return false;
        legend = legend[..^flag.Length];
        return true;
    }
}
