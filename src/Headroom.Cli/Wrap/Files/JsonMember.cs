using System.Text;
using System.Text.Json;
using Headroom.Cli.Wire;

namespace Headroom.Cli.Wrap.Files;

/// <summary>Puts one member into a JSON file people edit, and takes it out again: comments, a byte order mark, line ends and everything else stay byte for byte.</summary>
internal static class JsonMember
{
    private const string Unit = "  ";

    /// <summary>The file with the member.</summary>
    /// <param name="file">The file; empty for a new one.</param>
    /// <param name="path">The names that lead to the member, from the outside. Objects on the way are made where they are missing.</param>
    /// <param name="value">Its value, as JSON on one line.</param>
    /// <param name="made">How many objects on the way were made.</param>
    /// <exception cref="JsonException">The file is not understood, or has the member already.</exception>
    public static byte[] Insert(ReadOnlySpan<byte> file, IReadOnlyList<string> path, string value, out int made)
    {
        int start = BehindMark(file);
        if (file[start..].IndexOfAnyExcept(" \t\r\n"u8) < 0)
        {
            made = path.Count - 1;
            return [.. file[..start], .. Encoding.UTF8.GetBytes($"{{\n{Unit}{Member(path, 0, value, "\n" + Unit, Unit)}\n}}\n")];
        }

        JsonObjectSpan whole = JsonObjectSpan.ReadWhole(file, start), into = whole;
        int depth = 0;
        while (into.Find(path[depth]) is { } found)
        {
            if (depth == path.Count - 1 || !found.IsObject) throw new JsonException($"its member {path[depth]} is something else than expected");
            into = JsonObjectSpan.Read(file, found.Value);
            depth++;
        }

        made = path.Count - 1 - depth;
        return [.. file[..(into.Open + 1)], .. Encoding.UTF8.GetBytes(Inserted(file, whole, into, path, depth, value)), .. file[(into.Open + 1)..]];
    }

    /// <summary>The file without the member, and without the objects that were made for it and hold nothing else.</summary>
    /// <param name="file">The file.</param>
    /// <param name="path">The names that lead to the member.</param>
    /// <param name="made">How many objects on the way were made for it.</param>
    /// <returns>The same bytes where it has no such member.</returns>
    /// <exception cref="JsonException">The file is not understood.</exception>
    public static byte[] Remove(byte[] file, IReadOnlyList<string> path, int made)
    {
        if (Chain(file, path) is not { } chain) return file;
        int level = path.Count - 1;
        while (level > path.Count - 1 - made && chain[level].Members.Count == 1 && !chain[level].HasComment(file)) level--;
        return Without(file, chain[level], chain[level].Find(path[level])!);
    }

    /// <summary>Whether the file has the member, and with what value.</summary>
    /// <param name="file">The file.</param>
    /// <param name="path">The names that lead to the member.</param>
    /// <returns>The value as it is spelled; <see langword="null"/> for none.</returns>
    /// <exception cref="JsonException">The file is not understood.</exception>
    public static string? ValueIn(ReadOnlySpan<byte> file, IReadOnlyList<string> path) => Chain(file, path) is { } chain ? chain[^1].Find(path[^1])!.Text(file) : null;

    /// <summary>Whether two values say the same.</summary>
    public static bool IsSame(string left, string right) => JsonSame.Are(Encoding.UTF8.GetBytes(left), Encoding.UTF8.GetBytes(right));

    private static int BehindMark(ReadOnlySpan<byte> file) => file.StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0;

    /// <summary>The objects that lead to a member, each in the one before; <see langword="null"/> where the way ends early.</summary>
    private static List<JsonObjectSpan>? Chain(ReadOnlySpan<byte> file, IReadOnlyList<string> path)
    {
        int start = BehindMark(file);
        if (file[start..].IndexOfAnyExcept(" \t\r\n"u8) < 0) return null;
        List<JsonObjectSpan> chain = [JsonObjectSpan.ReadWhole(file, start)];
        for (int i = 0; ; i++)
        {
            if (chain[i].Find(path[i]) is not { } found) return null;
            if (i == path.Count - 1) return chain;
            if (!found.IsObject) return null;
            chain.Add(JsonObjectSpan.Read(file, found.Value));
        }
    }

