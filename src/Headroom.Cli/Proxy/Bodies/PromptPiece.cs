using Headroom.Cli.Wire;

namespace Headroom.Cli.Proxy.Bodies;

/// <summary>What a piece of a prompt is.</summary>
internal enum PromptPieceKind
{
    /// <summary>The declaration of a tool.</summary>
    Tool,

    /// <summary>An item: a text the engine is told of.</summary>
    Item,

    /// <summary>A tool call.</summary>
    Call,

    /// <summary>Another text the model reads, such as visible reasoning.</summary>
    Other,
}

/// <summary>A piece of a prompt, in the order a prompt cache reads them.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Span">Where it stands in the body.</param>
/// <param name="Item">The number of its item, where it is one.</param>
/// <param name="IsOurs">Whether it would not be there without Headroom: its tools, calls of the retrieval tool, and their answers.</param>
/// <param name="Message">The number of its message, from 1; 0 for what precedes the messages.</param>
/// <param name="Name">The tool, where it declares or calls one.</param>
internal readonly record struct PromptPiece(PromptPieceKind Kind, JsonSpan Span, int Item, bool IsOurs, int Message, string? Name = null);
