namespace Headroom.Internal.Code;

/// <summary>Declarations of C#, Java, C and C++ that begin with a type: <c>Task&lt;int&gt; Count(</c>, <c>int Size {</c>, <c>Cart::Cart(</c>.</summary>
internal readonly ref partial struct DeclarationHead
{
    private FoundDeclaration? Typed(int start, bool modified)
    {
        int words = 0, last = -1, at = start;
        string? owner = null;
        for (; at < _tokens.Length; at++)
        {
            char kind = _tokens[at].Kind;
            if (kind == SourceToken.Word)
            {
                if (Is(at, "operator")) return Operator(at, owner);
                if (Is(at, "this") && Is(at + 1, '[')) return _scope == ScopeKind.Body ? null : new FoundDeclaration(LineKind.Member, "this[]", start, ScopeKind.Body) { IsValue = IndexOf(SourceToken.Arrow, at) >= 0 };
                bool joined = Is(at - 1, '.') || Is(at - 1, SourceToken.Scope) || (Is(at - 1, '~') && Is(at - 2, SourceToken.Scope));
                if (joined) owner = last >= 0 ? Name(last) : null;
                else words++;
                if (!joined) owner = null;
                last = at;
            }
            else if (kind == '<')
            {
                int behind = SkipAngles(at);
                if (behind == at + 1) return null; // a comparison
                at = behind - 1;
            }
            else if (kind == '[' && words > 0)
            {
                if (Closing(at) is not (> 0 and var close)) return null;
                at = close;
            }
            else if (kind == '(')
            {
                if (Closing(at) is not (> 0 and var close)) return null;
                bool isType = last < 0 || IsTypeCall(at, last, close, words);
                if (!isType) return Callable(start, at, close, last, words, owner, modified);
                words = 1;
                at = close;
                if (last < 0) last = at;
            }
            else if (kind is not ('.' or SourceToken.Scope or '?' or '*' or '&' or '~' or '^' or SourceToken.Compare) || Is(at, SourceToken.Compare) && WordText(at) is not "&&")
            {
                break;
            }
        }

        return Valued(start, at, last, words, owner, modified);
    }

    /// <summary>Whether parentheses behind a word are a part of a type: a tuple, an attribute of a compiler, a macro.</summary>
    private bool IsTypeCall(int open, int last, int close, int words)
    {
        if (!IsWordAt(last)) return true;
        if (words != 1 || _language != CodeLanguage.C) return false;
        return IsWordAt(close + 1) && WordText(close + 1) is not ("const" or "noexcept" or "override" or "final" or "throw" or "try" or "volatile" or "requires" or "mutable") && IndexOf('(', close + 1) is >= 0 && open > 0;
    }

    private FoundDeclaration? Operator(int at, string? owner)
    {
        int open = at + 1;
        if (Is(open, '(') && Is(open + 1, ')')) open += 2; // the call operator
        open = IndexOf('(', open);
        if (open < 0 || _scope == ScopeKind.Body) return null;
        string name = string.Concat("operator ", _source[_tokens[at + 1].Start.._tokens[open - 1].End].ToString());
        return new FoundDeclaration(LineKind.Member, name.Length < 40 ? name : "operator", at, ScopeKind.Body) { Owner = OwnerOf(owner), IsValue = IndexOf(SourceToken.Arrow, open) >= 0 };
    }

    private FoundDeclaration? Callable(int start, int open, int close, int last, int words, string? owner, bool modified)
    {
        bool isArrow = Is(close + 1, SourceToken.Arrow) || (Is(close + 1, "where") && IndexOf(SourceToken.Arrow, close + 1) >= 0);
        bool isDestructor = Is(last - 1, '~');
        string name = (isDestructor ? "~" : "") + Name(last);
        if (_scope == ScopeKind.Body)
        {
            bool isLocal = _language == CodeLanguage.CSharp && words >= 2 && owner is null && (isArrow || (_opens && (close == _tokens.Length - 1 || Is(close + 1, "where"))));
            return isLocal ? new FoundDeclaration(LineKind.Member, name, start, ScopeKind.Body) { IsValue = isArrow } : null;
        }

        bool isConstructor = words == 1 && (isDestructor || owner == Name(last) || Name(last) == _type || (_scope == ScopeKind.File && (modified || (_language == CodeLanguage.C && _opens))));
        if (words < 2 && !isConstructor && !(owner is not null && _opens && words == 1 && _language == CodeLanguage.C)) return null;
        if (_scope == ScopeKind.File && _language == CodeLanguage.C && !_opens && Is(open + 1, SourceToken.Text)) return null; // an initialiser
        return new FoundDeclaration(LineKind.Member, name, start, ScopeKind.Body) { Owner = OwnerOf(owner), IsValue = isArrow };
    }

    /// <summary>In C++ a member is defined outside its type; elsewhere what stands before the point is an interface.</summary>
    private string? OwnerOf(string? owner) => _language == CodeLanguage.C ? owner : null;

    private FoundDeclaration? Valued(int start, int end, int last, int words, string? owner, bool modified)
    {
        if (words < 2 || _scope == ScopeKind.Body || !IsWordAt(last) || last < start) return null;
        bool isEnd = end == _tokens.Length;
        if (isEnd && _opens && _language == CodeLanguage.Java) return null;
        if (!isEnd && _tokens[end].Kind is not ('=' or SourceToken.Arrow or ',' or ':' or SourceToken.Block)) return null;
        if (_scope == ScopeKind.File && !modified && (_language != CodeLanguage.C || _tokens[start].Indent > 0 || owner is not null)) return null; // more likely a statement
        return new FoundDeclaration(LineKind.Field, Name(last), start, ScopeKind.Body) { Owner = OwnerOf(owner), IsValue = !isEnd || _language == CodeLanguage.C };
    }

    /// <summary>Types of C and C++: the word also stands before types that are only named (<c>struct node *next(</c>).</summary>
    private FoundDeclaration? CType(int at, string word)
    {
        if (word == "typedef")
        {
            int end = _tokens.Length - 1;
            if (_opens) return TypeNamed(at, "", Is(at + 1, "enum") ? ScopeKind.Enum : ScopeKind.Type) with { IsValue = true };
            while (end > at && !IsWordAt(end)) end--;
            int pointer = IndexOf('(', at); // int (*name)(...)
            if (pointer > 0 && Is(pointer + 1, '*') && IsWordAt(pointer + 2)) end = pointer + 2;
            return end > at ? TypeNamed(at, Name(end)) : null;
        }

        int next = at + 1;
        if (word == "enum" && (Is(next, "class") || Is(next, "struct"))) next++;
        int stop = next;
        string name = "";
        while (IsWordAt(stop) || Is(stop, SourceToken.Scope) || Is(stop, '<') || (Is(stop, '(') && name.Length > 0) || (Is(stop, '[') && Is(stop + 1, '[')))
        {
            if (Is(stop, '<')) stop = SkipAngles(stop);
            else if (!IsWordAt(stop)) stop = Is(stop, SourceToken.Scope) ? stop + 1 : Math.Max(stop, Closing(stop)) + 1;
            else if (Is(stop++, "final")) continue;
            else name = Name(stop - 1);
        }

        if (name.Length == 0) return word == "namespace" && _opens ? TypeNamed(at, word) : null;
        bool isWhole = stop == _tokens.Length || Is(stop, ':') || (word is "concept" && Is(stop, '='));
        if (isWhole && word is not "concept" && !_opens && stop - next > 1 && IndexOf(':', at) < 0) return Typed(at, true); // struct node next;
        if (isWhole && (IndexOf('(', next) < 0 || (_opens && !LooksCallable(next))))
            return TypeNamed(at, name, word == "enum" ? ScopeKind.Enum : ScopeKind.Type);
        return Typed(at, true);
    }

    /// <summary>Whether the last parentheses hold parameters: a function that returns a structure.</summary>
    private bool LooksCallable(int from) => Is(_tokens.Length - 1, ')') && IsWordAt(from) && IndexOf('(', from) > from + 1;
}
