using System.Text;
using Headroom.Internal.Lines;
using Headroom.Internal.Paths;

namespace Headroom.Compressors.Listings;

/// <summary><c>ls -l</c>, <c>ls -R</c> and both: padding gone, constant columns in the header, what equals the row above as a quotation mark.</summary>
/// <remarks>
/// <code>
/// src/cart/                 a directory whose content follows (ls printed an empty line and its path with a colon)
/// total 12
/// -644 1 131 May 9 07:29 Cart.cs
/// 98 Item.cs                all but the size as above
/// " 98 10:02 Price.cs       mode, links, owner, group and day as above
/// -640 root:shadow 2 9 " shadow   the date as above; another owner than the header says
/// a.cs {b c d}.md           names alone (ls -R)
/// | text                    any other line
/// </code>
/// </remarks>
internal static class LongListing
{
    private const string HeaderStart = "[ls: \" or nothing is as above";
    private const string CarriageReturns = "; CRLF";
    private const string Escape = "| ";
    private const string Same = "\"";
    private const char SameMark = '"';

    public static string? Encode(LineText source)
    {
        List<LongRow?> rows = [.. source.Lines.Select(LongRow.Read)];
        DropMisaligned(rows, source.Lines);
        bool hasHeaders = source.Lines.Where((l, i) => IsHeader(source.Lines, i)).Any();
        if (!hasHeaders && rows.Count(r => r is not null) < 2) return null;

        Hoisted hoisted = Hoisted.From(rows);
        var header = new StringBuilder(HeaderStart).Append(hoisted);
        if (source.CarriageReturns) header.Append(CarriageReturns);
        List<string> text = [header.Append(']').ToString()];
        WriteBody(text, source.Lines, rows, hoisted);
        return (source with { CarriageReturns = false }).Join(text);
    }

    public static string? Decode(string text)
    {
        if (!text.StartsWith(HeaderStart, StringComparison.Ordinal)) return null;
        LineText encoded = LineText.Split(text);
        string header = encoded.Lines[0];
        if (encoded.CarriageReturns || encoded.Lines.Count < 2 || header[^1] != ']') return null;
        string flags = header[HeaderStart.Length..^1];
        bool carriageReturns = flags.EndsWith(CarriageReturns, StringComparison.Ordinal);
        if (carriageReturns) flags = flags[..^CarriageReturns.Length];
        if (Hoisted.Parse(flags) is not { } hoisted) return null;
        return ReadBody(encoded.Lines, hoisted) is { } lines ? (encoded with { CarriageReturns = carriageReturns }).Join(lines) : null;
    }

    /// <summary>Rows that the layout rule would not print again stay as they are. Dropping one can change the widths of its block, so the whole block goes.</summary>
    private static void DropMisaligned(List<LongRow?> rows, IReadOnlyList<string> lines)
    {
        for (int i = 0; i < rows.Count; i++)
        {
            int end = i;
            while (end < rows.Count && rows[end] is not null) end++;
            if (end == i) continue;
            int k = i;
            if (LongBlock.Write(rows.GetRange(i, end - i)!).Any(l => l != lines[k++]))
            {
                for (k = i; k < end; k++) rows[k] = null;
            }

            i = end;
        }
    }

    /// <summary>A path with a colon, alone after an empty line or at the start.</summary>
    private static bool IsHeader(IReadOnlyList<string> lines, int i) =>
        lines[i].Length > 1 && lines[i][^1] == ':' && !DirectoryFold.IsSeparator(lines[i][^2]) && (i == 0 || (i > 1 && lines[i - 1].Length == 0))
        && lines[i][0] is not ('"' or ' ' or '|') && i + 1 < lines.Count;

    private static void WriteBody(List<string> text, IReadOnlyList<string> lines, List<LongRow?> rows, Hoisted hoisted)
    {
        var open = new Stack<string>();
        List<string> names = [];
        LongRow? above = null;
        for (int i = 0; i < lines.Count; i++)
        {
            bool header = IsHeader(lines, i);
            bool emptyBeforeHeader = lines[i].Length == 0 && i + 1 < lines.Count && IsHeader(lines, i + 1);
            bool name = rows[i] is null && !header && IsName(lines[i]);
            if (!name && names.Count > 0)
            {
                text.Add(NamePacking.Pack(names));
                names.Clear();
            }

            if (emptyBeforeHeader) continue;
            if (header)
            {
                string path = lines[i][..^1] + "/";
                while (open.Count > 0 && (path.Length == open.Peek().Length || !path.StartsWith(open.Peek(), StringComparison.Ordinal))) open.Pop();
                string rest = path[(open.Count > 0 ? open.Peek().Length : 0)..];
                text.Add(new string(' ', open.Count) + NamePacking.Quote(rest[..^1]) + "/");
                open.Push(path);
                above = null;
            }
            else if (rows[i] is { } row)
            {
                text.Add(WriteRow(row, above, hoisted));
                above = row;
            }
            else if (name) names.Add(lines[i]);
            else text.Add(lines[i].Length == 0 || IsTotal(lines[i]) ? lines[i] : Escape + lines[i]);
        }

        if (names.Count > 0) text.Add(NamePacking.Pack(names));
    }

    private static bool IsTotal(string line) => line.StartsWith("total ", StringComparison.Ordinal);

    /// <summary>A name that can be packed and is not read as anything else at the start of a line.</summary>
    private static bool IsName(string line) =>
        line.Length > 0 && line[0] is not (' ' or '"' or '|') && line != "total" && !line.Contains(' ', StringComparison.Ordinal) && !IsNumber(line) && FileMode.Expand(line) is null;

