using System.Runtime.InteropServices;

namespace Headroom.Internal.Code;

/// <summary>Finds declarations of languages with braces: reads statements, keeps the open brackets on a stack, and asks of each statement what it declares.</summary>
/// <remarks>
/// One pass; a statement is looked at once where it ends and once where a block of it opens. Brackets that do not match (parts of files, errors,
/// branches of a preprocessor) are put right by indentation: a line indented no deeper than the statement around it has left its block.
/// </remarks>
internal sealed class BraceOutline
{
    /// <summary>Tokens of one statement that are kept: a declaration says what it is in fewer.</summary>
    private const int MaxStatement = 500;

    private readonly CodeLanguage _language;
    private readonly bool _endsAtLineEnd;
    private readonly char[] _source;
    private readonly List<SourceToken> _tokens = [];
    private readonly Stack<BraceScope> _scopes = [];
    private readonly DeclarationList _found;
    private BraceScope _scope;
    private SourceToken _before, _opening;

    private BraceOutline(char[] masked, CodeLanguage language, DeclarationList found)
    {
        _source = masked;
        _language = language;
        _endsAtLineEnd = LanguageWords.EndsAtLineEnd(language);
        _found = found;
        _scope = new BraceScope(ScopeKind.File, -1, "", 0, -1, continues: false);
    }

    public static void Read(char[] masked, CodeLanguage language, DeclarationList found) => new BraceOutline(masked, language, found).Run();

    private ReadOnlySpan<SourceToken> Statement => CollectionsMarshal.AsSpan(_tokens)[_scope.FirstToken..];

    private void Run()
    {
        var tokens = new SourceTokens(_source, _language);
        while (tokens.MoveNext())
        {
            SourceToken token = tokens.Current;
            if (token.IsFirst) BeginLine(token);
            _opening = token;
            Take(token);
            _before = token;
        }

        EndStatement(tokens.Line);
        while (_scopes.Count > 0) Leave(tokens.Line);
    }

    private void BeginLine(SourceToken token)
    {
        if (_endsAtLineEnd && Statement.Length > 0 && _scope.Parentheses == 0 && EndsHere(token)) EndStatement(_before.Line);
        if (token.Kind is '}' or ')' or ']' or '#' or SourceToken.Text or '{' || IsLabel(token)) return;
        while (_scopes.Count > 0 && _scope.InnerIndent > _scope.Indent && token.Indent <= _scope.Indent)
        {
            EndStatement(_before.Line);
            Leave(_before.Line);
            EndStatement(_before.Line);
        }

        if (_scope.InnerIndent < 0) _scope.InnerIndent = token.Indent;
    }

    private bool IsLabel(SourceToken token)
    {
        int at = token.End;
        while (at < _source.Length && _source[at] == ' ') at++;
        return token.IsWord && at < _source.Length && _source[at] == ':' && (at + 1 == _source.Length || _source[at + 1] != ':');
    }

    /// <summary>Whether the line before this token ends a statement, where lines do.</summary>
    private bool EndsHere(SourceToken next)
    {
        if (_before.Kind is not (SourceToken.Word or SourceToken.Text or ')' or ']' or SourceToken.Block or '}' or '>' or '?' or '!' or '*')) return false;
        if (Head(opens: false).IsBeginning) return false;
        if (_language == CodeLanguage.Go) return true;
        if (next.Kind is '.' or '?' or ':' or '=' or SourceToken.Arrow or SourceToken.Result or '&' or '|' or '+' or '-' or '/' or ',' or ')' or '{' or '<' or SourceToken.Compare) return false;
        return !next.IsWord || Word(next) is not ("extends" or "implements" or "instanceof" or "in" or "of" or "as" or "satisfies" or "where" or "by" or "else" or "throws" or "rethrows" or "catch" or "finally");
    }

