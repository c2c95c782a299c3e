namespace Headroom.Conversation.References;

/// <summary>An earlier text as it was sent, or a run of lines that stayed visible of one that was cut.</summary>
/// <param name="Label">How a reference names the text.</param>
/// <param name="Lines">The lines.</param>
/// <param name="FirstLine">How many lines of the text stand before them.</param>
/// <param name="IsCopy">Whether their text is held for this alone.</param>
internal sealed record VisibleText(string Label, TextLines Lines, int FirstLine, bool IsCopy = false);
