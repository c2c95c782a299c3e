using Headroom.Internal.Lines;
using Headroom.Internal.Selection;

namespace Headroom.Compressors.Diffs;

/// <summary>Rates the lines of a hunk of a lock file: which package went from which version to which; not hashes and addresses.</summary>
/// <remarks>Knows no format: versions, hashes and indentation look alike in all of them.</remarks>
internal sealed class LockFileHunk(LineList lines, DiffLineKind[] kinds, LineBudget selection)
{
    /// <summary>Ranges in which packages ask for each other: they follow from the versions.</summary>
    private const int Requirement = 34;

    /// <summary>Characters from which a word is a hash or an address: SHA-1 in hexadecimal has 40, MD5 32.</summary>
    private const int LongWord = 32;

    /// <summary>Lines that are looked back for the package a version belongs to; git shows three of context.</summary>
    private const int MaxBack = 40;

    public void Rate(int first, int last)
    {
        int requirements = -1; // indentation of the block of requirements that is open
        for (int i = first; i <= last; i++)
        {
            ReadOnlySpan<char> line = Body(i);
            int indent = Indent(line);
            if (requirements >= 0 && !line.IsWhiteSpace() && indent <= requirements) requirements = -1;
            if (OpensRequirements(line)) requirements = indent;
            else if (kinds[i] is not (DiffLineKind.Added or DiffLineKind.Removed) || IsNoise(line)) continue;
            else if (requirements >= 0) selection.Raise(i, Requirement);
            else PinWithPackage(i, first, indent);
        }
    }

    private void PinWithPackage(int at, int first, int indent)
    {
        if (Body(at).Trim() is [] or [_] or [_, ',']) return; // a bracket
        selection.Pin(at);
        for (int i = at - 1; i >= Math.Max(first, at - MaxBack); i--)
        {
            ReadOnlySpan<char> line = Body(i);
            if (line.IsWhiteSpace()) continue;
            bool above = Indent(line) < indent, beside = Indent(line) == indent && line.TrimStart().StartsWith("name");
            if (above || beside) selection.Pin(i);
            if (above || beside) return;
        }
    }

    private static bool OpensRequirements(ReadOnlySpan<char> line)
    {
        line = line.TrimEnd();
        return line.Length > 0 && line[^1] is '{' or ':' or '[' && (line.Contains("dependencies", StringComparison.OrdinalIgnoreCase) || line.Contains("requires", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>A hash or an address, and no version beside it.</summary>
    private static bool IsNoise(ReadOnlySpan<char> line)
    {
        bool longWord = false;
        foreach (Range range in line.SplitAny(" \"',\t{}()[]"))
        {
            ReadOnlySpan<char> word = line[range];
            if (word.Length >= LongWord || word.Contains("://", StringComparison.Ordinal)) longWord = true;
            else if (IsVersion(word)) return false;
        }

        return longWord;
    }

    private static bool IsVersion(ReadOnlySpan<char> word)
    {
        word = word.TrimStart("^~>=<v@!:");
        return word.Length > 2 && char.IsAsciiDigit(word[0]) && word.Contains('.');
    }

    private ReadOnlySpan<char> Body(int line) => lines[line].Length > 0 ? lines[line][1..] : default;

    private static int Indent(ReadOnlySpan<char> line) => Math.Max(0, line.IndexOfAnyExcept(' ', '\t'));
}
