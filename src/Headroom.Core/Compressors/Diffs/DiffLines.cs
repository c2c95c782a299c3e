using Headroom.Internal.Lines;

namespace Headroom.Compressors.Diffs;

/// <summary>Says of each line of a diff what it is: git's diffs, logs, merges and mailed patches, <c>diff -ru</c>, Subversion.</summary>
/// <remarks>
/// Hunks are as long as their headers announce, so that a removed SQL comment (<c>--- old</c>) is not taken for a file's name. Where a header
/// is wrong or missing, signs decide.
/// </remarks>
internal sealed class DiffLines
{
    private readonly LineList _lines;
    private HunkHeader? _hunk;
    private bool _named, _inMessage, _inBlob;

    /// <summary>Whether lines with signs may follow though no header announces them: at the beginning of a part of a diff, and behind a hunk.</summary>
    private bool _loose = true;

    private DiffLines(LineList lines, int count)
    {
        _lines = lines;
        Kinds = new DiffLineKind[count];
        for (int i = 0; i < count; i++) Kinds[i] = Next(i, lines[i]);
    }

    /// <summary>One for each line.</summary>
    public DiffLineKind[] Kinds { get; }

    public static DiffLineKind[] Read(LineList lines, int count) => new DiffLines(lines, count).Kinds;

    private DiffLineKind Next(int at, ReadOnlySpan<char> line)
    {
        if (_hunk is { IsOver: false } && HunkHeader.CanHold(line)) return _hunk.Count(line);
        if (line.StartsWith("\\ ")) return DiffLineKind.Context;
        if (HunkHeader.Read(line) is { } hunk)
        {
            (_hunk, _named, _loose, _inMessage, _inBlob) = (hunk, false, true, false, false);
            return DiffLineKind.Hunk;
        }

        if (IsFile(at, line, out DiffLineKind kind) || IsCommit(line, out kind)) return kind;
        if (_inBlob) return line.IsWhiteSpace() ? DiffLineKind.Other : DiffLineKind.Blob;
        if (_inMessage) return DiffLineKind.Message;
        if (_loose && line.Length > 0 && line.TrimEnd('\r') is not "-- ") // the line above a mail's signature
        {
            if (line[0] == '+') return DiffLineKind.Added;
            if (line[0] == '-') return DiffLineKind.Removed;
            if (line[0] is ' ' or '\t') return DiffLineKind.Context;
        }

        return DiffLineKind.Other;
    }

    private bool IsFile(int at, ReadOnlySpan<char> line, out DiffLineKind kind)
    {
        bool pair = line.StartsWith("--- ") && at + 1 < Kinds.Length && _lines[at + 1].StartsWith("+++ ");
        bool second = line.StartsWith("+++ ") && at > 0 && Kinds[at - 1] is DiffLineKind.File or DiffLineKind.FileAgain && _lines[at - 1].StartsWith("--- ");
        kind = line switch
        {
            _ when line.StartsWith("diff -") || line.StartsWith("Index: ") => DiffLineKind.File,
            _ when pair && !_named => DiffLineKind.File,
            _ when second => Kinds[at - 1],
            _ when pair || (_named && (line.StartsWith("index ") || line.StartsWith("====="))) => DiffLineKind.FileAgain,
            _ when line.StartsWith("Only in ") || line.StartsWith("Binary files ") || line.StartsWith("Property changes on: ") || line.StartsWith("GIT binary patch") => DiffLineKind.FileDetail,
            _ when _named && IsDetail(line) => DiffLineKind.FileDetail,
            _ => DiffLineKind.Other,
        };
        if (kind == DiffLineKind.Other) return false;
        if (line.StartsWith("GIT binary patch")) _inBlob = true;
        else if (kind == DiffLineKind.File) (_named, _inBlob) = (!line.StartsWith("--- ") && !second, false);
        (_hunk, _loose, _inMessage) = (null, false, false);
        return true;
    }

    private static bool IsDetail(ReadOnlySpan<char> line) =>
        line.StartsWith("new ") || line.StartsWith("deleted ") || line.StartsWith("old mode ") || line.StartsWith("rename ") || line.StartsWith("copy ")
        || line.StartsWith("similarity ") || line.StartsWith("dissimilarity ") || line.StartsWith("mode ");

    private bool IsCommit(ReadOnlySpan<char> line, out DiffLineKind kind)
    {
        kind = DiffLineKind.Commit;
        bool log = line.StartsWith("commit ") && IsHash(line[7..]), mail = line.StartsWith("From ") && IsHash(line[5..]);
        if (!log && !mail) return false;
        (_hunk, _named, _loose, _inMessage, _inBlob) = (null, false, false, true, false);
        return true;
    }

    /// <summary>Whether a text begins with seven hexadecimal digits or more, as git shortens hashes.</summary>
    private static bool IsHash(ReadOnlySpan<char> text)
    {
        int digits = 0;
        while (digits < text.Length && char.IsAsciiHexDigitLower(text[digits])) digits++;
        return digits >= 7;
    }
}
