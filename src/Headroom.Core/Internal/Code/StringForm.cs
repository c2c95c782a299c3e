namespace Headroom.Internal.Code;

/// <summary>How a string goes on and ends.</summary>
/// <param name="Length">Characters of its opening.</param>
/// <param name="Closer">What ends it.</param>
/// <param name="SpansLines">It may hold line ends.</param>
/// <param name="Escapes">A backslash takes the next character along.</param>
/// <param name="Doubles">A doubled closer stands for itself.</param>
/// <param name="Hole">What opens a hole with code in it, or empty.</param>
/// <param name="Document">The word that ends a document which begins on the next line, or <see langword="null"/>.</param>
internal sealed record StringForm(int Length, string Closer, bool SpansLines = false, bool Escapes = true, bool Doubles = false, string Hole = "", string? Document = null)
{
    /// <summary>A character literal is not longer: an escape with eight digits and its quotes.</summary>
    private const int MaxCharacter = 12;

    /// <summary>Nobody writes longer patterns, and no slash is looked behind further.</summary>
    private const int MaxPattern = 400;

    /// <summary>Fences of raw strings are shorter than this.</summary>
    private const int MaxFence = 20;

    public char HoleOpener => Hole.EndsWith('(') ? '(' : '{';

    public char HoleCloser => HoleOpener == '(' ? ')' : '}';

    /// <summary>The string that begins at <paramref name="at"/>, if one does.</summary>
    public static StringForm? At(string source, int at, CodeLanguage language) => source[at] switch
    {
        '"' => Quoted(source, at, language),
        '\'' => Apostrophe(source, at, language),
        '`' when language == CodeLanguage.Script => new StringForm(1, "`", SpansLines: true, Hole: "${"),
        '`' when language == CodeLanguage.Go => new StringForm(1, "`", SpansLines: true, Escapes: false),
        '/' when language is CodeLanguage.Script or CodeLanguage.Ruby && BeginsPattern(source, at) => Pattern(source, at),
        '<' when language is CodeLanguage.Php or CodeLanguage.Ruby => HereDocument(source, at, language),
        _ => null,
    };

    private static StringForm Quoted(string source, int at, CodeLanguage language)
    {
        int run = 1;
        while (run < MaxFence && at + run < source.Length && source[at + run] == '"') run++;
        char before = at > 0 ? source[at - 1] : '\0', twoBefore = at > 1 ? source[at - 2] : '\0';
        bool isVerbatim = language == CodeLanguage.CSharp && (before == '@' || (before == '$' && twoBefore == '@'));
        if (run >= 3 && !isVerbatim)
        {
            if (language == CodeLanguage.CSharp) return new StringForm(run, new string('"', run), SpansLines: true, Escapes: false);
            if (language is CodeLanguage.Python or CodeLanguage.Swift or CodeLanguage.Java or CodeLanguage.Kotlin or CodeLanguage.Ruby)
                return new StringForm(3, "\"\"\"", SpansLines: true, Escapes: language != CodeLanguage.Kotlin);
        }

        switch (language)
        {
            case CodeLanguage.CSharp:
                string hole = before == '$' || (before == '@' && twoBefore == '$') ? "{" : "";
                return isVerbatim ? new StringForm(1, "\"", SpansLines: true, Escapes: false, Doubles: true, hole) : new StringForm(1, "\"", Hole: hole);
            case CodeLanguage.C when before == 'R' && source.AsSpan(at + 1, Math.Min(MaxFence, source.Length - at - 1)).IndexOf('(') is >= 0 and var fence:
                return new StringForm(fence + 2, string.Concat(")", source.AsSpan(at + 1, fence), "\""), SpansLines: true, Escapes: false);
            case CodeLanguage.Rust or CodeLanguage.Swift when before == '#':
                int hashes = 0;
                while (hashes < MaxFence && at - 1 - hashes >= 0 && source[at - 1 - hashes] == '#') hashes++;
                return new StringForm(1, "\"" + new string('#', hashes), SpansLines: true, Escapes: false);
            case CodeLanguage.Rust:
                return new StringForm(1, "\"", SpansLines: true, Escapes: before != 'r');
            default:
                return new StringForm(1, "\"", Hole: language switch { CodeLanguage.Kotlin => "${", CodeLanguage.Swift => "\\(", CodeLanguage.Ruby => "#{", CodeLanguage.Php => "{$", _ => "" });
        }
    }

    private static StringForm? Apostrophe(string source, int at, CodeLanguage language)
    {
        bool afterWord = at > 0 && char.IsLetterOrDigit(source[at - 1]);
        if (language is CodeLanguage.Python && source.AsSpan(at).StartsWith("'''")) return new StringForm(3, "'''", SpansLines: true);
        if (language is CodeLanguage.Python) return new StringForm(1, "'");
        if (afterWord || language is CodeLanguage.Swift) return null; // an apostrophe in text between tags, or between digits
        if (language is CodeLanguage.Script or CodeLanguage.Php or CodeLanguage.Ruby or CodeLanguage.Unknown) return new StringForm(1, "'");
        int end = at + 1 < source.Length && source[at + 1] == '\\' ? at + 3 : at + 2;
        if (language == CodeLanguage.Rust && end < source.Length && source[end] != '\'' && source[at + 1] != '\\') return null; // a lifetime
        int close = end > source.Length ? -1 : source.AsSpan(end, Math.Min(MaxCharacter, source.Length - end)).IndexOf('\'');
        return close < 0 ? null : new StringForm(1, "'");
    }

    /// <summary>Whether a slash begins a pattern and does not divide: it stands where a value is expected, and ends on its line.</summary>
    private static bool BeginsPattern(string source, int at)
    {
        if (at + 1 < source.Length && source[at + 1] == '>') return false; // the end of a tag
        int before = at - 1;
        while (before >= 0 && source[before] is ' ' or '\t') before--;
        if (before >= 0 && source[before] != '\n' && !"(,=:[!&|?{};+~>".Contains(source[before], StringComparison.Ordinal)
            && !source.AsSpan(0, before + 1).EndsWith("return") && !source.AsSpan(0, before + 1).EndsWith("case")) return false;
        return before < 0 || source[before] != '>' || (before > 0 && source[before - 1] == '='); // "/>" and "</" are tags
    }

    private static StringForm? Pattern(string source, int at)
    {
        bool inClass = false;
        for (int i = at + 1; i < Math.Min(source.Length, at + MaxPattern) && source[i] != '\n'; i++)
        {
            if (source[i] == '\\') i++;
            else if (source[i] == '[') inClass = true;
            else if (source[i] == ']') inClass = false;
            else if (source[i] == '/' && !inClass) return i == at + 1 ? null : new StringForm(i - at, "/");
        }

        return null;
    }

    private static StringForm? HereDocument(string source, int at, CodeLanguage language)
    {
        int mark = language == CodeLanguage.Php ? 3 : 2;
        ReadOnlySpan<char> rest = source.AsSpan(at, Math.Min(80, source.Length - at));
        if (!rest.StartsWith(language == CodeLanguage.Php ? "<<<" : "<<")) return null;
        int start = mark;
        while (start < rest.Length && rest[start] is '~' or '-' or '\'' or '"' or ' ') start++;
        if (language == CodeLanguage.Ruby && (start == mark || rest[mark] == ' ')) return null; // a shift, or class << self
        int end = start;
        while (end < rest.Length && (char.IsAsciiLetterUpper(rest[end]) || rest[end] == '_' || (end > start && char.IsAsciiDigit(rest[end])))) end++;
        return end == start ? null : new StringForm(end, "", Document: rest[start..end].ToString());
    }
}
