using System.Buffers;
using Headroom.Internal.Json;

namespace Headroom.Compressors.Json;

/// <summary>Which strings may stand without quotes, and where they end. Writer and reader share these rules.</summary>
internal static class Bare
{
    private static readonly SearchValues<char> NeverInside = SearchValues.Create("\0\u0001\u0002\u0003\u0004\u0005\u0006\u0007\b\t\n\u000b\f\r\u000e\u000f\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001a\u001b\u001c\u001d\u001e\u001f\u0085\u2028\u2029\ufeff\"");

    private static readonly SearchValues<char> NotInKeys = SearchValues.Create(" =()[]{}\"`?|,>\u007f");

    /// <summary>Whether a text spells something other than a string when it stands bare.</summary>
    public static bool IsLiteral(ReadOnlySpan<char> text) => text switch
    {
        "true" or "false" or "null" => true,
        _ => text.Length > 0 && (text[0] == '-' || char.IsAsciiDigit(text[0])) && JsonParser.IsNumber(text),
    };

    /// <summary>Whether a string may stand bare between blanks: no blank in it, and its brackets balanced.</summary>
    /// <param name="text">The text.</param>
    /// <param name="isTyped">Whether the field is known to hold strings, so that a number is not mistaken.</param>
    public static bool IsWord(ReadOnlySpan<char> text, bool isTyped = false) =>
        StartsPlain(text) && IsTail(text) && (isTyped ? text is not "null" : !IsLiteral(text));

    /// <summary>Whether a text may follow a reference within a word.</summary>
    public static bool IsTail(ReadOnlySpan<char> text) => text.IndexOfAny(NeverInside) < 0 && WordLength(text) == text.Length;

    /// <summary>Whether a text may follow a reference within a cell.</summary>
    public static bool IsCellTail(ReadOnlySpan<char> text, char separator) => text.IndexOfAny(NeverInside) < 0 && !text.Contains(separator) && text[^1] != ' ';

    /// <summary>Whether a text may stand bare in a cell of a table.</summary>
    /// <param name="text">The text.</param>
    /// <param name="separator">What separates cells.</param>
    /// <param name="isTyped">Whether the column is known to hold strings, so that a number is not mistaken.</param>
    public static bool IsCell(ReadOnlySpan<char> text, char separator, bool isTyped)
    {
        if (!StartsPlain(text) || text.IndexOfAny(NeverInside) >= 0 || text.Contains(separator) || text[^1] == ' ') return false;
        return isTyped ? text is not "null" : !IsLiteral(text);
    }

    /// <summary>Whether a key may stand bare before an equals sign.</summary>
    public static bool IsKey(ReadOnlySpan<char> key) =>
        key.Length > 0 && key.IndexOfAny(NotInKeys) < 0 && key.IndexOfAny(NeverInside) < 0 && key[0] is not ('$' or '#') && JsonText.IsWellFormed(key);

    /// <summary>Whether a key may stand bare as a segment of a path.</summary>
    public static bool IsSegment(ReadOnlySpan<char> key) => IsKey(key) && !key.Contains('.') && !char.IsWhiteSpace(key[^1]);

    /// <summary>How far a bare word goes: to the next blank or line end, or to a bracket that closes something outside it.</summary>
    public static int WordLength(ReadOnlySpan<char> text)
    {
        int depth = 0;
        for (int i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case ' ' or '\n': return i;
                case '(' or '[' or '{': depth++; break;
                case ')' or ']' or '}':
                    if (depth-- == 0) return i;
                    break;
            }
        }

        return depth == 0 ? text.Length : -1;
    }

    /// <summary>Whether no mark of the notation begins the text, so that a string may.</summary>
    private static bool StartsPlain(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty) return false;
        switch (text[0])
        {
            case '"' or '{' or '[' or '(' or '^' or '$' or '`' or '*' or '>' or ' ': return false;
            case '-' when text.Length == 1: return false;
            case '@' when text.Length > 1 && text[1..].TrimStart("s24p") is ['{' or '[', ..]: return false;
            case 'r' when text.StartsWith("rows", StringComparison.Ordinal): return false;
        }

        return JsonText.IsWellFormed(text);
    }
}