    private static string WriteRow(LongRow row, LongRow? above, Hoisted hoisted)
    {
        var line = new StringBuilder();
        if (above is not null && IsNumber(row.Words[LongRow.Size]) && row.Words.AsSpan(0, LongRow.Size).SequenceEqual(above.Words.AsSpan(0, LongRow.Size)) && row.Words.AsSpan(LongRow.Day).SequenceEqual(above.Words.AsSpan(LongRow.Day)))
            return $"{row.Words[LongRow.Size]} {row.Name}";
        if (above is not null && row.Words.AsSpan(0, LongRow.Size).SequenceEqual(above.Words.AsSpan(0, LongRow.Size))) line.Append(SameMark);
        else
        {
            line.Append(FileMode.Shorten(row.Words[LongRow.Mode]));
            if (hoisted.Owner != row.Owner) line.Append(' ').Append(row.Owner);
            if (hoisted.Links is null) line.Append(' ').Append(row.Words[LongRow.Links]);
        }

        line.Append(' ').Append(row.Words[LongRow.Size]);
        bool comparable = above is not null && above.Words.Length == row.Words.Length;
        bool sameDay = comparable && row.Words.AsSpan(LongRow.Day, row.Words.Length - LongRow.Day - 1).SequenceEqual(above!.Words.AsSpan(LongRow.Day, row.Words.Length - LongRow.Day - 1));
        if (sameDay && row.Words[^1] == above!.Words[^1]) line.Append(' ').Append(SameMark);
        else
        {
            bool timeAlone = sameDay && IsTime(row.Words[^1]);
            for (int i = timeAlone ? row.Words.Length - 1 : LongRow.Day; i < row.Words.Length; i++) line.Append(' ').Append(row.Words[i]);
        }

        return line.Append(' ').Append(row.Name).ToString();
    }

    private static List<string>? ReadBody(IReadOnlyList<string> body, Hoisted hoisted)
    {
        List<string> lines = [];
        List<LongRow> block = [];
        var directories = new OpenDirectories();
        LongRow? above = null;
        for (int i = 1; i < body.Count; i++)
        {
            string line = body[i];
            if (ReadRow(line, above, hoisted) is { } row)
            {
                block.Add(row);
                above = row;
                continue;
            }

            lines.AddRange(LongBlock.Write(block));
            block.Clear();
            if (line.Length == 0 || IsTotal(line)) lines.Add(line);
            else if (line.StartsWith(Escape, StringComparison.Ordinal)) lines.Add(line[Escape.Length..]);
            else if (line[^1] == '/')
            {
                int depth = line.AsSpan().IndexOfAnyExcept(' ');
                if (!NamePacking.TryReadName(line[..^1], depth, out string name, out int end) || end != line.Length - 1) return null;
                if (!directories.TryResolve(new PathStep(depth, name + "/", -1, true), out string? path)) return null;
                if (lines.Count > 0) lines.Add("");
                lines.Add(path[..^1] + ":");
                above = null;
            }
            else if (NamePacking.Unpack(line, 0) is { } names) lines.AddRange(names);
            else return null;
        }

        lines.AddRange(LongBlock.Write(block));
        return lines;
    }

    private static LongRow? ReadRow(string line, LongRow? above, Hoisted hoisted)
    {
        int i = 0;
        if (!TryWord(line, ref i, out string word)) return null;
        if (IsNumber(word)) return above is null || i > line.Length ? null : new LongRow([.. above.Words[..LongRow.Size], word, .. above.Words[LongRow.Day..]], line[i..]);
        string?[] words = new string?[LongRow.Size];
        if (word == Same)
        {
            if (above is null) return null;
            Array.Copy(above.Words, words, LongRow.Size);
        }
        else
        {
            if ((words[0] = FileMode.Expand(word)) is null) return null;
            string owner = hoisted.Owner ?? "", links = hoisted.Links ?? "";
            int mark = i;
            if (TryWord(line, ref i, out word) && word.Contains(':', StringComparison.Ordinal)) owner = word;
            else i = mark;
            if (hoisted.Links is null && !TryWord(line, ref i, out links)) return null;
            int colon = owner.IndexOf(':', StringComparison.Ordinal);
            if (colon < 0) return null;
            (words[LongRow.Links], words[LongRow.User], words[LongRow.Group]) = (links, owner[..colon], owner[(colon + 1)..]);
        }

        if (!TryWord(line, ref i, out string size) || ReadDate(line, ref i, above) is not { } date || i > line.Length) return null;
        return new LongRow([.. words!, size, .. date], line[i..]);
    }

    private static string[]? ReadDate(string line, ref int i, LongRow? above)
    {
        if (!TryWord(line, ref i, out string first)) return null;
        if (first == Same) return above?.Words[LongRow.Day..];
        if (IsTime(first)) return above is null ? null : [.. above.Words[LongRow.Day..^1], first];
        if (!TryWord(line, ref i, out string second)) return null;
        bool iso = first.Length == 10 && first[4] == '-' && first[7] == '-';
        if (iso && !(second.Length > 8 && second[8] == '.')) return [first, second];
        return TryWord(line, ref i, out string third) ? [first, second, third] : null;
    }

    private static bool IsNumber(string word) => word.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0;

    private static bool IsTime(string word) => word.Contains(':', StringComparison.Ordinal);

    /// <summary>A word and the one space behind it.</summary>
    private static bool TryWord(string line, ref int i, out string word)
    {
        int end = i < line.Length ? line.IndexOf(' ', i) : -1;
        word = end > i ? line[i..end] : "";
        i = end + 1;
        return end > 0 && word.Length > 0;
    }
}
