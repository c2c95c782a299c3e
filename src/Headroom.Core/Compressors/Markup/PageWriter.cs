using System.Globalization;
using System.Text;
using AngleSharp.Html.Parser;

namespace Headroom.Compressors.Markup;

/// <summary>Writes a page as Markdown, line by line: lines of the source stay lines, so that what stood on one can be found again.</summary>
internal sealed class PageWriter
{
    /// <summary>Deeper lists are indented no further.</summary>
    private const int MaxIndent = 4;

    /// <summary>Longer addresses carry a session or a payload, not a place.</summary>
    private const int MaxAddress = 120;

    private readonly List<PageToken> _tokens;
    private readonly PageRegions _regions;
    private readonly List<PageLine> _lines = [];
    private readonly StringBuilder _line = new();
    private readonly Stack<int> _lists = new();
    private readonly HashSet<string> _addresses = new(StringComparer.Ordinal);
    private int _first, _last, _heading, _pre, _cells, _linkStart = -1, _linkLetters, _letters;
    private string _address = "", _bullet = "";
    private bool _begins = true;

    private PageWriter(List<PageToken> tokens)
    {
        _tokens = tokens;
        _regions = new PageRegions(tokens);
    }

    /// <summary>The lines of a page in its order.</summary>
    public static List<PageLine> Write(List<PageToken> tokens)
    {
        var writer = new PageWriter(tokens);
        for (int i = 0; i < tokens.Count; i++)
        {
            int end = i + 1 < tokens.Count ? tokens[i + 1].Line : int.MaxValue;
            if (writer._regions.LeftOut(i, out int last) is { } what)
            {
                if (tokens[last].Line > tokens[i].Line) writer.LeaveOut(what, tokens[i].Line, tokens[last].Line); // an icon inside a sentence is not
                i = last;
            }
            else if (tokens[i].Kind == HtmlTokenType.Character) writer.Text(tokens[i].Name, tokens[i].Line, end);
            else if (tokens[i].Kind == HtmlTokenType.StartTag) writer.Start(tokens[i]);
            else writer.End(tokens[i].Name);
        }

        writer.Flush();
        return writer._lines;
    }

    private void LeaveOut(string what, int first, int last)
    {
        Flush();
        _lines.Add(new PageLine(PageLineKind.LeftOut, what, first, last));
    }

    private void Start(PageToken tag)
    {
        switch (tag.Name)
        {
            case "title" or "h1" or "h2" or "h3" or "h4" or "h5" or "h6":
                Break();
                _heading = tag.Name == "title" ? 1 : tag.Name[1] - '0';
                break;
            case "p" or "div" or "section" or "article" or "main" or "header" or "aside" or "figure" or "figcaption" or "blockquote" or "dl" or "dt" or "dd" or "form" or "fieldset" or "table" or "caption" or "details" or "summary" or "address" or "hr":
                Break();
                break;
            case "pre":
                Break();
                _pre++;
                break;
            case "ul" or "ol":
                Break();
                _lists.Push(tag.Name == "ol" ? 1 : 0);
                break;
            case "li":
                Break();
                Bullet();
                break;
            case "tr":
                Break();
                _cells = 0;
                break;
            case "td" or "th":
                if (_cells++ > 0 && _line.Length > 0) Append(_line[^1] == ' ' ? "| " : " | ", tag.Line);
                else if (_cells == 1) Break();
                break;
            case "br":
                Flush();
                break;
            case "code" or "tt" or "kbd" or "samp" when _pre == 0:
                Append("`", tag.Line);
                break;
            case "a":
                (_linkStart, _address) = (_line.Length, tag.Attribute("href"));
                break;
            case "img" when tag.Attribute("alt").Trim() is { Length: > 2 } alt:
                Append("(image: " + OneLine(alt) + ")", tag.Line);
                break;
        }
    }