    private void Take(SourceToken token)
    {
        switch (token.Kind)
        {
            case '(' or '[' when _language == CodeLanguage.Go && _scope.Parentheses == 0 && Statement.Length == 1 && Word(Statement[0]) is "const" or "var" or "type" or "import":
                Enter(ScopeKind.Group, -1, Word(Statement[0]).ToString(), continues: false);
                break;
            case '(' or '[':
                _scope.Parentheses++;
                Add(token);
                break;
            case ')' when _scope.Kind == ScopeKind.Group && _scope.Parentheses == 0:
                EndStatement(_before.Line);
                Leave(token.Line);
                break;
            case ')' or ']':
                _scope.Parentheses = Math.Max(0, _scope.Parentheses - 1);
                Add(token);
                if (_language == CodeLanguage.CSharp && _scope.Parentheses == 0 && Statement is [{ Kind: '[' }, { IsWord: true } target, { Kind: ':' }, ..] && Word(target) is "assembly" or "module") EndStatement(token.Line, declares: false);
                break;
            case '{':
                Open(token);
                break;
            case '}':
                Close(token);
                break;
            case ';' when _scope.Parentheses == 0 || Statement.Length == 0 || !Statement[0].IsWord || Word(Statement[0]) is not "for":
                EndStatement(token.Line);
                if (_scope.Kind == ScopeKind.Enum) _scope.Kind = ScopeKind.Type;
                break;
            case ',' when _scope.Parentheses == 0 && (_scope.Kind is ScopeKind.Enum or ScopeKind.Object || (_scope.Kind == ScopeKind.Type && _language == CodeLanguage.Rust)):
                EndStatement(token.Line);
                break;
            case ':' when _scope.Parentheses == 0 && EndsLabel():
                EndStatement(token.Line, declares: false);
                break;
            case '=' when Statement.Length == 0 && _scope.Closed >= 0:
                _scope.Pending = _scope.Closed;
                Add(token);
                break;
            default:
                Add(token);
                break;
        }

        if (token.Kind is not '}') _scope.Closed = -1;
    }

    /// <summary>Whether a colon ends <c>case 1</c>, <c>default</c> or <c>public</c> and nothing that is declared.</summary>
    private bool EndsLabel()
    {
        ReadOnlySpan<SourceToken> statement = Statement;
        if (statement.Length == 0 || !statement[0].IsWord) return false;
        ReadOnlySpan<char> first = Word(statement[0]);
        if (_scope.Kind == ScopeKind.Body) return first is "case" or "default";
        return _language == CodeLanguage.C && (statement.Length == 1 || (statement.Length == 2 && Word(statement[1]) is "slots" or "Q_SLOTS")) && first is "public" or "private" or "protected" or "signals" or "Q_SIGNALS";
    }

    private void Add(SourceToken token)
    {
        if (Statement.Length < MaxStatement) _tokens.Add(token);
    }

    private void Open(SourceToken brace)
    {
        bool nested = _scope.Parentheses > 0;
        FoundDeclaration? found = nested || _scope.Pending >= 0 || OpensTypeLiteral() ? null : Head(opens: true).Find();
        if (found is { } declaration)
        {
            int index = Declare(declaration, brace.Line);
            if (declaration.IsValue) _scope.Pending = index;
            string name = declaration.Inner is ScopeKind.Type or ScopeKind.Enum ? declaration.Name : "";
            Enter(declaration.Inner, index, name, declaration.IsValue);
            return;
        }

        bool continues = nested || _scope.Pending >= 0 || Continues();
        Enter(Inner(nested), _scope.Pending, "", continues);
    }

    /// <summary>Whether the brace opens the type of a result: <c>find(): { id: string } {</c>.</summary>
    private bool OpensTypeLiteral() => _language == CodeLanguage.Script && Statement.Length > 2 && _before.Kind is ':' or '|' or '&' or '<' or ',' && _scope.Kind != ScopeKind.Object && _before.Kind != ',';

    private ScopeKind Inner(bool nested)
    {
        if (_scope.Kind is ScopeKind.File or ScopeKind.Type && Statement.Length == 2 && Statement[0].IsWord && Word(Statement[0]) is "extern") return ScopeKind.File;
        if (_language == CodeLanguage.Script) return _before.Kind is '=' or '(' or ',' or ':' or '[' or '?' && (nested || Statement.Length > 0) ? ScopeKind.Object : ScopeKind.Body;
        bool isAnonymous = _language is CodeLanguage.Java && _before.Kind == ')' && MadeNew();
        return isAnonymous || (_language == CodeLanguage.Kotlin && MadeObject()) ? ScopeKind.Type : _scope.Kind is ScopeKind.File && Statement.Length == 0 ? ScopeKind.File : ScopeKind.Body;
    }

