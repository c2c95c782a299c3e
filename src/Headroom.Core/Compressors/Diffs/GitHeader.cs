using System.Text;

namespace Headroom.Compressors.Diffs;

/// <summary>The lines git prints above the hunks of a file, which name the file four times, as one line.</summary>
/// <remarks>
/// <code>
/// diff src/Cart.cs index 4b73d52..bc5461a            changed; the mode is 100644 unless it stands behind
/// diff src/Cart.cs new bc5461a 100755                added
/// diff src/Cart.cs deleted 4b73d52                   removed
/// diff src/Cart.cs binary 4b73d52..bc5461a           changed, and not text
/// diff src/Cart.cs => src/Basket.cs 97% 4b73d52..bc5461a    renamed and changed; without hashes when only renamed
/// </code>
/// </remarks>
internal static class GitHeader
{
    public const string Start = "diff ";
    private const string Git = "diff --git a/", Index = "index ", Usual = "100644", NoFile = "/dev/null", Arrow = " => ";

    /// <summary>A header has at most this many lines.</summary>
    private const int MaxLines = 7;

    /// <summary>The one line for the header that starts at <paramref name="at"/>, and how many lines it stands for.</summary>
    public static string? Shorten(IReadOnlyList<string> lines, int at, out int count)
    {
        count = 0;
        if (!lines[at].StartsWith(Git, StringComparison.Ordinal)) return null;
        string? line = Read([.. lines.Skip(at).Take(MaxLines)]);
        if (line is null || Expand(line) is not { } back || at + back.Count > lines.Count) return null;
        for (int i = 0; i < back.Count; i++)
        {
            if (back[i] != lines[at + i]) return null;
        }

        count = back.Count;
        return line;
    }

    /// <summary>The lines behind one line; <see langword="null"/> when it is none.</summary>
    public static List<string>? Expand(string line)
    {
        if (!line.StartsWith(Start, StringComparison.Ordinal)) return null;
        string[] words = line.Split(' ');
        for (int i = words.Length - 1; i >= 2 && i >= words.Length - 3; i--)
        {
            string path = string.Join(' ', words[1..i]);
            string[] rest = words[(i + 1)..];
            if (words[i] is "index" or "binary" && rest.Length is 1 or 2 && rest[0].Contains("..", StringComparison.Ordinal)) return Changed(path, words[i], rest[0], rest.Length > 1 ? rest[1] : Usual);
            if (words[i] is "new" or "deleted" && rest.Length is 1 or 2) return AddedOrRemoved(path, words[i], rest[0], rest.Length > 1 ? rest[1] : Usual);
            if (words[i].EndsWith('%') && rest.Length <= 2) return Renamed(path, words[i], rest);
        }

        return null;
    }

    private static string? Read(string[] lines)
    {
        if (lines.Length < 3) return null;
        string both = lines[0][Git.Length..];
        if (lines[1].StartsWith("similarity index ", StringComparison.Ordinal))
        {
            if (lines.Length < 4 || !lines[2].StartsWith("rename from ", StringComparison.Ordinal) || !lines[3].StartsWith("rename to ", StringComparison.Ordinal)) return null;
            string renamed = $"{Start}{lines[2]["rename from ".Length..]}{Arrow}{lines[3]["rename to ".Length..]} {lines[1]["similarity index ".Length..]}";
            return lines.Length > 4 && lines[4].StartsWith(Index, StringComparison.Ordinal) ? $"{renamed} {WithoutUsual(lines[4][Index.Length..])}" : renamed;
        }

        int half = (both.Length - " b/".Length) / 2; // "P b/P"
        if (half <= 0) return null;
        string path = both[..half];
        string created = After(lines[1], "new file mode "), deleted = After(lines[1], "deleted file mode ");
        if (created.Length + deleted.Length > 0)
        {
            if (!lines[2].StartsWith(Index, StringComparison.Ordinal)) return null;
            string[] hashes = lines[2][Index.Length..].Split("..");
            if (hashes.Length != 2) return null;
            string mode = created + deleted;
            return $"{Start}{path} {(created.Length > 0 ? "new" : "deleted")} {(created.Length > 0 ? hashes[1] : hashes[0])}{(mode == Usual ? "" : " " + mode)}";
        }

        if (!lines[1].StartsWith(Index, StringComparison.Ordinal)) return null;
        string how = lines[2].StartsWith("Binary files ", StringComparison.Ordinal) ? "binary" : "index";
        return $"{Start}{path} {how} {WithoutUsual(lines[1][Index.Length..])}";
    }

    private static List<string> Changed(string path, string how, string hashes, string mode)
    {
        List<string> lines = [$"{Git}{path} b/{path}", $"{Index}{hashes} {mode}"];
        if (how == "binary") lines.Add($"Binary files a/{path} and b/{path} differ");
        else lines.AddRange([Side('-', "a/" + path), Side('+', "b/" + path)]);
        return lines;
    }

    private static List<string> AddedOrRemoved(string path, string how, string hash, string mode)
    {
        string zeros = new('0', hash.Length);
        bool added = how == "new";
        return
        [
            $"{Git}{path} b/{path}",
            $"{how} file mode {mode}",
            Index + (added ? $"{zeros}..{hash}" : $"{hash}..{zeros}"),
            Side('-', added ? NoFile : "a/" + path),
            Side('+', added ? "b/" + path : NoFile),
        ];
    }

    private static List<string>? Renamed(string paths, string similarity, string[] rest)
    {
        int arrow = paths.IndexOf(Arrow, StringComparison.Ordinal);
        if (arrow < 0) return null;
        string from = paths[..arrow], to = paths[(arrow + Arrow.Length)..];
        List<string> lines = [$"{Git}{from} b/{to}", "similarity index " + similarity, "rename from " + from, "rename to " + to];
        if (rest.Length > 0) lines.AddRange([$"{Index}{rest[0]} {(rest.Length > 1 ? rest[1] : Usual)}", Side('-', "a/" + from), Side('+', "b/" + to)]);
        return lines;
    }

    /// <summary>git puts a tab behind names with spaces.</summary>
    private static string Side(char sign, string path)
    {
        var line = new StringBuilder().Append(sign, 3).Append(' ').Append(path);
        return (path.Contains(' ', StringComparison.Ordinal) ? line.Append('\t') : line).ToString();
    }

    private static string After(string line, string start) => line.StartsWith(start, StringComparison.Ordinal) ? line[start.Length..] : "";

    private static string WithoutUsual(string index) => index.EndsWith(" " + Usual, StringComparison.Ordinal) ? index[..^(Usual.Length + 1)] : index;
}
