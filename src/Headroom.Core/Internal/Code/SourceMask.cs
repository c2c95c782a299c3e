namespace Headroom.Internal.Code;

/// <summary>Paints over comments and strings, so that what is left of a source is its structure: same length, same lines.</summary>
/// <remarks>
/// Comments become blanks, strings <see cref="Text"/>, line ends inside strings <see cref="InnerEnd"/>. One pass; strings inside the holes of
/// interpolated strings are kept on a stack of its own. A string that may not span lines ends with its line, so an apostrophe spoils one line.
/// </remarks>
internal sealed class SourceMask
{
    /// <summary>Stands for a character of a string.</summary>
    public const char Text = '"';

    /// <summary>Stands for a line end inside a string.</summary>
    public const char InnerEnd = '\u0002';

    /// <summary>Holes in strings in holes: deeper than anyone writes, and what is deeper is text.</summary>
    private const int MaxNesting = 32;

    private readonly string _source;
    private readonly CodeLanguage _language;
    private readonly char[] _masked;
    private readonly List<(StringForm Form, int Depth)> _open = [];
    private string? _document;
    private int _at;

    private SourceMask(string source, CodeLanguage language)
    {
        _source = source;
        _language = language;
        _masked = new char[source.Length];
    }

    public static char[] Of(string source, CodeLanguage language)
    {
        var mask = new SourceMask(source, language);
        mask.Run();
        return mask._masked;
    }

    /// <summary>Whether the stack's top is a string, and not the code in one of its holes.</summary>
    private bool InString => _open.Count > 0 && _open[^1].Depth == 0;

    private void Run()
    {
        while (_at < _source.Length)
        {
            if (_source[_at] == '\n') EndLine();
            else if (InString) ReadString(_open[^1].Form);
            else ReadCode();
        }
    }

    private void EndLine()
    {
        while (_open.Count > 0 && !_open[^1].Form.SpansLines) _open.RemoveAt(_open.Count - 1);
        _masked[_at++] = _open.Count > 0 || _document is not null ? InnerEnd : '\n';
        if (_document is null) return;
        string end = _document;
        _document = null;
        while (_at < _source.Length)
        {
            int stop = _source.IndexOf('\n', _at);
            if (stop < 0) stop = _source.Length;
            bool last = _source.AsSpan(_at, stop - _at).Trim().StartsWith(end);
            for (; _at < stop; _at++) _masked[_at] = Text;
            if (last || _at == _source.Length) return;
            _masked[_at++] = InnerEnd;
        }
    }

    private void ReadCode()
    {
        char c = _source[_at];
        if (IsLineComment(c))
        {
            while (_at < _source.Length && _source[_at] != '\n') _masked[_at++] = ' ';
            return;
        }

        if (_source.AsSpan(_at).StartsWith("/*") && _language is not (CodeLanguage.Python or CodeLanguage.Ruby))
        {
            int end = _source.IndexOf("*/", _at + 2, StringComparison.Ordinal);
            end = end < 0 ? _source.Length : end + 2;
            for (; _at < end; _at++) _masked[_at] = _source[_at] == '\n' ? (_open.Count > 0 ? InnerEnd : '\n') : ' ';
            return;
        }

        if (_open.Count < MaxNesting && StringForm.At(_source, _at, _language) is { } form)
        {
            _document = form.Document ?? _document;
            Paint(form.Length);
            if (form.Document is null) _open.Add((form, 0));
            return;
        }

        if (_open.Count > 0) CountHole(c);
        _masked[_at++] = _open.Count > 0 ? Text : c;
    }

    private bool IsLineComment(char c)
    {
        char next = _at + 1 < _source.Length ? _source[_at + 1] : '\0';
        if (c == '/' && next == '/') return _language is not (CodeLanguage.Python or CodeLanguage.Ruby);
        return c == '#' && (_language is CodeLanguage.Python or CodeLanguage.Ruby || (_language == CodeLanguage.Php && next != '['));
    }

    /// <summary>Counts the brackets of a hole; the one that closes it leads back into its string.</summary>
    private void CountHole(char c)
    {
        (StringForm form, int depth) = _open[^1];
        if (c == form.HoleCloser) depth--;
        else if (c == form.HoleOpener) depth++;
        _open[^1] = (form, depth);
    }

    private void ReadString(StringForm form)
    {
        ReadOnlySpan<char> rest = _source.AsSpan(_at);
        if (form.Escapes && rest[0] == '\\' && !(form.Hole.Length > 1 && form.Hole[0] == '\\' && rest.StartsWith(form.Hole)))
        {
            Paint(rest.Length > 1 && rest[1] != '\n' ? 2 : 1);
        }
        else if (rest.StartsWith(form.Closer))
        {
            bool doubled = form.Doubles && rest.Length > 1 && rest[1] == form.Closer[0];
            Paint(doubled ? 2 : form.Closer.Length);
            if (!doubled) _open.RemoveAt(_open.Count - 1);
        }
        else if (form.Hole.Length > 0 && rest.StartsWith(form.Hole))
        {
            bool doubled = form.Hole == "{" && rest.Length > 1 && rest[1] == '{';
            Paint(doubled ? 2 : form.Hole.Length);
            if (!doubled) _open[^1] = (form, 1);
        }
        else
        {
            Paint(1);
        }
    }

    private void Paint(int count)
    {
        for (int end = Math.Min(_source.Length, _at + count); _at < end; _at++) _masked[_at] = _source[_at] == '\n' ? InnerEnd : Text;
    }
}
