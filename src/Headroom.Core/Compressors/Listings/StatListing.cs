using System.Globalization;
using Headroom.Internal.Lines;
using Headroom.Internal.Paths;

namespace Headroom.Compressors.Listings;

/// <summary><c>git diff --stat</c>: files under their directories, without the padding that aligns the counts.</summary>
/// <remarks>
/// <code>
///  src/cart/             a directory, one space in and one more a level
///   Cart.cs | 12 ++--    a file
/// text                   any other line; behind <c>| </c> where it starts like one of these
/// </code>
/// </remarks>
internal static class StatListing
{
    private const string HeaderStart = "[diff --stat by directory", Padded = "; padded to ", CarriageReturns = "; CRLF";
    private const string Escape = "| ", Bar = " | ";

    public static double Score(ReadOnlySpan<char> sample)
    {
        int lines = 0, rows = 0;
        foreach (ReadOnlySpan<char> line in sample.EnumerateLines())
        {
            if (line.Length == 0) continue;
            lines++;
            if (line[0] == ' ' && line.LastIndexOf(Bar) is > 0 and var bar && IsCount(line[(bar + Bar.Length)..])) rows++;
        }

        return rows < 3 ? 0 : (double)rows / lines;
    }

    public static string? Encode(LineText source)
    {
        List<Row?> rows = [.. source.Lines.Select(Row.Read)];
        Widths widths = Widths.Of(rows);
        if (Fits(rows, source.Lines, Widths.Widest) || !Fits(rows, source.Lines, widths)) widths = Widths.Widest;
        string padded = widths == Widths.Widest ? "" : string.Create(CultureInfo.InvariantCulture, $"{Padded}{widths.Path} and {widths.Count}");
        List<string> text = [$"{HeaderStart}{padded}{(source.CarriageReturns ? CarriageReturns : "")}]"];
        int all = 0;
        for (int i = 0; i < rows.Count;)
        {
            int end = BlockEnd(rows, i);
            List<Row> block = rows.GetRange(i, end - i)!;
            if (block.Count == 0 || !Write(block, widths).SequenceEqual(source.Lines.Skip(i).Take(end - i)))
            {
                end = Math.Max(end, i + 1);
                for (; i < end; i++) text.Add(source.Lines[i].StartsWith(' ') || source.Lines[i].StartsWith(Escape, StringComparison.Ordinal) ? Escape + source.Lines[i] : source.Lines[i]);
                continue;
            }

            foreach (PathStep step in DirectoryFold.Fold([.. block.Select(r => r.Path)], "/", PathLength))
                text.Add($"{new string(' ', step.Depth + 1)}{step.Text}{(step.Entry < 0 ? "" : Bar + block[step.Entry].Rest)}");
            all += block.Count;
            i = end;
        }

        return all == 0 ? null : (source with { CarriageReturns = false }).Join(text);
    }

    public static string? Decode(string text)
    {
        if (!LineText.TryReadEncoded(text, HeaderStart, CarriageReturns, out LineText? encoded, out string header, out bool carriageReturns)) return null;
        if (Widths.Parse(header) is not { } widths) return null;
        List<string> lines = [];
        List<Row> block = [];
        var directories = new OpenDirectories();
        foreach (string line in encoded.Lines.Skip(1))
        {
            if (line.StartsWith(' '))
            {
                int depth = line.AsSpan().IndexOfAnyExcept(' ') - 1;
                if (depth < 0) return null;
                bool isDirectory = line[^1] == '/';
                int bar = isDirectory ? line.Length : line.LastIndexOf(Bar, StringComparison.Ordinal);
                if (bar <= depth || !directories.TryResolve(new PathStep(depth, line[(depth + 1)..bar], -1, isDirectory), out string? path)) return null;
                if (!isDirectory) block.Add(new Row(path, line[(bar + Bar.Length)..]));
                continue;
            }

            lines.AddRange(Write(block, widths));
            block.Clear();
            lines.Add(line.StartsWith(Escape, StringComparison.Ordinal) ? line[Escape.Length..] : line);
        }

        lines.AddRange(Write(block, widths));
        return (encoded with { CarriageReturns = carriageReturns }).Join(lines);
    }

    private static int BlockEnd(List<Row?> rows, int from)
    {
        int end = from;
        while (end < rows.Count && rows[end] is not null) end++;
        return end;
    }

    private static bool Fits(List<Row?> rows, IReadOnlyList<string> lines, Widths widths)
    {
        for (int i = 0, end; i < rows.Count; i = end + 1)
        {
            end = BlockEnd(rows, i);
            int at = i;
            if (Write(rows.GetRange(i, end - i)!, widths).Any(l => l != lines[at++])) return false;
        }

        return true;
    }

    private static IEnumerable<string> Write(List<Row> block, Widths widths)
    {
        if (block.Count == 0) return [];
        int width = widths.Path > 0 ? widths.Path : block.Max(r => r.Path.Length);
        int countWidth = widths.Path > 0 ? widths.Count : block.Max(r => r.Count.Length);
        return block.Select(r => $" {r.Path.PadRight(width)}{Bar}{r.Count.PadLeft(countWidth)}{r.Rest[r.Count.Length..]}");
    }

    /// <summary>Directories inside the braces of a rename are not shared: <c>{old => new}/Cart.cs</c>.</summary>
    private static int PathLength(string path)
    {
        int brace = path.IndexOf('{', StringComparison.Ordinal);
        return brace >= 0 ? brace : path.Contains(" => ", StringComparison.Ordinal) ? 0 : path.Length;
    }

    private static bool IsCount(ReadOnlySpan<char> rest)
    {
        rest = rest.TrimStart(' ');
        return rest.Length > 0 && (char.IsAsciiDigit(rest[0]) || rest.StartsWith("Bin"));
    }

    /// <summary>How wide git made the columns; zero where as wide as the widest of a block, which a list cut short is not.</summary>
    private readonly record struct Widths(int Path, int Count)
    {
        public static readonly Widths Widest = new(0, 0);

        public static Widths Of(List<Row?> rows) => new(rows.Max(r => r?.PathWidth ?? 0), rows.Max(r => r?.CountWidth ?? 0));

        public static Widths? Parse(string header)
        {
            if (header.Length == 0) return Widest;
            if (!header.StartsWith(Padded, StringComparison.Ordinal)) return null;
            string[] words = header[Padded.Length..].Split(" and ");
            return words.Length == 2 && int.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out int path) && int.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out int count) && path is > 0 and < 10_000 && count < 1_000
                ? new Widths(path, count)
                : null;
        }
    }

    private sealed record Row(string Path, string Rest)
    {
        public int PathWidth { get; init; }

        public int CountWidth { get; init; }

        /// <summary>The number, which is what git aligns.</summary>
        public string Count => Rest.IndexOf(' ', StringComparison.Ordinal) is > 0 and var end ? Rest[..end] : Rest;

        public static Row? Read(string line)
        {
            int bar = line.LastIndexOf(Bar, StringComparison.Ordinal);
            if (bar <= 1 || line[0] != ' ' || line[1] == ' ' || !IsCount(line.AsSpan(bar + Bar.Length))) return null;
            string path = line[1..bar].TrimEnd(' '), rest = line[(bar + Bar.Length)..].TrimStart(' ');
            if (path.Length == 0 || path[^1] == '/' || rest[^1] == '/' || path.Contains("/ ", StringComparison.Ordinal)) return null; // would be misread as a directory, or as deeper
            var row = new Row(path, rest);
            return row with { PathWidth = bar - 1, CountWidth = line.Length - bar - Bar.Length - rest.Length + row.Count.Length };
        }
    }
}