    /// <summary><c>new Runnable() {</c>: a class without a name.</summary>
    private bool MadeNew()
    {
        ReadOnlySpan<SourceToken> statement = Statement;
        int depth = 0, at = statement.Length - 1;
        for (; at >= 0; at--)
        {
            depth += statement[at].Kind == ')' ? 1 : statement[at].Kind == '(' ? -1 : 0;
            if (depth == 0) break;
        }

        while (--at >= 0 && (statement[at].Kind is '.' or '<' or '>' || statement[at].IsWord))
        {
            if (statement[at].IsWord && Word(statement[at]) is "new") return true;
        }

        return false;
    }

    private bool MadeObject()
    {
        foreach (SourceToken token in Statement)
        {
            if (token.IsWord && Word(token) is "object") return true;
        }

        return false;
    }

    /// <summary>Whether the statement goes on behind its block: a value stands there.</summary>
    private bool Continues()
    {
        ReadOnlySpan<SourceToken> statement = Statement;
        if (statement.Length == 0) return false;
        if (statement[0].IsWord && LanguageWords.Has(LanguageWords.Values, Word(statement[0]))) return true;
        if (statement[0].IsWord && LanguageWords.Has(LanguageWords.Statements, Word(statement[0]))) return false;
        foreach (SourceToken token in statement)
        {
            if (token.Kind is '=' or SourceToken.Arrow) return true;
        }

        return OpensTypeLiteral() || statement[^1].Kind is ':' or ',' or '?';
    }

    private void Enter(ScopeKind kind, int declaration, string name, bool continues)
    {
        int indent = (Statement.Length > 0 ? Statement[0] : _opening).Indent;
        BraceScope outer = _scope;
        _scopes.Push(outer);
        _scope = new BraceScope(kind, declaration, name, _tokens.Count, indent, continues)
        {
            Around = declaration >= 0 ? declaration : outer.Around,
            IsInBody = outer.IsInBody || outer.Kind == ScopeKind.Body,
        };
    }

    private void Close(SourceToken brace)
    {
        EndStatement(brace.Line);
        while (brace.IsFirst && _scopes.Count > 1 && brace.Indent < _scope.Indent)
        {
            Leave(brace.Line - 1);
            EndStatement(brace.Line);
        }

        if (_scopes.Count > 0) Leave(brace.Line);
    }

    /// <summary>Leaves the scope; what it belonged to ends at a line.</summary>
    private void Leave(int line)
    {
        BraceScope left = _scope;
        _tokens.RemoveRange(left.FirstToken, _tokens.Count - left.FirstToken);
        _scope = _scopes.Pop();
        if (left.Declaration >= 0) _found.End(left.Declaration, line);
        if (left.Continues)
        {
            Add(new SourceToken(SourceToken.Block, 0, 0, line, 0, IsFirst: false));
        }
        else
        {
            _scope.Closed = left.Declaration;
            _scope.Pending = -1;
            _scope.Parentheses = 0;
            _tokens.RemoveRange(_scope.FirstToken, _tokens.Count - _scope.FirstToken);
        }
    }

    private void EndStatement(int line, bool declares = true)
    {
        if (_scope.Pending >= 0) _found.End(_scope.Pending, line, Statement.Length > 0 && Statement[^1].IsWord ? Word(Statement[^1]).ToString() : "");
        else if (declares && Statement.Length > 0 && Head(opens: false).Find() is { } found) _found.End(Declare(found, line), line);
        _scope.Pending = -1;
        _scope.Parentheses = 0;
        _tokens.RemoveRange(_scope.FirstToken, _tokens.Count - _scope.FirstToken);
    }

    private int Declare(FoundDeclaration found, int signature) =>
        _found.Add(found, Statement[0].Line, Statement[found.At].Line, signature, _scope.Around, _scope.IsInBody || _scope.Kind == ScopeKind.Body);

    private DeclarationHead Head(bool opens) => new(Statement, _source, _language, _scope.Kind, _scope.Name, opens);

    private ReadOnlySpan<char> Word(SourceToken token) => _source.AsSpan(token.Start, token.End - token.Start);
}
