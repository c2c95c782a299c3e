namespace Headroom.Conversation.References;

/// <summary>A run of lines of an earlier text.</summary>
internal readonly record struct VisibleBlock(VisibleText Text, int Line, int Length)
{
    /// <summary>The run by the numbers a reader sees: those the lines carry, else counted from 1.</summary>
    public string Range => Text.Lines.IsNumbered && Text.Lines.Number(Line) >= 0
        ? $"{Text.Lines.Number(Line)}-{Text.Lines.Number(Line) + Length - 1}"
        : $"{Text.FirstLine + Line + 1}-{Text.FirstLine + Line + Length}";
}
