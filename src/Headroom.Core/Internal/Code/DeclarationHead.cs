namespace Headroom.Internal.Code;

/// <summary>Says what a statement declares, from its words and signs up to its block or end.</summary>
internal readonly ref partial struct DeclarationHead
{
    private readonly ReadOnlySpan<SourceToken> _tokens;
    private readonly ReadOnlySpan<char> _source;
    private readonly CodeLanguage _language;
    private readonly LanguageWords _words;
    private readonly ScopeKind _scope;
    private readonly string _type;
    private readonly bool _opens;

    /// <param name="tokens">The statement.</param>
    /// <param name="source">The masked source.</param>
    /// <param name="language">Its language.</param>
    /// <param name="scope">What it stands in.</param>
    /// <param name="type">Name of the type around it, or the word its group began with.</param>
    /// <param name="opens">Whether a brace follows.</param>
    public DeclarationHead(ReadOnlySpan<SourceToken> tokens, ReadOnlySpan<char> source, CodeLanguage language, ScopeKind scope, string type, bool opens)
    {
        _tokens = tokens;
        _source = source;
        _language = language;
        _words = LanguageWords.For(language);
        _scope = scope;
        _type = type;
        _opens = opens;
    }

    /// <summary>Whether there is nothing yet but attributes and modifiers, so that a line end ends nothing.</summary>
    public bool IsBeginning
    {
        get
        {
            int at = SkipAttributes(0);
            while (at < _tokens.Length && _tokens[at].IsWord && LanguageWords.Has(_words.Modifiers, WordText(at))) at++;
            return at == _tokens.Length;
        }
    }

    /// <summary>What is declared, or <see langword="null"/>.</summary>
    public FoundDeclaration? Find()
    {
        int start = SkipAttributes(0);
        if (start == _tokens.Length || _scope == ScopeKind.Enum) return null;
        int at = SkipModifiers(start);
        if (_language == CodeLanguage.Script && at == _tokens.Length && _opens && Is(at - 1, "default")) return new FoundDeclaration(LineKind.Field, "default", start, ScopeKind.Object) { IsValue = true };
        if (Is(at, '@')) at++; // @interface
        if (at == _tokens.Length) return null;
        if (_tokens[at].IsWord && (LanguageWords.Has(LanguageWords.Imports, WordText(at)) || (_scope is ScopeKind.File or ScopeKind.Body && LanguageWords.Has(LanguageWords.Statements, WordText(at))))) return null;
        FoundDeclaration? found = Keyword(at);
        if (found is null)
        {
            found = _language switch
            {
                CodeLanguage.CSharp or CodeLanguage.Java or CodeLanguage.C => Typed(at, at > start),
                CodeLanguage.Script => Script(at),
                CodeLanguage.Go => GoMember(at),
                CodeLanguage.Rust => RustField(at),
                CodeLanguage.Php => PhpProperty(at, at > start),
                _ => null,
            };
        }

        return found is { } declaration ? declaration with { At = start } : null;
    }

    /// <summary>Declarations that begin with a word of their own.</summary>
    private FoundDeclaration? Keyword(int at)
    {
        if (!_tokens[at].IsWord || _scope == ScopeKind.Object) return null;
        ReadOnlySpan<char> word = WordText(at);
        if (_scope == ScopeKind.Group) return _type is "type" ? TypeNamed(at, Name(at)) : new FoundDeclaration(LineKind.Field, Name(at), at, ScopeKind.Body) { IsValue = true };
        if (LanguageWords.Has(_words.Types, word)) return Type(at);
        if (LanguageWords.Has(_words.Members, word)) return Function(at);
        if (LanguageWords.Has(_words.Fields, word)) return Variable(at);
        return null;
    }

    private FoundDeclaration? Type(int at)
    {
        string word = Name(at);
        if (_language == CodeLanguage.Script && word is not ("class" or "enum") && !IsWordAt(at + 1) && !IsText(at + 1)) return null; // a property of that name
        if (_language == CodeLanguage.C) return CType(at, word);
        if (word == "delegate") return IsWordAt(at + 1) ? Typed(at + 1, true) is { } typed ? typed with { Kind = LineKind.Type } : null : null;
        if (word == "impl") return TypeNamed(at, ImplementedType(at + 1));
        if (word is "record" && (Is(at + 1, "struct") || Is(at + 1, "class"))) at++;
        else if (word is "record" && !IsWordAt(at + 1)) return null;
        if (word == "object" && !IsWordAt(at + 1)) return TypeNamed(at, "Companion");
        string name = IsText(at + 1) ? Name(at + 1).Trim() : Path(at + 1, out _);
        if (name.Length == 0 && word == "class" && at > 0 && Is(at - 1, "default")) name = "default";
        if (name.Length == 0 && word == "extension") name = word;
        if (name is "extends" or "implements" or "") return _scope == ScopeKind.File && name.Length > 0 && at > 0 ? TypeNamed(at, "default") : null;
        return TypeNamed(at, LastName(name), word == "enum" && _language is not (CodeLanguage.Swift or CodeLanguage.Php) ? ScopeKind.Enum : ScopeKind.Type) with { IsValue = word == "type" && _language == CodeLanguage.Script };
    }

    private static FoundDeclaration TypeNamed(int at, string name, ScopeKind inner = ScopeKind.Type) => new(LineKind.Type, name, at, inner);

    private FoundDeclaration? Function(int at)
    {
        string word = Name(at);
        int next = at + 1;
        if (word is "init" or "deinit" or "subscript" or "constructor") return new FoundDeclaration(LineKind.Member, word, at, ScopeKind.Body);
        string? owner = null;
        if (word == "func" && Is(next, '('))
        {
            int close = Closing(next); // the receiver stands before the name
            if (close < 0) return null;
            int type = IsWordAt(next + 1) && (Is(next + 2, '*') || IsWordAt(next + 2)) ? next + 2 : next + 1;
            while (type < close && !IsWordAt(type)) type++;
            owner = type < close ? Name(type) : null;
            next = close + 1;
        }

        if (Is(next, '*') || Is(next, '!') || Is(next, '&')) next++; // a generator, a macro, a reference
        if (Is(next, '<')) next = SkipAngles(next);
        string path = Path(next, out int end);
        if (path.Length == 0 && _language == CodeLanguage.Swift && next < _tokens.Length) path = _source[_tokens[next].Start.._tokens[Math.Min(next + 1, _tokens.Length - 1)].Start].Trim().ToString();
        if (path.Length == 0 && at > 0 && Is(at - 1, "default")) path = "default";
        if (path.Length == 0 || (word == "function" && end < _tokens.Length && !Is(end, '(') && !Is(end, '<'))) return null;
        int split = path.LastIndexOf('.');
        if (split > 0) owner = LastName(path[..split]);
        return new FoundDeclaration(LineKind.Member, LastName(path), at, ScopeKind.Body) { Owner = owner };
    }

    private FoundDeclaration? Variable(int at)
    {
        if (Is(at + 1, "fn") || Is(at + 1, "unsafe") || Is(at + 1, "extern")) return Keyword(SkipModifiers(at + 1)); // const fn
        int name = at + 1;
        if (Is(name, "mut")) name++;
        if (_language == CodeLanguage.Kotlin && Is(name, '<')) name = SkipAngles(name);
        if (!IsWordAt(name)) return null;
        if (_language == CodeLanguage.Script) return ScriptVariable(at, name);
        if (_language == CodeLanguage.Php && IsWordAt(name + 1)) name++; // a typed constant
        if (_scope == ScopeKind.Body) return null;
        string path = Path(name, out int end);
        bool isValue = IndexOf('=', end) >= 0 || _language == CodeLanguage.Kotlin;
        return new FoundDeclaration(LineKind.Field, LastName(path), at, ScopeKind.Body) { IsValue = isValue };
    }

    /// <summary>The type an implementation is for: the one behind <c>for</c> if there is one.</summary>
    private string ImplementedType(int at)
    {
        if (Is(at, '<')) at = SkipAngles(at);
        string name = "";
        while (at < _tokens.Length && !Is(at, "where"))
        {
            if (Is(at, "for"))
            {
                at++;
                continue;
            }

            string path = Path(at, out int end);
            if (path.Length > 0 && !Is(at, "dyn") && !Is(at, "mut")) name = LastName(path);
            at = Math.Max(at + 1, end);
            if (Is(at, '<')) at = SkipAngles(at);
        }

        return name;
    }
}
