using Headroom.Internal.Lines;
using Headroom.Internal.Paths;

namespace Headroom.Compressors.Diffs;

/// <summary><c>git diff --stat</c>: files under their directories, without the padding that aligns the counts.</summary>
/// <remarks>
/// <code>
///  src/cart/             a directory, one space in and one more a level
///   Cart.cs | 12 ++--    a file
/// text                   any other line; behind <c>| </c> where it starts like one of these
/// </code>
/// </remarks>
internal static class DiffStat
{
    private const string Header = "[diff --stat by directory]";
    private const string HeaderCarriageReturns = "[diff --stat by directory; CRLF]";
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
        List<string> text = [source.CarriageReturns ? HeaderCarriageReturns : Header];
        int all = 0;
        for (int i = 0; i < rows.Count;)
        {
            int end = i;
            while (end < rows.Count && rows[end] is not null) end++;
            List<Row> block = rows.GetRange(i, end - i)!;
            if (block.Count == 0 || !Write(block).SequenceEqual(source.Lines.Skip(i).Take(end - i)))
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
        if (!text.StartsWith(Header[..^1], StringComparison.Ordinal)) return null;
        LineText encoded = LineText.Split(text);
        bool carriageReturns = encoded.Lines[0] == HeaderCarriageReturns;
        if (encoded.CarriageReturns || encoded.Lines.Count < 2 || (!carriageReturns && encoded.Lines[0] != Header)) return null;
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

            lines.AddRange(Write(block));
            block.Clear();
            lines.Add(line.StartsWith(Escape, StringComparison.Ordinal) ? line[Escape.Length..] : line);
        }

        lines.AddRange(Write(block));
        return (encoded with { CarriageReturns = carriageReturns }).Join(lines);
    }

    private static IEnumerable<string> Write(List<Row> block)
    {
        if (block.Count == 0) return [];
        int width = block.Max(r => r.Path.Length);
        int countWidth = block.Max(r => r.Count.Length);
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

    private sealed record Row(string Path, string Rest)
    {
        /// <summary>The number, which is what git aligns.</summary>
        public string Count => Rest.IndexOf(' ', StringComparison.Ordinal) is > 0 and var end ? Rest[..end] : Rest;

        public static Row? Read(string line)
        {
            int bar = line.LastIndexOf(Bar, StringComparison.Ordinal);
            if (bar <= 1 || line[0] != ' ' || line[1] == ' ' || !IsCount(line.AsSpan(bar + Bar.Length))) return null;
            string path = line[1..bar].TrimEnd(' '), rest = line[(bar + Bar.Length)..].TrimStart(' ');
            return path.Length == 0 || path[^1] == '/' || rest[^1] == '/' ? null : new Row(path, rest);
        }
    }
}
