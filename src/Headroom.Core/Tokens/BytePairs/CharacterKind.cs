using System.Globalization;

namespace Headroom.Tokens.BytePairs;

/// <summary>What the o200k_base split pattern asks about a character. Every character has exactly one kind.</summary>
[Flags]
internal enum CharacterKind : byte
{
    /// <summary>One half of a surrogate pair: the code point decides.</summary>
    Surrogate = 0,

    /// <summary>Upper- or titlecase letter (Lu, Lt).</summary>
    Upper = 1,

    /// <summary>Lowercase letter (Ll).</summary>
    Lower = 2,

    /// <summary>Letter without case (Lm, Lo).</summary>
    Uncased = 4,

    /// <summary>Combining mark (M).</summary>
    Mark = 8,

    /// <summary>Number (N).</summary>
    Number = 16,

    /// <summary>White space that does not end a line.</summary>
    Space = 32,

    /// <summary>Carriage return or line feed.</summary>
    LineEnd = 64,

    /// <summary>Everything else: punctuation, symbols, controls, unassigned code points, lone surrogates.</summary>
    Other = 128,
}

/// <summary>Looks up the kind of a character.</summary>
internal static class CharacterKinds
{
    /// <summary>One entry for every UTF-16 code unit: 64 KB, of which plain text touches two cache lines.</summary>
    internal static readonly CharacterKind[] Table = BuildTable();

    /// <summary>Kind of the code point at <paramref name="index"/>, where the table says <see cref="CharacterKind.Surrogate"/>.</summary>
    internal static CharacterKind OfSurrogate(ReadOnlySpan<char> text, int index, out int width)
    {
        char high = text[index];
        if (char.IsHighSurrogate(high) && index + 1 < text.Length && char.IsLowSurrogate(text[index + 1]))
        {
            width = 2;
            return Of(CharUnicodeInfo.GetUnicodeCategory(char.ConvertToUtf32(high, text[index + 1])));
        }

        width = 1;
        return CharacterKind.Other;
    }

    private static CharacterKind[] BuildTable()
    {
        var table = new CharacterKind[char.MaxValue + 1];
        for (int unit = 0; unit < table.Length; unit++) table[unit] = Of(CharUnicodeInfo.GetUnicodeCategory((char)unit));

        // The white space of the reference implementation (ECMAScript): category Zs, the ASCII controls and U+2028, U+2029, U+FEFF;
        // not U+0085, which Unicode counts in.
        foreach (char space in "\t\v\f\u2028\u2029\uFEFF") table[space] = CharacterKind.Space;
        table['\r'] = table['\n'] = CharacterKind.LineEnd;
        return table;
    }

    private static CharacterKind Of(UnicodeCategory category) => category switch
    {
        UnicodeCategory.UppercaseLetter or UnicodeCategory.TitlecaseLetter => CharacterKind.Upper,
        UnicodeCategory.LowercaseLetter => CharacterKind.Lower,
        UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter => CharacterKind.Uncased,
        UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark => CharacterKind.Mark,
        UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber => CharacterKind.Number,
        UnicodeCategory.SpaceSeparator => CharacterKind.Space,
        UnicodeCategory.Surrogate => CharacterKind.Surrogate,
        _ => CharacterKind.Other,
    };
}