    private void End(string name)
    {
        switch (name)
        {
            case "title" or "h1" or "h2" or "h3" or "h4" or "h5" or "h6":
                Break();
                _heading = 0;
                break;
            case "pre":
                Break();
                _pre = Math.Max(0, _pre - 1);
                break;
            case "ul" or "ol":
                Break();
                _lists.TryPop(out _);
                break;
            case "li":
                Break();
                _bullet = "";
                break;
            case "tr" or "table":
                Break();
                _cells = 0;
                break;
            case "p" or "div" or "section" or "article" or "dl" or "dt" or "dd" or "blockquote" or "figure" or "form" or "caption":
                Break();
                break;
            case "code" or "tt" or "kbd" or "samp" when _pre == 0 && _line.Length > 0:
                if (_line[^1] == '`') _line.Length--; // nothing was in it on this line
                else _line.Append('`');
                break;
            case "a":
                EndLink();
                break;
        }
    }

    /// <summary>Writes the address behind a link's words the first time it comes; drops links that are only a sign to click on.</summary>
    private void EndLink()
    {
        if (_linkStart >= 0 && _linkStart <= _line.Length)
        {
            int letters = 0;
            for (int i = _linkStart; i < _line.Length; i++) letters += char.IsLetterOrDigit(_line[i]) ? 1 : 0;
            _linkLetters += letters;
            if (letters == 0) _line.Length = _linkStart;
            else if (_address.Length is > 0 and < MaxAddress && _address[0] != '#' && !_address.StartsWith("javascript:", StringComparison.OrdinalIgnoreCase) && _addresses.Add(_address))
                _line.Insert(_linkStart, '[').Append("](").Append(OneLine(_address)).Append(')');
        }

        _linkStart = -1;
    }

    /// <summary>Waits for the item's first words, which may stand on the next line.</summary>
    private void Bullet()
    {
        int number = _lists.TryPop(out int next) ? next : 0;
        _lists.Push(number > 0 ? number + 1 : 0);
        _bullet = new string(' ', 2 * Math.Min(_lists.Count - 1, MaxIndent)) + (number > 0 ? string.Create(CultureInfo.InvariantCulture, $"{number}. ") : "- ");
    }

    /// <param name="text">Text between tags.</param>
    /// <param name="line">Line it begins on.</param>
    /// <param name="end">Line the next tag begins on.</param>
    private void Text(string text, int line, int end)
    {
        foreach (char c in text)
        {
            if (c == '\n')
            {
                if (_pre > 0 || (_heading == 0 && _cells == 0)) Flush();
                else Blank();
                line = Math.Min(line + 1, end);
            }
            else if (_pre == 0 && c is ' ' or '\t' or '\r' or '\f' or '\u00a0') Blank();
            else
            {
                Append(c, line);
                if (char.IsLetterOrDigit(c)) _letters++;
            }
        }
    }

    private void Blank()
    {
        if (_line.Length > 0 && _line[^1] != ' ') _line.Append(' ');
    }

    private void Append(char c, int line) => At(line).Append(c);

    private void Append(string text, int line) => At(line).Append(text);

    private StringBuilder At(int line)
    {
        _last = line;
        if (_line.Length > 0) return _line;
        _first = line;
        _line.Append(_bullet);
        if (_linkStart == 0) _linkStart = _line.Length;
        _bullet = "";
        return _line;
    }

    private void Break()
    {
        Flush();
        _begins = true;
    }

    private void Flush()
    {
        string text = _line.ToString().TrimEnd();
        bool bare = text.AsSpan().TrimStart().Trim("-|` ").IsEmpty;
        if (!bare || (_pre > 0 && text.Length > 0))
        {
            PageLineKind kind = _heading > 0 ? PageLineKind.Heading : _pre > 0 ? PageLineKind.Code
                : _linkLetters > 0 && _linkLetters >= _letters ? PageLineKind.Links : _begins ? PageLineKind.Begins : PageLineKind.Text;
            _lines.Add(new PageLine(kind, _heading > 0 ? new string('#', _heading) + " " + text.Trim() : text, _first, _last));
            _begins = false;
        }

        _line.Clear();
        (_linkLetters, _letters) = (0, 0);
        if (_linkStart > 0) _linkStart = 0;
    }

    private static string OneLine(string text) => text.ReplaceLineEndings(" ").Trim();
}
