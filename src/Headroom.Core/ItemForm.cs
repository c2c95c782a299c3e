namespace Headroom;

/// <summary>What became of an item.</summary>
public enum ItemForm
{
    /// <summary>The text is the original.</summary>
    Unchanged,

    /// <summary>The text is another spelling of the whole original and decodes to it.</summary>
    Reformatted,

    /// <summary>The text points, wholly or in part, at text that stands earlier in the conversation.</summary>
    Referenced,

    /// <summary>Parts of the original are left out, each marked in place and retrievable by <see cref="ItemOutcome.OriginalId"/>.</summary>
    Elided,
}
