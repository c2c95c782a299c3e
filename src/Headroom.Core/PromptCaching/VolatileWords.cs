using System.Buffers;

namespace Headroom.PromptCaching;

/// <summary>Recognises a volatile text that begins with a given word, or whose label does. Looks at a bounded number of characters around it.</summary>
internal static class VolatileWords
{
    /// <summary>A shorter run of hexadecimal digits may be a colour, a key code or a word.</summary>
    private const int ShortestHash = 16;

    /// <summary>Examples are announced within the same sentence.</summary>
    private const int ExampleReach = 48;

    private static readonly SearchValues<char> s_ulidCharacters = SearchValues.Create("0123456789ABCDEFGHJKMNPQRSTVWXYZ");
    private static readonly string[] s_examples = ["e.g", "example", "such as", "for instance", "format", "sample", "like ", "i.e"];
    private static readonly string[] s_documentedGuids = ["123e4567-e89b-12d3-a456-426614174000", "550e8400-e29b-41d4-a716-446655440000"];

    /// <summary>Reads a volatile text at a word.</summary>
    /// <param name="text">The text.</param>
    /// <param name="at">Where the word begins.</param>
    /// <param name="end">Where it ends.</param>
    /// <param name="isKnownToDiffer">Whether something here is known to have changed, so that doubts do not count.</param>
    /// <param name="found">What was found; it may begin behind the word, when that is its label.</param>
    public static bool TryRead(ReadOnlySpan<char> text, int at, int end, bool isKnownToDiffer, out VolatileText found)
    {
        found = default;
        ReadOnlySpan<char> word = text[at..end];
        if (!isKnownToDiffer && VolatileLabels.TryRead(text, at, end, out found)) return !IsExample(text, at);
        if (IsGuid(text, at, end)) found = new VolatileText(VolatileTextKind.Uuid, at, 36);
        else if (IsUlid(word)) found = new VolatileText(VolatileTextKind.Uuid, at, word.Length);
        else if (DateReader.TryRead(text, at, out ReadDate date) && (isKnownToDiffer || date is { HasDate: true, HasTime: true, IsMidnight: false }))
            found = new VolatileText(date.HasDate ? date.HasTime ? VolatileTextKind.DateTime : VolatileTextKind.Date : VolatileTextKind.Time, at, date.Length);
        else if (word.Length >= ShortestHash && IsHash(word) && (isKnownToDiffer || !IsPartOfName(text, at)))
            found = new VolatileText(VolatileTextKind.RandomText, at, word.Length);
        else if (isKnownToDiffer) found = OfUnlabelled(word, at);
        return found.Length > 0 && (isKnownToDiffer || !(IsExample(text, at) || IsDocumented(text, found)));
    }

    /// <summary>What a word is when it is known to have changed; of no length when it is just a word.</summary>
    private static VolatileText OfUnlabelled(ReadOnlySpan<char> word, int at)
    {
        if (word.IndexOfAnyExceptInRange('0', '9') < 0)
            return new VolatileText(VolatileLabels.IsUnixTime(word) ? VolatileTextKind.UnixTime : VolatileTextKind.Counter, at, word.Length);
        // Ids have digits among their letters; twelve characters are longer than what people name so.
        return word.Length >= 12 && word.ContainsAnyInRange('0', '9') ? new VolatileText(VolatileTextKind.RandomText, at, word.Length) : default;
    }

    private static bool IsGuid(ReadOnlySpan<char> text, int at, int end) =>
        end - at == 8 && end < text.Length && text[end] == '-' && text.Length - at >= 36 && Guid.TryParseExact(text.Slice(at, 36), "D", out Guid guid)
            && (text.Length - at == 36 || !char.IsAsciiLetterOrDigit(text[at + 36])) && guid.Version is >= 1 and <= 8;

    private static bool IsUlid(ReadOnlySpan<char> word) => word.Length == 26 && word[0] is '0' && word.IndexOfAnyExcept(s_ulidCharacters) < 0 && word.ContainsAnyInRange('A', 'Z');

    /// <summary>Hexadecimal digits of one case, in which letters and digits are mixed as chance mixes them.</summary>
    private static bool IsHash(ReadOnlySpan<char> word)
    {
        int digits = 0, lower = 0, upper = 0;
        foreach (char c in word)
        {
            if (char.IsAsciiDigit(c)) digits++;
            else if (c is >= 'a' and <= 'f') lower++;
            else if (c is >= 'A' and <= 'F') upper++;
            else return false;
        }

        // Of random hexadecimal digits three in eight are letters; where either kind is less than a sixth, it was hardly chance.
        return (lower == 0 || upper == 0) && digits * 6 >= word.Length && (lower + upper) * 6 >= word.Length;
    }

    /// <summary>Hashes in paths, and those that are named as checksums or commits, are there to stay.</summary>
    private static bool IsPartOfName(ReadOnlySpan<char> text, int at)
    {
        if (at > 0 && text[at - 1] is '/' or '@' or '#' or '-' or '_' or ':') return true;
        ReadOnlySpan<char> before = text[Math.Max(0, at - 16)..at];
        return before.Contains("sha", StringComparison.OrdinalIgnoreCase) || before.Contains("commit", StringComparison.OrdinalIgnoreCase)
            || before.Contains("hash", StringComparison.OrdinalIgnoreCase) || before.Contains("sum", StringComparison.OrdinalIgnoreCase);
    }

    private static bool IsExample(ReadOnlySpan<char> text, int at)
    {
        ReadOnlySpan<char> before = text[Math.Max(0, at - ExampleReach)..at];
        before = before[(before.LastIndexOf('\n') + 1)..];
        foreach (string word in s_examples)
        {
            if (before.Contains(word, StringComparison.OrdinalIgnoreCase)) return true;
        }

        return false;
    }

    private static bool IsDocumented(ReadOnlySpan<char> text, VolatileText found)
    {
        if (found.Kind != VolatileTextKind.Uuid) return false;
        foreach (string guid in s_documentedGuids)
        {
            if (text.Slice(found.Offset, found.Length).Equals(guid, StringComparison.OrdinalIgnoreCase)) return true;
        }

        return false;
    }
}
