using System.Buffers;

namespace Headroom.Internal.Code;

/// <summary>Guesses from one line alone what it declares: for texts in no known language, or in several.</summary>
/// <remarks>Tolerant: a wrong guess shows a line too many or too few, and every line can be fetched.</remarks>
internal static class LineGuess
{
    private static readonly HashSet<string> TypeWords = new(StringComparer.Ordinal)
    {
        "class", "struct", "interface", "enum", "record", "trait", "impl", "namespace", "module", "object", "type", "union", "protocol", "extension", "mod",
    };

    private static readonly HashSet<string> MemberWords = new(StringComparer.Ordinal) { "def", "func", "fn", "function", "fun", "sub", "proc", "constructor", "macro_rules" };

    private static readonly HashSet<string> Modifiers = new(StringComparer.Ordinal)
    {
        "public", "private", "protected", "internal", "static", "abstract", "sealed", "override", "virtual", "async", "readonly", "const", "export", "default", "pub", "final", "extern", "inline",
        "partial", "unsafe", "let", "var", "val", "native", "synchronized", "constexpr", "typedef",
    };

    private static readonly HashSet<string> Control = new(StringComparer.Ordinal)
    {
        "if", "for", "while", "switch", "catch", "return", "else", "using", "lock", "foreach", "throw", "new", "await", "case", "do", "try", "elif", "with", "match", "loop", "finally", "yield",
        "assert", "print", "and", "or", "not", "in", "is", "when", "select", "go", "defer", "goto", "break", "continue", "delete", "typeof", "sizeof", "super", "this", "self", "except", "raise",
    };

    private static readonly SearchValues<string> Imports = SearchValues.Create(
        ["using ", "import ", "from ", "#include", "package ", "require(", "use ", "extern crate", "global using "], StringComparison.Ordinal);

    /// <summary>What a line is, and the name it declares, or empty. <paramref name="below"/> is the next line that is not blank.</summary>
    public static (LineKind Kind, string Name) Of(ReadOnlySpan<char> line, ReadOnlySpan<char> below)
    {
        int indent = line.IndexOfAnyExcept(' ', '\t');
        line = line.Trim();
        if (line.IsEmpty) return (LineKind.Blank, "");
        if (line.StartsWith("//") || line.StartsWith("/*") || line[0] == '*' || (line[0] == '#' && (line.Length == 1 || line[1] is ' ' or '#' or '!')) || line.StartsWith("--")) return (LineKind.Comment, "");
        if (line.IndexOfAny(Imports) == 0 && !line.EndsWith("{")) return (LineKind.Import, "");
        if (line.StartsWith("#define ")) return (line.IndexOf('(') > 0 ? LineKind.Member : LineKind.Field, LeadingWords(line[8..], out _) is { Count: > 0 } macro ? macro[0] : "");
        if (line.StartsWith("template<") || line.StartsWith("template <") || line[0] == '@' || (line[0] == '[' && line[^1] == ']') || line.StartsWith("#[")) return (LineKind.Decorator, "");
        if (line.StartsWith("exports.") || line.StartsWith("module.exports")) return (LineKind.Field, "");
        List<string> words = LeadingWords(line, out int end);
        if (words.Count == 0 || Control.Contains(words[0])) return (LineKind.Other, "");
        for (int i = 0; i < words.Count; i++)
        {
            bool isType = TypeWords.Contains(words[i]);
            if ((isType || MemberWords.Contains(words[i])) && (i + 1 < words.Count || words[i] is "impl" or "func" or "constructor"))
                return (isType ? LineKind.Type : LineKind.Member, NameAfter(line, words[i]));
            if (!Modifiers.Contains(words[i])) break;
        }

        ReadOnlySpan<char> rest = line[end..];
        bool opens = line[^1] == '{' || below.TrimStart().StartsWith("{") || line.Contains("=> ", StringComparison.Ordinal) || line.EndsWith("=>");
        bool modified = Modifiers.Contains(words[0]);
        if (rest.StartsWith("(") && opens && (words.Count > 1 || indent > 0) && line[^1] != ',') return (LineKind.Member, words[^1]);
        if (rest.StartsWith("(") && modified && words.Count > 1) return (LineKind.Member, words[^1]);
        if (rest.StartsWith("(") && words.Count == 1 && indent > 0 && line.Contains("): ", StringComparison.Ordinal)) return (LineKind.Member, words[0]); // a TypeScript signature
        if (modified && (indent == 0 || words[0] is not ("let" or "var" or "val" or "const"))) return (LineKind.Field, words[^1]);
        return (LineKind.Other, "");
    }

    /// <summary>The words a line begins with, generic arguments and array marks between them passed over; <paramref name="end"/> is where they end.</summary>
    private static List<string> LeadingWords(ReadOnlySpan<char> line, out int end)
    {
        List<string> words = [];
        int at = 0;
        end = 0;
        while (at < line.Length && words.Count < 8)
        {
            int start = at;
            while (at < line.Length && (char.IsLetterOrDigit(line[at]) || line[at] is '_' or '$' or '~')) at++;
            if (at == start) break;
            words.Add(line[start..at].ToString());
            end = at;
            if (at < line.Length && line[at] == '<')
            {
                int depth = 0;
                int close = at;
                for (; close < line.Length && close - at < 200; close++)
                {
                    depth += line[close] == '<' ? 1 : line[close] == '>' ? -1 : 0;
                    if (depth == 0) break;
                }

                if (depth != 0 || close >= line.Length) break;
                at = end = close + 1;
            }

            while (at < line.Length && line[at] is '?' or '*' or '&' or '.' or ':' or '[' or ']') at++;
            if (at > end && at < line.Length && line[at - 1] is '.' or ':') continue;
            while (at < line.Length && line[at] is ' ' or '*' or '&') at++;
        }

        return words;
    }

    private static string NameAfter(ReadOnlySpan<char> line, string word)
    {
        int at = line.IndexOf(word, StringComparison.Ordinal) + word.Length;
        ReadOnlySpan<char> rest = line[at..].TrimStart();
        if (rest.StartsWith("("))
        {
            int close = rest.IndexOf(')'); // Go: the receiver stands before the name
            if (word == "func" && close > 0) rest = rest[(close + 1)..].TrimStart();
        }

        int length = 0;
        while (length < rest.Length && (char.IsLetterOrDigit(rest[length]) || rest[length] is '_' or '$' or '.' or ':')) length++;
        return length > 0 ? rest[..length].TrimEnd(".:").ToString() : word;
    }
}
