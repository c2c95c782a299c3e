using System.Globalization;
using System.Text;
using Headroom.Internal.Json;

namespace Headroom.Compressors.Json;

/// <summary>Writes single strings: bare where nothing can be mistaken, by reference where that is shorter, else quoted.</summary>
internal sealed class TermWriter(StringBuilder output, IReadOnlyCollection<string> shapeNames)
{
    /// <summary>Escapes that make a text cheaper to read as a block than as a JSON string: the marks around a block cost about two tokens more.</summary>
    private const int MinEscapes = 4;

    private readonly HashSet<string> _shapeNames = new(shapeNames, StringComparer.Ordinal);
    private readonly Dictionary<string, int> _seen = new(StringComparer.Ordinal);
    private readonly List<string> _order = [];

    public TextDictionary? Dictionary { get; set; }

    /// <summary>The strings written while there was no dictionary, and how often.</summary>
    public IReadOnlyList<KeyValuePair<string, int>> Seen => [.. _order.Select(s => KeyValuePair.Create(s, _seen[s]))];

    /// <summary>Writes a string between blanks or brackets.</summary>
    public void Word(ReadOnlySpan<char> text, bool isTyped = false)
    {
        if (TryReference(text, out int length) && (length == text.Length || Bare.IsTail(text[length..]))) Referred(text, length);
        else if (Bare.IsWord(text, isTyped) && !NamesShape(text)) output.Append(text);
        else Quoted(text);
    }

    /// <summary>Writes a string as a cell.</summary>
    public void Cell(ReadOnlySpan<char> text, char separator, bool isTyped)
    {
        if (TryReference(text, out int length) && (length == text.Length || Bare.IsCellTail(text[length..], separator))) Referred(text, length);
        else if (Bare.IsCell(text, separator, isTyped) && !NamesShape(text)) output.Append(text);
        else Quoted(text);
    }

    /// <summary>Writes the text of a dictionary entry, which may refer to the entries before it.</summary>
    public void Definition(int number)
    {
        string text = Dictionary!.Entries[number - 1];
        int other = Dictionary.Find(text, number);
        if (other > 0 && Bare.IsTail(text.AsSpan(Dictionary.Entries[other - 1].Length))) Append(other).Append(text.AsSpan(Dictionary.Entries[other - 1].Length));
        else if (Bare.IsWord(text, isTyped: true)) output.Append(text);
        else Quoted(text);
    }

    private void Referred(ReadOnlySpan<char> text, int length) => Append(Dictionary!.Find(text)).Append(text[length..]);

    private StringBuilder Append(int number) => output.Append(CultureInfo.InvariantCulture, $"${number}");

    private bool TryReference(ReadOnlySpan<char> text, out int length)
    {
        length = 0;
        if (Dictionary is null)
        {
            if (text.Length >= TextDictionary.MinLength) Remember(text);
            return false;
        }

        int entry = Dictionary.Find(text);
        if (entry == 0) return false;
        length = Dictionary.Entries[entry - 1].Length;
        return true;
    }

    private void Remember(ReadOnlySpan<char> text)
    {
        Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> seen = _seen.GetAlternateLookup<ReadOnlySpan<char>>();
        if (seen.TryGetValue(text, out int count))
        {
            seen[text] = count + 1;
            return;
        }

        string own = text.ToString();
        _seen.Add(own, 1);
        _order.Add(own);
    }

    private bool NamesShape(ReadOnlySpan<char> text)
    {
        int open = text.IndexOf('(');
        return open > 0 && _shapeNames.Count > 0 && _shapeNames.GetAlternateLookup<ReadOnlySpan<char>>().Contains(text[..open]);
    }

    private void Quoted(ReadOnlySpan<char> text)
    {
        if (IsBlock(text)) output.Append(Notation.Block).Append(text).Append(Notation.Block);
        else JsonText.AppendQuoted(output, text);
    }

    private static bool IsBlock(ReadOnlySpan<char> text)
    {
        int escapes = 0;
        foreach (char c in text)
        {
            if (c is '"' or '\\' or '\n' or '\t') escapes++;
            else if (c is < ' ' or '\u0085' or '\u2028' or '\u2029') return false;
        }

        return escapes >= MinEscapes && text[0] != '"' && text[^1] != '"' && text.IndexOf(Notation.Block, StringComparison.Ordinal) < 0 && JsonText.IsWellFormed(text);
    }
}
