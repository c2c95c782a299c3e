using System.Globalization;
using Headroom.Internal.Code;
using Headroom.Internal.Lines;

namespace Headroom.Compressors.Code;

/// <summary>A numbered listing with its numbers written short: padding goes and the sign becomes a blank (a tab stays), so that more lines find room.</summary>
/// <param name="Text">The listing, line by line.</param>
/// <param name="Legend">Says how the numbers were written.</param>
/// <param name="Gain">How many characters of it take as many tokens as one character of the original.</param>
internal sealed record ShortNumbering(string Text, string Legend, double Gain)
{
    /// <summary>Share of the tokens from which a legend is worth its line: numbers before a tab save little more than one token a line.</summary>
    private const double MinSaving = 0.03;

    /// <summary>The short form, or <see langword="null"/> where a text has no numbers or gains nothing.</summary>
    public static ShortNumbering? Of(string original, NumberedCode source)
    {
        int numbered = source.Numbers.Count(n => n >= 0);
        if (numbered * 2 < source.Lines.Length) return null;
        char between = source.Numbering.Mark == "\t" ? '\t' : ' '; // as whole listings are written
        string text = string.Join('\n', source.Lines.Select((line, i) =>
            source.Numbers[i] >= 0 ? string.Create(CultureInfo.InvariantCulture, $"{source.Numbers[i]}{between}{line}") : line));
        double before = Tokens(original), after = Tokens(text);
        if (after > before * (1 - MinSaving)) return null;
        double gain = before / original.Length / (after / text.Length);
        return new ShortNumbering(text, $"{LineNumbering.LegendStart}{source.Numbering}%s\"]", gain);
    }

    /// <summary>Line by line, as blanks before a number do not join the line end before them.</summary>
    private static int Tokens(string text)
    {
        var lines = new LineList(text);
        int tokens = 0;
        for (int i = 0; i < lines.Count; i++) tokens += lines.Cost(i) + 1;
        return tokens;
    }
}
