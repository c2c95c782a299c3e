namespace Headroom.Internal.Code;

/// <summary>Reads the words and signs of a masked source, one after the other; lines of preprocessors are passed over.</summary>
internal ref struct SourceTokens(ReadOnlySpan<char> source, CodeLanguage language)
{
    /// <summary>A tab counts as so many blanks, as indentation only has to be compared.</summary>
    private const int Tab = 4;

    private readonly ReadOnlySpan<char> _source = source;
    private int _at, _line, _indent;
    private bool _inLine;

    public SourceToken Current { get; private set; }

    /// <summary>Lines before the place that was reached.</summary>
    public readonly int Line => _line;

    public bool MoveNext()
    {
        while (_at < _source.Length)
        {
            char c = _source[_at];
            if (c == '\n')
            {
                _at++;
                _line++;
                _indent = 0;
                _inLine = false;
            }
            else if (char.IsWhiteSpace(c))
            {
                if (!_inLine) _indent += c == '\t' ? Tab : 1;
                _at++;
            }
            else if (c == '#' && !_inLine && language is CodeLanguage.C or CodeLanguage.CSharp)
            {
                SkipDirective();
            }
            else
            {
                Read(c);
                return true;
            }
        }

        return false;
    }

    private void Read(char c)
    {
        int start = _at, line = _line;
        char kind = c;
        if (IsWordCharacter(c))
        {
            kind = SourceToken.Word;
            while (_at < _source.Length && IsWordCharacter(_source[_at])) _at++;
        }
        else if (c == SourceMask.Text || c == SourceMask.InnerEnd)
        {
            kind = SourceToken.Text;
            for (; _at < _source.Length && _source[_at] is SourceMask.Text or SourceMask.InnerEnd; _at++) _line += _source[_at] == SourceMask.InnerEnd ? 1 : 0;
        }
        else
        {
            char next = _at + 1 < _source.Length ? _source[_at + 1] : '\0';
            kind = (c, next) switch
            {
                ('=', '>') => SourceToken.Arrow,
                ('-', '>') => SourceToken.Result,
                (':', ':') => SourceToken.Scope,
                ('=' or '!' or '<' or '+' or '-' or '*' or '/', '=') => SourceToken.Compare,
                ('&', '&') or ('|', '|') => SourceToken.Compare,
                _ => c,
            };
            _at += kind == c ? 1 : 2;
        }

        Current = new SourceToken(kind, start, _at, line, _indent, !_inLine);
        _inLine = true;
    }

    private void SkipDirective()
    {
        while (_at < _source.Length && _source[_at] != '\n')
        {
            bool continues = _source[_at] == '\\' && _at + 1 < _source.Length && _source[_at + 1] == '\n';
            if (continues) _line++;
            _at += continues ? 2 : 1;
        }
    }

    private static bool IsWordCharacter(char c) => char.IsLetterOrDigit(c) || c is '_' or '$';
}
