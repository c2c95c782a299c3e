using System.Text;
using Headroom.Tokens;

namespace Headroom.Retrieval;

/// <summary>An answer being written: sections of one header line and verbatim text each, until the tokens are spent.</summary>
internal sealed class AnswerPage(TextLines lines, ITokenCounter tokens, int maxTokens)
{
    /// <summary>Tokens kept free for what a header says when its section is cut: two line ranges and the words around them.</summary>
    private const int ContinuationTokens = 32;

    private readonly StringBuilder _text = new();
    private int _left = maxTokens;

    public TextLines Lines { get; } = lines;

    public ITokenCounter Tokens { get; } = tokens;

    /// <summary>Tokens not yet spent.</summary>
    public int Left => _left;

    /// <summary>Whether the text of a section, under a header of about the given text, can be added whole.</summary>
    public bool Fits(string header, TextSpan span, bool isLast) =>
        PrefixLength(span, _left - Tokens.Count(header) - (isLast ? 2 : ContinuationTokens)) == span.Length;

    /// <summary>How much of a stretch fits under a header that still has to say how to go on: whole lines where one fits, characters otherwise.</summary>
    public TextSpan Cut(string header, TextSpan span)
    {
        int length = PrefixLength(span, _left - Tokens.Count(header) - ContinuationTokens);
        if (length == span.Length) return span;
        int lineEnd = length == 0 ? -1 : Lines.Text.LastIndexOf('\n', span.Start + length, length + 1);
        return new TextSpan(span.Start, lineEnd >= 0 ? lineEnd : span.Start + length);
    }

    public void Add(string header, TextSpan span)
    {
        AddLine(header);
        if (span.Length == 0) return;
        _text.Append('\n').Append(Lines.Text, span.Start, span.Length);
        _left -= Tokens.Count(Lines.Text.AsSpan(span.Start, span.Length)) + 1;
    }

    public void AddLine(string line)
    {
        if (_text.Length > 0) _text.Append('\n');
        _text.Append(line);
        _left -= Tokens.Count(line) + 1;
    }

    public override string ToString() => _text.ToString();

    private int PrefixLength(TextSpan span, int max) => TokenFit.PrefixLength(Lines.Text.AsSpan(span.Start, span.Length), max, Tokens);
}
