using System.Globalization;

namespace Headroom.Conversation.References;

/// <summary>A run of lines of an earlier text.</summary>
internal readonly record struct VisibleBlock(VisibleText Text, int Line, int Length)
{
    /// <summary>The run by the numbers a reader sees, those the lines carry, else counted from 1: <c>lines 40-88</c>, or <c>line 40</c>.</summary>
    public string Range => (Length == 1 ? "line " : "lines ") + Numbers(Text.Lines.IsNumbered && Text.Lines.Number(Line) >= 0 ? Text.Lines.Number(Line) : Text.FirstLine + Line + 1, Length);

    /// <summary><c>40-88</c>, or <c>40</c>.</summary>
    public static string Numbers(int first, int count) =>
        count == 1 ? first.ToString(CultureInfo.InvariantCulture) : ContentRange.Lines(first, first + count - 1).ToString();
}
