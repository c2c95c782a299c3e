using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Headroom.Internal.Json;

namespace Headroom.Compressors.Json;

/// <content>Single strings and words.</content>
internal sealed partial class DocumentReader
{
    /// <summary>A string of the legend: bare (whatever it looks like), by reference, quoted or a block.</summary>
    private bool TryString([NotNullWhen(true)] out string? text)
    {
        text = null;
        if (_at >= _text.Length) return false;
        if (_text[_at] == '"') return TryQuoted(out text);
        if (!TryWord(out (string Text, bool IsLiteral) term)) return false;
        text = term.Text;
        return true;
    }

    /// <summary>A JSON string or a block of text.</summary>
    private bool TryQuoted([NotNullWhen(true)] out string? text)
    {
        text = null;
        ReadOnlySpan<char> rest = _text.AsSpan(_at);
        if (rest.StartsWith(Notation.Block, StringComparison.Ordinal))
        {
            int length = rest[3..].IndexOf(Notation.Block, StringComparison.Ordinal);
            if (length < 0) return false;
            text = rest.Slice(3, length).ToString();
            _at += length + 6;
            return true;
        }

        int end = ColumnPath.QuotedEnd(_text, _at);
        if (end < 0) return false;
        text = JsonText.Unescape(_text.AsSpan(_at + 1, end - _at - 2));
        _at = end;
        return true;
    }

    /// <summary>A bare word, with its reference resolved.</summary>
    private bool TryWord(out (string Text, bool IsLiteral) term)
    {
        term = default;
        int length = Bare.WordLength(_text.AsSpan(_at));
        if (length <= 0) return false;
        ReadOnlySpan<char> word = _text.AsSpan(_at, length);
        _at += length;
        if (!TryResolve(word, out string? text, out bool isReference)) return false;
        term = (text, !isReference && Bare.IsLiteral(word));
        return true;
    }

    /// <summary>Replaces a reference at the start of a bare text by what it stands for.</summary>
    private bool TryResolve(ReadOnlySpan<char> bare, [NotNullWhen(true)] out string? text, out bool isReference)
    {
        isReference = bare.Length > 0 && bare[0] == '$';
        text = null;
        if (isReference)
        {
            int end = 1;
            while (end < bare.Length && char.IsAsciiDigit(bare[end])) end++;
            if (!int.TryParse(bare[1..end], NumberStyles.None, CultureInfo.InvariantCulture, out int number) || number < 1 || number > _dictionary.Count) return false;
            text = string.Concat(_dictionary[number - 1], bare[end..]);
        }
        else
        {
            text = bare.ToString();
        }

        return true;
    }
}
