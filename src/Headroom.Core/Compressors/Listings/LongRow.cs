namespace Headroom.Compressors.Listings;

/// <summary>One line of <c>ls -l</c> as words.</summary>
/// <param name="Words">Mode, links, owner, group, size, then the words of the date.</param>
/// <param name="Name">The rest of the line.</param>
internal sealed record LongRow(string[] Words, string Name)
{
    public const int Mode = 0, Links = 1, User = 2, Group = 3, Size = 4, Day = 5;

    /// <summary>As <c>chown</c> takes it.</summary>
    public string Owner => Words[User] + ":" + Words[Group];

    /// <summary>Takes a line apart; <see langword="null"/> when it is none.</summary>
    public static LongRow? Read(string line)
    {
        if (line.Length < 20 || !FileMode.IsLong(line) || line[10] is not (' ' or '.' or '+' or '@')) return null;
        var words = new List<string>(8);
        int i = 0;
        while (words.Count < 5)
        {
            if (!TryWord(line, ref i, out string word)) return null;
            words.Add(word);
        }

        if (words[User].Contains(':', StringComparison.Ordinal) || words[Group].Contains(':', StringComparison.Ordinal) || !char.IsAsciiDigit(words[Links][0]) || !char.IsAsciiDigit(words[Size][0])) return null;
        int dateWords = DateWords(line.AsSpan(i).TrimStart(' '));
        for (; dateWords > 0; dateWords--)
        {
            if (!TryWord(line, ref i, out string word)) return null;
            words.Add(word);
        }

        return words.Count == 5 || i + 1 >= line.Length ? null : new LongRow([.. words], line[(i + 1)..]);
    }

    /// <summary><c>2026-05-09 07:29</c>, the same with seconds and zone, or <c>May  9 07:29</c> and <c>May  9  2024</c> in any language.</summary>
    private static int DateWords(ReadOnlySpan<char> rest)
    {
        if (rest.Length < 10) return 0;
        if (rest[4] != '-' || rest[7] != '-') return 3;
        return rest.Length > 30 && rest[10] == ' ' && rest[19] == '.' ? 3 : 2;
    }

    private static bool TryWord(string line, ref int i, out string word)
    {
        while (i < line.Length && line[i] == ' ') i++;
        int start = i;
        while (i < line.Length && line[i] is not (' ' or '\t')) i++;
        word = line[start..i];
        return word.Length > 0;
    }
}
