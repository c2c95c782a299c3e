namespace Headroom.Internal.Code;

/// <summary>What <c>git blame</c> puts before a line: <c>fba79ae5 (Ada 2024-05-01 09:00:00 +0200  12) </c>, or only <c>fba79ae5  12) </c>.</summary>
internal static class BlamePrefix
{
    /// <summary>Letters an abbreviated commit has at least.</summary>
    private const int MinHash = 7;

    /// <summary>Names of files and authors end before.</summary>
    private const int MaxLength = 200;

    /// <summary>Cuts the prefixes off where most lines have one.</summary>
    public static bool TryStrip(string[] lines)
    {
        int with = 0;
        foreach (string line in lines) with += Length(line) > 0 ? 1 : 0;
        if (with < 4 || with * 2 <= lines.Length) return false;
        for (int i = 0; i < lines.Length; i++) lines[i] = lines[i][Length(lines[i])..];
        return true;
    }

    private static int Length(ReadOnlySpan<char> line)
    {
        int hash = line.StartsWith("^") ? 1 : 0, end = hash;
        while (end < line.Length && char.IsAsciiHexDigitLower(line[end])) end++;
        if (end - hash < MinHash || end == line.Length || line[end] != ' ') return 0;
        int limit = Math.Min(line.Length, MaxLength);
        for (int close = end + 2; close < limit; close++)
        {
            if (line[close] == ')' && char.IsAsciiDigit(line[close - 1])) return close + 1 < line.Length && line[close + 1] == ' ' ? close + 2 : close + 1;
        }

        return 0;
    }
}
