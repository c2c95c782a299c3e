using Headroom.Internal.Lines;
using Headroom.Internal.Paths;

namespace Headroom.Compressors.Listings;

/// <summary>One path a line, with or without columns in front: shared directories are written once, names without columns packed on a line.</summary>
/// <remarks>
/// <code>
/// src/cart/                 a directory; one space a level
///  {Cart Item}.cs readme    names in it
/// 131 Program.cs            with columns: a line each, at the margin, under the directory line above
/// | text                    a line that is no path
/// </code>
/// </remarks>
internal static class PathListing
{
    private const string HeaderStart = "[paths by directory";
    private const string DirectoriesListed = "; directories listed too";
    private const string WithSeparator = "; directories listed too, with /";
    private const string Format = "; lines were \"";
    private const string CarriageReturns = "; CRLF";
    private const string Escape = "| ";

    /// <summary>Spellings of a list, the cheapest of which the pipeline picks.</summary>
    public static IEnumerable<string> Encode(LineText source)
    {
        LeadColumns? columns = LeadColumns.Find(source.Lines);
        List<Row> rows = [.. source.Lines.Select(l => Row.Read(l, columns))];
        if (!rows.Exists(r => r.Path is not null)) yield break;
        yield return Encode(source, rows, columns, "");
        if (columns is not null) yield break;
        int listed = rows.Count(r => r.Path is { Length: > 1 } path && DirectoryFold.IsSeparator(path[^1]));
        yield return Encode(source, rows, columns, listed > 0 ? WithSeparator : DirectoriesListed);
    }

    public static string? Decode(string text)
    {
        if (!text.StartsWith(HeaderStart, StringComparison.Ordinal)) return null;
        LineText encoded = LineText.Split(text);
        string header = encoded.Lines[0];
        if (encoded.CarriageReturns || encoded.Lines.Count < 2 || header[^1] != ']') return null;
        string flags = header[HeaderStart.Length..^1];
        bool carriageReturns = Cut(ref flags, CarriageReturns);
        bool withSeparator = Cut(ref flags, WithSeparator), listed = withSeparator || Cut(ref flags, DirectoriesListed);
        LeadColumns? columns = null;
        if (flags.Length > 0)
        {
            if (!flags.StartsWith(Format, StringComparison.Ordinal) || flags[^1] != '"' || (columns = LeadColumns.Parse(flags[Format.Length..^1])) is null) return null;
        }

        List<string>? lines = columns is null ? ReadNames(encoded.Lines, listed, withSeparator) : ReadRows(encoded.Lines, columns);
        return lines is null ? null : (encoded with { CarriageReturns = carriageReturns }).Join(lines);
    }

    private static string Encode(LineText source, List<Row> rows, LeadColumns? columns, string listed)
    {
        string format = columns is null ? "" : Format + columns.Format + '"';
        List<string> text = [HeaderStart + format + listed + (source.CarriageReturns ? CarriageReturns : "") + "]"];
        for (int i = 0; i < rows.Count;)
        {
            if (rows[i].Path is null)
            {
                text.Add(rows[i].Line.Length == 0 ? "" : Escape + rows[i].Line);
                i++;
                continue;
            }

            int end = i;
            while (end < rows.Count && rows[end].Path is not null) end++;
            List<string> paths = [.. rows.Skip(i).Take(end - i).Select(r => r.Path!)];
            List<PathStep> steps = listed.Length == 0 ? DirectoryFold.Fold(paths) : DirectoryFold.FoldListed(paths, listed == WithSeparator);
            if (columns is null) WriteNames(text, steps);
            else WriteRows(text, steps, rows, i);
            i = end;
        }

        return (source with { CarriageReturns = false }).Join(text);
    }

