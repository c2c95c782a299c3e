using System.Text;

namespace Headroom.Internal.Code;

/// <summary>Steps over parts of a statement.</summary>
internal readonly ref partial struct DeclarationHead
{
    private ReadOnlySpan<char> WordText(int at) => _source[_tokens[at].Start.._tokens[at].End];

    private string Name(int at) => at < _tokens.Length ? WordText(at).ToString() : "";

    private bool Is(int at, char kind) => at >= 0 && at < _tokens.Length && _tokens[at].Kind == kind;

    private bool Is(int at, string word) => IsWordAt(at) && WordText(at).SequenceEqual(word);

    private bool IsWordAt(int at) => at >= 0 && at < _tokens.Length && _tokens[at].IsWord;

    private bool IsText(int at) => Is(at, SourceToken.Text);

    /// <summary>The first sign of a kind outside brackets, or -1.</summary>
    private int IndexOf(char kind, int from)
    {
        int depth = 0;
        for (int i = from; i < _tokens.Length; i++)
        {
            if (_tokens[i].Kind == kind && depth == 0) return i;
            depth += _tokens[i].Kind is '(' or '[' ? 1 : _tokens[i].Kind is ')' or ']' ? -1 : 0;
        }

        return -1;
    }

    /// <summary>Where the bracket at <paramref name="open"/> is closed, or -1.</summary>
    private int Closing(int open)
    {
        int depth = 0;
        for (int i = open; i < _tokens.Length; i++)
        {
            depth += _tokens[i].Kind is '(' or '[' ? 1 : _tokens[i].Kind is ')' or ']' ? -1 : 0;
            if (depth == 0) return i;
        }

        return -1;
    }

    /// <summary>Behind the generic arguments at <paramref name="open"/>; the next token where they are not closed.</summary>
    /// <param name="open">Where they open.</param>
    /// <param name="anything">Whether conditions may stand in them.</param>
    private int SkipAngles(int open, bool anything = false)
    {
        int depth = 0;
        for (int i = open; i < _tokens.Length; i++)
        {
            if (_tokens[i].Kind == '<') depth++;
            else if (_tokens[i].Kind == '>') depth--;
            else if (_tokens[i].Kind == ';' || (_tokens[i].Kind == SourceToken.Compare && !anything)) break;
            if (depth == 0) return i + 1;
        }

        return open + 1;
    }

    private int SkipAttributes(int at)
    {
        while (at < _tokens.Length)
        {
            int open = at;
            bool isAttribute = (Is(at, '[') && (_language == CodeLanguage.CSharp || (_language == CodeLanguage.C && Is(at + 1, '['))))
                || (Is(at, '#') && (Is(++open, '[') || (Is(open, '!') && Is(++open, '['))));
            if (isAttribute && Closing(open) is > 0 and var close) at = close + 1;
            else if (Is(at, '@') && IsWordAt(at + 1) && !Is(at + 1, "interface")) at = SkipAnnotation(at + 1);
            else if (_language == CodeLanguage.C && AfterMacro(at) is > 0 and var behind) at = behind;
            else if (_language == CodeLanguage.C && Is(at, "template") && Is(at + 1, '<')) at = SkipAngles(at + 1, anything: true);
            else break;
        }

        return at;
    }

    /// <summary>Behind a macro that stands on a line of its own, in capitals and without a semicolon; 0 where there is none.</summary>
    private int AfterMacro(int at)
    {
        if (!IsWordAt(at) || WordText(at).Length < 4 || WordText(at).IndexOfAnyInRange('a', 'z') >= 0) return 0;
        int next = Is(at + 1, '(') && Closing(at + 1) is > 0 and var close ? close + 1 : at + 1;
        return next < _tokens.Length && _tokens[next].IsFirst ? next : 0;
    }

    private int SkipAnnotation(int at)
    {
        while (IsWordAt(at) && (Is(at + 1, '.') || Is(at + 1, ':')) && IsWordAt(at + 2)) at += 2;
        at++;
        if (Is(at, '<')) at = SkipAngles(at);
        return Is(at, '(') && Closing(at) is > 0 and var close ? close + 1 : at;
    }

    /// <summary>Behind the modifiers; a modifier that nothing follows is a name.</summary>
    private int SkipModifiers(int at)
    {
        while (IsWordAt(at) && LanguageWords.Has(_words.Modifiers, WordText(at)))
        {
            int next = at + 1;
            if (_language == CodeLanguage.Rust && Is(next, '(') && Closing(next) is > 0 and var close) next = close + 1; // pub(crate)
            if ((_language == CodeLanguage.Kotlin || _language == CodeLanguage.Swift) && Is(next, '(') && IsWordAt(next + 1) && Is(next + 2, ')')) next += 3; // private(set)
            if (IsText(next) && _language is CodeLanguage.Rust or CodeLanguage.C) next++; // extern "C"
            if (_language == CodeLanguage.Swift && Is(at, "class") && !(Is(next, "func") || Is(next, "var") || Is(next, "let"))) return at;
            if (_language == CodeLanguage.Kotlin && Is(at, "enum") && !Is(next, "class")) return at;
            bool goesOn = next < _tokens.Length ? _tokens[next].IsWord || GoesOn(_tokens[next].Kind) : _opens || _language != CodeLanguage.Script;
            if (!goesOn) return at;
            at = next;
        }

        return at;
    }

    /// <summary>Whether a sign behind a modifier begins what is modified.</summary>
    private bool GoesOn(char kind) => kind switch
    {
        '@' or '~' => true,
        '(' => _language == CodeLanguage.CSharp, // a tuple
        '?' or '&' => _language == CodeLanguage.Php,
        '#' or '*' => _language == CodeLanguage.Script,
        '[' => _language == CodeLanguage.Script && _scope is ScopeKind.Type or ScopeKind.Object,
        _ => false,
    };

    /// <summary>Words joined by points or colons, with points between them; generic arguments among them are passed over.</summary>
    private string Path(int at, out int end)
    {
        end = at;
        if (!IsWordAt(at)) return "";
        var path = new StringBuilder().Append(WordText(at));
        end = at + 1;
        while (true)
        {
            int next = end;
            if (Is(next, '<') && SkipAngles(next) is var behind && (Is(behind, '.') || Is(behind, SourceToken.Scope))) next = behind;
            if ((!Is(next, '.') && !Is(next, SourceToken.Scope) && !Is(next, '\\')) || !IsWordAt(next + 1)) return path.ToString();
            path.Append('.').Append(WordText(next + 1));
            end = next + 2;
        }
    }

    private static string LastName(string path) => path[(path.LastIndexOf('.') + 1)..];
}
