using Headroom.Internal.Json;

namespace Headroom.Internal.Python;

/// <summary>Values that a repr shows without quotes and that JSON does not know: calls, bytes, objects in angle brackets, numbers that are none.</summary>
internal static class ReprBare
{
    /// <summary>Whether a whole text is one such value, so that a writer which may leave quotes away does so.</summary>
    public static bool IsValue(ReadOnlySpan<char> text) => text.Length > 0 && Length(text, areTuples: true) == text.Length;

    /// <summary>Whether a whole text may be a key without quotes.</summary>
    public static bool IsKey(ReadOnlySpan<char> text) => text is "True" or "False" or "None" || JsonParser.IsNumber(text) || IsValue(text);

    /// <summary>How long the bare value at the start of a text is; 0 when there is none, -1 when the text ends inside it.</summary>
    /// <param name="text">The text.</param>
    /// <param name="areTuples">Whether a tuple counts as one.</param>
    public static int Length(ReadOnlySpan<char> text, bool areTuples)
    {
        if (text.IsEmpty) return 0;
        switch (text[0])
        {
            case '(': return areTuples ? Balanced(text, 0) : 0;
            case '<': return Balanced(text, 0);
            case '-': return text.StartsWith("-inf", StringComparison.Ordinal) ? 4 : 0;
            case 'b' when text.Length > 1 && text[1] is '\'' or '"':
                int end = StringEnd(text, 1);
                return end < 0 ? -1 : end;
        }

        if (!char.IsAsciiLetter(text[0]) && text[0] != '_') return 0;
        int name = 1;
        while (name < text.Length && (char.IsAsciiLetterOrDigit(text[name]) || text[name] is '_' or '.')) name++;
        if (name == text.Length) return text is "nan" or "inf" ? name : -1;
        if (text[name] == '(') return Balanced(text, name);
        return text[..name] is "nan" or "inf" ? name : 0;
    }

    /// <summary>Where the string that starts at <paramref name="at"/> ends, exclusive; -1 when the text ends before it does.</summary>
    public static int StringEnd(ReadOnlySpan<char> text, int at)
    {
        char quote = text[at];
        for (int i = at + 1; i < text.Length; i++)
        {
            int next = text[i..].IndexOfAny(quote, '\\');
            if (next < 0) return -1;
            i += next;
            if (text[i] == quote) return i + 1;
            i++; // the escaped character
        }

        return -1;
    }

    /// <summary>Where the bracket at <paramref name="at"/> is closed, exclusive. Strings are stepped over; what is in a bracket stays on its line.</summary>
    private static int Balanced(ReadOnlySpan<char> text, int at)
    {
        Span<char> open = stackalloc char[ReprStyle.MaxDepth];
        int depth = 0;
        for (int i = at; i < text.Length; i++)
        {
            char c = text[i];
            switch (c)
            {
                case '\n': return 0;
                case '\'' or '"':
                    i = StringEnd(text, i) - 1;
                    if (i < 0) return -1;
                    break;
                case '(' or '[' or '{' or '<':
                    if (depth == open.Length) return 0;
                    open[depth++] = c switch { '(' => ')', '[' => ']', '{' => '}', _ => '>' };
                    break;
                case ')' or ']' or '}' or '>':
                    if (open[--depth] != c) return 0;
                    if (depth == 0) return i + 1;
                    break;
            }
        }

        return -1;
    }
}