    private static void WriteNames(List<string> text, List<PathStep> steps)
    {
        List<string> names = [];
        for (int i = 0; i < steps.Count; i++)
        {
            PathStep step = steps[i];
            string indent = new(' ', step.Depth);
            if (step.IsDirectory)
            {
                text.Add(indent + NamePacking.Quote(step.Text[..^1]) + step.Text[^1]);
                continue;
            }

            names.Add(step.Text);
            if (i + 1 < steps.Count && !steps[i + 1].IsDirectory && steps[i + 1].Depth == step.Depth) continue;
            text.Add(indent + NamePacking.Pack(names));
            names.Clear();
        }
    }

    private static void WriteRows(List<string> text, List<PathStep> steps, List<Row> rows, int first)
    {
        foreach (PathStep step in steps)
        {
            string indent = new(' ', step.Depth);
            text.Add(step.IsDirectory
                ? indent + NamePacking.Quote(step.Text[..^1]) + step.Text[^1]
                : indent + string.Join(' ', rows[first + step.Entry].Values) + ' ' + step.Text);
        }
    }

    private static List<string>? ReadNames(IReadOnlyList<string> body, bool listed, bool withSeparator)
    {
        List<string> lines = [];
        var directories = new OpenDirectories();
        foreach (string line in body.Skip(1))
        {
            if (line.Length == 0 || line.StartsWith(Escape, StringComparison.Ordinal))
            {
                lines.Add(line.Length == 0 ? line : line[Escape.Length..]);
                continue;
            }

            int depth = Depth(line);
            if (TryReadDirectory(line, depth, out string name))
            {
                if (!directories.TryResolve(new PathStep(depth, name, -1, true), out string? path)) return null;
                if (listed) lines.Add(withSeparator ? path : path[..^1]);
            }
            else
            {
                if (NamePacking.Unpack(line, depth) is not { } names) return null;
                foreach (string entry in names)
                {
                    if (!directories.TryResolve(new PathStep(depth, entry, -1, false), out string? path)) return null;
                    lines.Add(path);
                }
            }
        }

        return lines;
    }

    private static List<string>? ReadRows(IReadOnlyList<string> body, LeadColumns columns)
    {
        List<string> lines = [];
        var directories = new OpenDirectories();
        foreach (string line in body.Skip(1))
        {
            if (line.Length == 0 || line.StartsWith(Escape, StringComparison.Ordinal))
            {
                lines.Add(line.Length == 0 ? line : line[Escape.Length..]);
                continue;
            }

            int depth = Depth(line);
            if (TryReadDirectory(line, depth, out string name))
            {
                if (!directories.TryResolve(new PathStep(depth, name, -1, true), out _)) return null;
                continue;
            }

            string[] parts = line[depth..].Split(' ', columns.Count + 1);
            if (parts.Length <= columns.Count || !directories.TryResolve(new PathStep(depth, parts[^1], -1, false), out string? path)) return null;
            lines.Add(columns.Write(parts, path));
        }

        return lines;
    }

    /// <summary>A directory is alone on its line and ends with its separator; with spaces in it, it is quoted.</summary>
    private static bool TryReadDirectory(string line, int position, out string name)
    {
        name = "";
        if (line.Length == position || !DirectoryFold.IsSeparator(line[^1])) return false;
        if (line.Length == position + 1)
        {
            name = line[position..];
            return true;
        }

        if (!NamePacking.TryReadName(line[..^1], position, out string inner, out int end) || end != line.Length - 1) return false;
        name = inner + line[^1];
        return true;
    }

    private static int Depth(string line)
    {
        int depth = line.AsSpan().IndexOfAnyExcept(' ');
        return depth < 0 ? line.Length : depth;
    }

    private static bool Cut(ref string flags, string flag)
    {
        if (!flags.EndsWith(flag, StringComparison.Ordinal)) return false;
        flags = flags[..^flag.Length];
        return true;
    }

    private readonly record struct Row(string Line, string[] Values, string? Path)
    {
        public static Row Read(string line, LeadColumns? columns)
        {
            if (columns is not null) return columns.TryRead(line, out string[] values, out string path) ? new Row(line, values, path) : new Row(line, [], null);
            return new Row(line, [], line.Length == 0 ? null : line);
        }
    }
}
