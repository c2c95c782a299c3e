namespace Headroom.Extensions.AI.Messages;

/// <summary>Where an item of a conversation came from.</summary>
/// <param name="Message">The number of the message; -1 for the system text that precedes them.</param>
/// <param name="Content">The number of the content in it.</param>
/// <param name="Part">The number of the item among those of the content.</param>
/// <param name="Read">The content as it was read.</param>
internal readonly record struct ItemPlace(int Message, int Content, int Part, ReadContent Read);
