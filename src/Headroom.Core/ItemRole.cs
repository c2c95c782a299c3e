namespace Headroom;

/// <summary>Who wrote the text of an item.</summary>
public enum ItemRole
{
    /// <summary>A system or developer prompt. Never touched.</summary>
    System,

    /// <summary>Text of the user. Never touched unless the caller marked it with <see cref="ContextItem.IsCompressible"/>.</summary>
    User,

    /// <summary>A turn of the model. Never touched.</summary>
    Assistant,

    /// <summary>The result of a tool call: what Headroom exists for.</summary>
    Tool,
}
