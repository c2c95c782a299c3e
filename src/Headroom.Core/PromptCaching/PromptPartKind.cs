namespace Headroom.PromptCaching;

/// <summary>What a part of a prompt is.</summary>
public enum PromptPartKind
{
    /// <summary>A declared tool.</summary>
    ToolDeclaration,

    /// <summary>A system or developer prompt, or the instructions that precede the messages.</summary>
    System,

    /// <summary>Text of the user.</summary>
    User,

    /// <summary>Text of the model.</summary>
    Assistant,

    /// <summary>Reasoning of the model, readable or encrypted.</summary>
    Reasoning,

    /// <summary>A tool call of the model.</summary>
    ToolCall,

    /// <summary>The result of a tool call.</summary>
    ToolResult,

    /// <summary>Anything else: images, files, items of the provider's own.</summary>
    Other,
}
