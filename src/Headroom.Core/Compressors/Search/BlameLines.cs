using System.Buffers;
using System.Globalization;
using Headroom.Internal.Lines;

namespace Headroom.Compressors.Search;

/// <summary><c>git blame</c>: commit, author and date once for the lines that share them.</summary>
/// <remarks>
/// <code>
///  35f0dbeb (Dev One 2026-03-02     a commit and what git says of it, one space in
/// 71 text                           line 71, verbatim behind number and space
/// | text                            any other line
/// </code>
/// </remarks>
internal static class BlameLines
{
    private const string HeaderStart = "[git blame by commit; numbers were %", HeaderEnd = "d)";
    private const string CarriageReturns = "; CRLF";
    private const string Escape = "| ", Mark = ") ";

    /// <summary>git shortens to seven characters at least, and marks the first commit with a caret.</summary>
    private const int MinHash = 7;

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    public static bool IsBlame(ReadOnlySpan<char> line)
    {
        ReadOnlySpan<char> rest = line.TrimStart('^');
        int end = rest.IndexOfAnyExcept(HexDigits);
        if (end < MinHash - 1 || rest[end] != ' ') return false;
        int mark = rest.IndexOf(Mark);
        return mark > 0 && char.IsAsciiDigit(rest[mark - 1]);
    }

    public static string? Encode(LineText source)
    {
        List<(string Commit, string Number, string Text)?> lines = [.. source.Lines.Select(Read)];
        int width = lines.Select((l, i) => l is { } blamed ? source.Lines[i].Length - blamed.Commit.Length - Mark.Length - blamed.Text.Length : 0).FirstOrDefault(w => w > 0);
        if (width == 0) return null;
        List<string> text = [string.Create(CultureInfo.InvariantCulture, $"{HeaderStart}{width}{HeaderEnd}{(source.CarriageReturns ? CarriageReturns : "")}]")];
        string commit = "";
        for (int i = 0; i < lines.Count; i++)
        {
            if (lines[i] is not { } blamed || Write(blamed.Commit, blamed.Number, width, blamed.Text) != source.Lines[i])
            {
                text.Add(Escape + source.Lines[i]);
                continue;
            }

            if (blamed.Commit != commit) text.Add(" " + (commit = blamed.Commit));
            text.Add($"{blamed.Number} {blamed.Text}");
        }

        return (source with { CarriageReturns = false }).Join(text);
    }

    public static string? Decode(string text)
    {
        if (!LineText.TryReadEncoded(text, HeaderStart, CarriageReturns, out LineText? encoded, out string header, out bool carriageReturns)) return null;
        if (!header.EndsWith(HeaderEnd, StringComparison.Ordinal) || !int.TryParse(header.AsSpan(0, header.Length - HeaderEnd.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int width) || width > 100) return null;
        var lines = new List<string>(encoded.Lines.Count);
        string commit = "";
        foreach (string line in encoded.Lines.Skip(1))
        {
            int space = line.IndexOf(' ', StringComparison.Ordinal);
            if (line.StartsWith(Escape, StringComparison.Ordinal)) lines.Add(line[Escape.Length..]);
            else if (space == 0) commit = line[1..];
            else if (space > 0) lines.Add(Write(commit, line[..space], width, line[(space + 1)..]));
            else return null;
        }

        return (encoded with { CarriageReturns = carriageReturns }).Join(lines);
    }

    private static (string Commit, string Number, string Text)? Read(string line)
    {
        if (!IsBlame(line)) return null;
        int mark = line.IndexOf(Mark, StringComparison.Ordinal), start = mark;
        while (start > 0 && char.IsAsciiDigit(line[start - 1])) start--;
        return (line[..start].TrimEnd(' '), line[start..mark], line[(mark + Mark.Length)..]);
    }

    private static string Write(string commit, string number, int width, string text) => commit + number.PadLeft(width) + Mark + text;
}
