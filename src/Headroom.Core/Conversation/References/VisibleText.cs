namespace Headroom.Conversation.References;

/// <summary>An earlier text as it was sent, and how a reference names it.</summary>
internal sealed record VisibleText(string Label, TextLines Lines);
