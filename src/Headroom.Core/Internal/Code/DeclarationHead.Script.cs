namespace Headroom.Internal.Code;

/// <summary>Declarations of JavaScript and TypeScript without a word of their own, and members of Go, Rust and PHP.</summary>
internal readonly ref partial struct DeclarationHead
{
    private FoundDeclaration? ScriptVariable(int at, int name)
    {
        int assign = IndexOf('=', name);
        bool isHook = assign > 0 && IsWordAt(assign + 1) && WordText(assign + 1).StartsWith("use") && Is(assign + 2, '('); // a function React remembers
        if (IsFunction(isHook ? assign + 2 : assign)) return new FoundDeclaration(LineKind.Member, Name(name), at, ScopeKind.Body) { IsValue = true };
        if (assign > 0 && Is(assign + 1, "class")) return TypeNamed(at, Name(name)) with { IsValue = true };
        if (_scope == ScopeKind.Body) return null;
        if (assign > 0 && _scope == ScopeKind.File && at == 0 && _tokens[0].Indent > 0) return null; // more likely a statement of a body that begins above
        return new FoundDeclaration(LineKind.Field, Name(name), at, ScopeKind.Object) { IsValue = true };
    }

    /// <summary>Whether a function stands behind the sign: <c>= async (x) =&gt;</c>, <c>: function (</c>, also in a call that wraps it.</summary>
    private bool IsFunction(int sign)
    {
        if (sign < 0) return false;
        int at = sign + 1;
        while (Is(at, "async") || Is(at, "await")) at++;
        if (Is(at, "function") || (IsWordAt(at) && Is(at + 1, SourceToken.Arrow))) return true;
        if (Is(at, '<')) at = SkipAngles(at);
        if (!Is(at, '(') || Closing(at) is not (> 0 and var close)) return false;
        int arrow = IndexOf(SourceToken.Arrow, close + 1);
        return Is(close + 1, SourceToken.Arrow) || (Is(close + 1, ':') && arrow > 0);
    }

    private FoundDeclaration? Script(int at)
    {
        int next = at + 1;
        string name;
        if (Is(at, '*') || Is(at, '#')) name = (Is(at, '#') ? "#" : "") + Name(next++);
        else if (Is(at, '[') && Closing(at) is > 0 and var close) (name, next) = (_source[_tokens[at].Start.._tokens[close].End].ToString(), close + 1);
        else name = IsWordAt(at) || IsText(at) ? Name(at) : "";
        if (name.Length is 0 or > 80) return null;
        if (_scope is ScopeKind.File && !Is(at, '[') && ScriptAssignment(at) is { } assigned) return assigned;
        if (_scope == ScopeKind.Body) return null;
        if (Is(next, '?') || Is(next, '!')) next++;
        int parameters = Is(next, '<') ? SkipAngles(next) : next;
        if (Is(parameters, '('))
        {
            if (Closing(parameters) is not (> 0 and var end)) return null;
            bool isTyped = Is(end + 1, ':');
            bool isMember = end == _tokens.Length - 1 ? _opens || _scope == ScopeKind.Type : isTyped && (_opens || _scope == ScopeKind.Type);
            return isMember ? new FoundDeclaration(LineKind.Member, name, at, ScopeKind.Body) : null;
        }

        if (_scope == ScopeKind.Object)
            return Is(next, ':') && IsFunction(next) ? new FoundDeclaration(LineKind.Member, name, at, ScopeKind.Body) { IsValue = true } : null;
        if (_scope != ScopeKind.Type) return null;
        int assign = IndexOf('=', next);
        if (IsFunction(assign)) return new FoundDeclaration(LineKind.Member, name, at, ScopeKind.Body) { IsValue = true };
        return next == _tokens.Length || Is(next, ':') || assign > 0 ? new FoundDeclaration(LineKind.Field, name, at, ScopeKind.Object) { IsValue = true } : null;
    }

    /// <summary><c>module.exports = {</c>, <c>Cart.prototype.add = function (</c>.</summary>
    private FoundDeclaration? ScriptAssignment(int at)
    {
        string path = Path(at, out int end);
        int split = path.LastIndexOf('.');
        if (split < 0 || !Is(end, '=')) return null;
        bool exports = path.StartsWith("module.exports", StringComparison.Ordinal) || path.StartsWith("exports.", StringComparison.Ordinal);
        bool isFunction = IsFunction(end);
        if (!exports && !isFunction) return null;
        string owner = path[..split].Replace(".prototype", "", StringComparison.Ordinal);
        return new FoundDeclaration(isFunction ? LineKind.Member : LineKind.Field, path[(split + 1)..], at, isFunction ? ScopeKind.Body : ScopeKind.Object)
        {
            Owner = exports ? null : LastName(owner),
            IsValue = true,
        };
    }

    private FoundDeclaration? GoMember(int at)
    {
        if (_scope != ScopeKind.Type) return null;
        if (Is(at, '*')) at++;
        if (!IsWordAt(at)) return null;
        if (Is(at + 1, '(')) return new FoundDeclaration(LineKind.Member, Name(at), at, ScopeKind.Body);
        return new FoundDeclaration(LineKind.Field, LastName(Path(at, out _)), at, ScopeKind.Type) { IsValue = true };
    }

    private FoundDeclaration? RustField(int at) =>
        _scope == ScopeKind.Type && IsWordAt(at) && Is(at + 1, ':') ? new FoundDeclaration(LineKind.Field, Name(at), at, ScopeKind.Body) : null;

    private FoundDeclaration? PhpProperty(int at, bool modified)
    {
        if (_scope != ScopeKind.Type || !modified) return null;
        while (at < _tokens.Length && !(IsWordAt(at) && WordText(at)[0] == '$')) at++;
        return at < _tokens.Length ? new FoundDeclaration(LineKind.Field, Name(at), at, ScopeKind.Body) { IsValue = true } : null;
    }
}
