namespace Headroom.Cli.Wire;

/// <summary>A text of a chat message, where its token stands in the line, and the item it is for the engine.</summary>
/// <param name="MessageIndex">Index of the message.</param>
/// <param name="PartIndex">Index of the part, where the content is an array of parts.</param>
/// <param name="Token">The JSON string token, quotes included.</param>
/// <param name="Item">The text as an item.</param>
internal readonly record struct MessageText(int MessageIndex, int? PartIndex, JsonSpan Token, ContextItem Item);
