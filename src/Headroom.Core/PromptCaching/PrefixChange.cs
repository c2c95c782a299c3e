namespace Headroom.PromptCaching;

/// <summary>Why the beginning of a prompt is no longer what it was.</summary>
public enum PrefixChange
{
    /// <summary>The same tools in another order.</summary>
    ToolsReordered,

    /// <summary>A tool was added.</summary>
    ToolAdded,

    /// <summary>A tool was removed.</summary>
    ToolRemoved,

    /// <summary>The description or schema of a tool changed.</summary>
    ToolChanged,

    /// <summary>A text changed where it holds something that is different every time, such as the time of day.</summary>
    VolatileText,

    /// <summary>A text changed.</summary>
    TextChanged,

    /// <summary>One or more parts are gone.</summary>
    PartRemoved,

    /// <summary>One or more parts were put in before others.</summary>
    PartInserted,
}
