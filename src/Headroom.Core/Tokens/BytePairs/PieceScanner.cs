using System.Runtime.CompilerServices;
using static Headroom.Tokens.BytePairs.CharacterKind;

namespace Headroom.Tokens.BytePairs;

/// <summary>Splits a text into the pieces that o200k_base encodes one by one.</summary>
/// <remarks>
/// The encoding defines the split by a regular expression with these alternatives, the first that matches winning:
/// <code>
/// 1  [^\r\n\p{L}\p{N}]? [\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]* [\p{Ll}\p{Lm}\p{Lo}\p{M}]+ (?:'s|'t|'re|'ve|'m|'ll|'d)?
/// 2  [^\r\n\p{L}\p{N}]? [\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+ [\p{Ll}\p{Lm}\p{Lo}\p{M}]* (?:'s|'t|'re|'ve|'m|'ll|'d)?
/// 3  \p{N}{1,3}
/// 4  [ ]? [^\s\p{L}\p{N}]+ [\r\n/]*
/// 5  \s* [\r\n]+
/// 6  \s+ (?!\S)
/// 7  \s+
/// </code>
/// Here each is matched by hand, with what backtracking would do worked out, so that a character is looked at twice at most.
/// </remarks>
internal static class PieceScanner
{
    private const CharacterKind Letters = Upper | Lower | Uncased | Mark;
    private const CharacterKind Capitals = Upper | Uncased | Mark;
    private const CharacterKind Smalls = Lower | Uncased | Mark;

    /// <summary>End of the piece that begins at <paramref name="start"/>, which must lie inside the text.</summary>
    internal static int EndOfPiece(ReadOnlySpan<char> text, int start)
    {
        int width = 1;
        CharacterKind kind = CharacterKinds.Table[text[start]];
        if (kind == Surrogate) kind = CharacterKinds.OfSurrogate(text, start, out width);

        switch (kind)
        {
            case Number:
                return EndOfNumber(text, start + width);
            case LineEnd:
                return EndOfWhiteSpace(text, start);
            case Space or Other:
                int next = start + width;
                CharacterKind nextKind = KindAt(text, next);
                if ((nextKind & Letters) != 0) return EndOfWord(text, next, nextKind);
                if (kind == Other) return EndOfPunctuation(text, next);
                if (nextKind == Other && text[start] == ' ') return EndOfPunctuation(text, next);
                return EndOfWhiteSpace(text, start);
            default:
                // A mark may stand as the optional first character too, but the match ends at the same place either way.
                return EndOfWord(text, start, kind);
        }
    }

    /// <summary>Alternatives 1 and 2, behind their optional first character.</summary>
    private static int EndOfWord(ReadOnlySpan<char> text, int start, CharacterKind kind)
    {
        int end = start;
        if (kind != Lower)
        {
            // The capitals are taken greedily. What may count as either is given back if nothing small follows:
            // the piece then ends behind the last such character. All capitals is alternative 2.
            int behindUncased = -1;
            while (true)
            {
                end = SkipRun(text, end, Upper);
                CharacterKind at = KindAt(text, end, out int width);
                if ((at & (Uncased | Mark)) == 0)
                {
                    if (at != Upper) break;
                    end += width;
                    continue;
                }

                end += width;
                behindUncased = end;
            }

            if (KindAt(text, end) == Lower) end = EndOfRun(text, end, Smalls);
            else if (behindUncased >= 0) end = behindUncased;
        }
        else
        {
            end = EndOfRun(text, end, Smalls);
        }

        return end < text.Length && text[end] == '\'' ? EndOfContraction(text, end) : end;
    }

    /// <summary>End of a contraction whose apostrophe is at <paramref name="apostrophe"/>, or the apostrophe if there is none.</summary>
    private static int EndOfContraction(ReadOnlySpan<char> text, int apostrophe)
    {
        ReadOnlySpan<char> rest = text[(apostrophe + 1)..];
        if (rest.IsEmpty) return apostrophe;

        // 0x20 turns an ASCII capital into its small letter; what else it turns is not compared with.
        switch (rest[0] | 0x20)
        {
            case 's' or 't' or 'm' or 'd':
                return apostrophe + 2;
            case 'l' when rest.Length > 1 && (rest[1] | 0x20) == 'l':
            case 'v' or 'r' when rest.Length > 1 && (rest[1] | 0x20) == 'e':
                return apostrophe + 3;
            default:
                return apostrophe;
        }
    }

    /// <summary>Alternative 3, behind its first number.</summary>
    private static int EndOfNumber(ReadOnlySpan<char> text, int end)
    {
        for (int taken = 1; taken < 3; taken++)
        {
            if (KindAt(text, end, out int width) != Number) break;
            end += width;
        }

        return end;
    }

    /// <summary>Alternative 4, behind its optional space or its first character.</summary>
    private static int EndOfPunctuation(ReadOnlySpan<char> text, int start)
    {
        int end = EndOfRun(text, start, Other | Mark);
        while (end < text.Length && text[end] is '\r' or '\n' or '/') end++;
        return end;
    }

    /// <summary>Alternatives 5, 6 and 7.</summary>
    private static int EndOfWhiteSpace(ReadOnlySpan<char> text, int start)
    {
        int end = start;
        int behindLineEnd = -1;
        while (true)
        {
            end = SkipRun(text, end, Space);
            if (end >= text.Length || CharacterKinds.Table[text[end]] != LineEnd) break;
            end++;
            behindLineEnd = end;
        }

        if (behindLineEnd >= 0) return behindLineEnd;

        // Before a word or a symbol the last space is left to it, if it is not the only one.
        return end == text.Length || end - start == 1 ? end : end - 1;
    }

    private static int EndOfRun(ReadOnlySpan<char> text, int index, CharacterKind kinds)
    {
        while (true)
        {
            index = SkipRun(text, index, kinds);
            if (index >= text.Length || CharacterKinds.Table[text[index]] != Surrogate) return index;
            if ((CharacterKinds.OfSurrogate(text, index, out int width) & kinds) == 0) return index;
            index += width;
        }
    }

    /// <summary>Skips characters of the given kinds, stopping at any surrogate.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int SkipRun(ReadOnlySpan<char> text, int index, CharacterKind kinds)
    {
        CharacterKind[] table = CharacterKinds.Table;
        while ((uint)index < (uint)text.Length && (table[text[index]] & kinds) != 0) index++;
        return index;
    }

    /// <summary>Kind of the code point at <paramref name="index"/>; 0 at the end of the text.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static CharacterKind KindAt(ReadOnlySpan<char> text, int index) => KindAt(text, index, out _);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static CharacterKind KindAt(ReadOnlySpan<char> text, int index, out int width)
    {
        width = 1;
        if ((uint)index >= (uint)text.Length) return 0;
        CharacterKind kind = CharacterKinds.Table[text[index]];
        return kind == Surrogate ? CharacterKinds.OfSurrogate(text, index, out width) : kind;
    }
}
