using Headroom.Internal.Selection;

namespace Headroom;

/// <summary>One text the model would read, with what is known about where it came from.</summary>
/// <remarks>Immutable, so safe to share between threads.</remarks>
public sealed record ContextItem
{
    /// <summary>The text as the model would read it without Headroom.</summary>
    public required string Text { get; init; }

    /// <summary>Who wrote the text.</summary>
    /// <value>The default is <see cref="ItemRole.Tool"/>.</value>
    public ItemRole Role { get; init; } = ItemRole.Tool;

    /// <summary>Name of the tool whose result this is, if it is one.</summary>
    public string? ToolName { get; init; }

    /// <summary>Id that ties a tool result to its call, if there is one.</summary>
    public string? CallId { get; init; }

    /// <summary>Arguments of the tool call, as the text the model wrote (usually JSON).</summary>
    public string? Arguments { get; init; }

    /// <summary>The question this text answers, where the caller knows it.</summary>
    /// <value>The default is <see langword="null"/>: the last user text before the item is taken.</value>
    public string? Question { get; init; }

    /// <summary>Whether the tool reported an error. Error results are never touched.</summary>
    public bool IsError { get; init; }

    /// <summary>Whether the caller marked this text as compressible although its role is not <see cref="ItemRole.Tool"/>.</summary>
    public bool IsCompressible { get; init; }

    /// <summary>Whether the caller asked for this text to pass through verbatim.</summary>
    public bool IsPinned { get; init; }

    /// <summary>What the tool itself says about its results, where the options say nothing about it.</summary>
    /// <value>The default is <see cref="ToolPolicy.Inherit"/>.</value>
    public ToolPolicy Policy { get; init; }

    /// <summary>Tokens of a text that is not held, where only these count for what follows; <see langword="null"/> for every item with a text of its own.</summary>
    internal int? Weight { get; init; }

    /// <summary>Tokens the text may have, where whoever hands it over sets a limit of its own: it counts instead of the thresholds and the gate.</summary>
    internal int? MaxTokens { get; init; }

    /// <summary>What the text consists of, where whoever wrote it knows.</summary>
    internal TextRecords? Records { get; init; }
}
