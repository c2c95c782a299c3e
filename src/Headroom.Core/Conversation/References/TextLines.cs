using System.Runtime.InteropServices;

namespace Headroom.Conversation.References;

/// <summary>A text cut into lines, each with a hash of its content. In a numbered listing (<c>cat -n</c>, <c>grep -n</c>, an editor view) the number is not content.</summary>
internal sealed class TextLines
{
    /// <summary>A text is a numbered listing when at least this share of its lines begin with the number that follows the previous one.</summary>
    private const double NumberedShare = 0.6;

    private readonly Line[] _lines;

    /// <param name="text">The text.</param>
    /// <param name="isNumbered">Whether its lines carry numbers; <see langword="null"/> to find out. A few lines of a listing do not show it by themselves.</param>
    public TextLines(string text, bool? isNumbered = null)
    {
        Text = text;
        _lines = Cut(text, out bool numbered);
        IsNumbered = isNumbered ?? numbered;
        for (int i = 0; i < _lines.Length; i++)
        {
            if (!IsNumbered) _lines[i] = _lines[i] with { ContentStart = _lines[i].Start, Number = -1 };
            _lines[i] = _lines[i] with { Hash = Hash(Content(i)) };
        }
    }

    public string Text { get; }

    public int Count => _lines.Length;

    /// <summary>Whether the lines carry numbers of their own.</summary>
    public bool IsNumbered { get; }

    /// <summary>Offset of a line in the text; the length of the text plus one for the line after the last.</summary>
    public int Start(int line) => line < _lines.Length ? _lines[line].Start : Text.Length + 1;

    /// <summary>The number a line of a numbered listing carries, or -1.</summary>
    public int Number(int line) => _lines[line].Number;

    public ulong HashOf(int line) => _lines[line].Hash;

    /// <summary>A line without its number and without its line end.</summary>
    public ReadOnlySpan<char> Content(int line) => Text.AsSpan(_lines[line].ContentStart, _lines[line].End - _lines[line].ContentStart);

    /// <summary>One hash for three lines in a row.</summary>
    public ulong HashOfThree(int line) => Mix(Mix(_lines[line].Hash, _lines[line + 1].Hash), _lines[line + 2].Hash);

    /// <summary>Whether the lines of a text carry numbers of their own.</summary>
    public static bool IsNumberedListing(string text)
    {
        Cut(text, out bool numbered);
        return numbered;
    }

    private static Line[] Cut(string text, out bool numbered)
    {
        var lines = new Line[text.AsSpan().Count('\n') + 1];
        int following = 0, previous = -1;
        for (int i = 0, at = 0; i < lines.Length; i++)
        {
            int end = text.IndexOf('\n', at);
            if (end < 0) end = text.Length;
            int content = NumberPrefix(text.AsSpan(at, end - at), out int number);
            if (number >= 0 && (previous < 0 || number == previous + 1)) following++;
            previous = number;
            lines[i] = new Line(at, at + content, end, number, 0);
            at = end + 1;
        }

        numbered = following >= 3 && following >= NumberedShare * lines.Length;
        return lines;
    }

    /// <summary>Length of a line-number prefix: blanks, digits, and a tab, colon, bar, arrow or two blanks; 0 when there is none.</summary>
    private static int NumberPrefix(ReadOnlySpan<char> line, out int number)
    {
        number = -1;
        int at = 0, value = 0;
        while (at < line.Length && line[at] == ' ') at++;
        int digits = at;
        while (at < line.Length && char.IsAsciiDigit(line[at]) && at - digits < 8) value = value * 10 + (line[at++] - '0');
        if (at == digits || at >= line.Length || line[at] is not ('\t' or ' ' or ':' or '|' or '-' or '\u2192')) return 0;
        number = value;
        return at + 1;
    }

    private static ulong Hash(ReadOnlySpan<char> text)
    {
        ulong hash = (ulong)text.Length;
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<char, ulong>(text);
        foreach (ulong word in words) hash = Mix(hash, word);
        foreach (char c in text[(words.Length * 4)..]) hash = Mix(hash, c);
        return hash;
    }

    private static ulong Mix(ulong hash, ulong value)
    {
        ulong product = Math.BigMul(hash ^ 0x9E3779B97F4A7C15, value ^ 0xD6E8FEB86659FD93, out ulong low);
        return product ^ low;
    }

    private readonly record struct Line(int Start, int ContentStart, int End, int Number, ulong Hash);
}