    /// <summary>What is put behind the opening brace, spelled as the members around it are.</summary>
    private static string Inserted(ReadOnlySpan<byte> file, JsonObjectSpan whole, JsonObjectSpan into, IReadOnlyList<string> path, int depth, string value)
    {
        string line = file.IndexOf("\r\n"u8) >= 0 ? "\r\n" : "\n";
        string unit = IndentOf(file, whole) ?? Unit;
        if (into.Members.Count > 0)
        {
            return IndentOf(file, into) is { } indent
                ? $"{line}{indent}{Member(path, depth, value, line + indent, unit)},"
                : $"{Member(path, depth, value, null, unit)}, ";
        }

        string outer = string.Concat(Enumerable.Repeat(unit, depth)), inner = line + outer + unit;
        bool isOpen = file[into.Open..into.Close].Contains((byte)'\n');
        return $"{inner}{Member(path, depth, value, inner, unit)}{(isOpen ? "" : line + outer)}";
    }

    /// <param name="path">The names.</param>
    /// <param name="depth">The first of them that is written.</param>
    /// <param name="value">The value of the last.</param>
    /// <param name="line">A line end and the indent of this member; <see langword="null"/> for all on one line.</param>
    /// <param name="unit">One more level of indent.</param>
    private static string Member(IReadOnlyList<string> path, int depth, string value, string? line, string unit)
    {
        string name = JsonText.Quote(path[depth]);
        if (depth == path.Count - 1) return $"{name}: {value}";
        return line is null
            ? $"{name}: {{ {Member(path, depth + 1, value, null, unit)} }}"
            : $"{name}: {{{line}{unit}{Member(path, depth + 1, value, line + unit, unit)}{line}}}";
    }

    /// <summary>The indent of an object's first member, where it stands on a line of its own.</summary>
    private static string? IndentOf(ReadOnlySpan<byte> file, JsonObjectSpan of)
    {
        if (of.Members.Count == 0) return null;
        ReadOnlySpan<byte> before = file[(of.Open + 1)..of.Members[0].Start];
        int line = before.LastIndexOf((byte)'\n');
        return line >= 0 && before[(line + 1)..].IndexOfAnyExcept(" \t"u8) < 0 ? Encoding.UTF8.GetString(before[(line + 1)..]) : null;
    }

    private static byte[] Without(byte[] file, JsonObjectSpan from, JsonMemberSpan member)
    {
        int index = 0;
        while (from.Members[index] != member) index++;
        JsonMemberSpan? before = index > 0 ? from.Members[index - 1] : null;
        int start = member.Start, end = member.End, comma = member.Comma(file), commaBefore = comma < 0 && before is not null ? before.Comma(file) : -1;
        bool isNext = comma >= 0 && file.AsSpan(end, comma - end).IndexOfAnyExcept(" \t\r\n"u8) < 0;
        if (isNext) end = comma + 1;

        while (file[start - 1] is (byte)' ' or (byte)'\t') start--;
        int gap = before is null ? from.Open + 1 : Math.Max(before.End, before.Comma(file) + 1);
        bool isBehindComment = file.AsSpan(gap, start - gap).IndexOfAnyExcept(" \t\r\n"u8) >= 0;
        if (file[start - 1] == '\n' && (!isBehindComment || EndsLine(file.AsSpan(end)))) start -= file[start - 2] == '\r' ? 2 : 1;
        else if (file[start - 1] != '\n' && end < file.Length && file[end] == ' ' && isNext) end++;

        var cut = new JsonEdits(file);
        if (commaBefore >= 0 && commaBefore < start) cut.Remove(commaBefore, 1);
        cut.Remove(start, end - start);
        if (comma >= end) cut.Remove(comma, 1);
        return cut.Apply().ToArray();
    }

    private static bool EndsLine(ReadOnlySpan<byte> rest)
    {
        int text = rest.IndexOfAnyExcept(" \t\r"u8);
        return text >= 0 && rest[text] == '\n';
    }
}
