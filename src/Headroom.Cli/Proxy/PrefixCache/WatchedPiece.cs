using System.Globalization;
using Headroom.Cli.Proxy.Bodies;
using Headroom.Economics;
using Headroom.PromptCaching;

namespace Headroom.Cli.Proxy.PrefixCache;

/// <summary>A piece of a prompt as far as a prompt cache is concerned: what tells it from others, and its text where it is at hand.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Block">Its hash and its tokens.</param>
/// <param name="Name">The tool, of declarations and calls.</param>
/// <param name="Message">The number of its message, from 1; 0 for what precedes the messages.</param>
/// <param name="Part">Its number in the message, from 1.</param>
/// <param name="Text">Its text; <see langword="null"/> where only the hash is known.</param>
internal readonly record struct WatchedPiece(PromptPartKind Kind, PromptBlock Block, string? Name, int Message, int Part, string? Text)
{
    /// <summary>Whether it belongs to what an application writes once and sends with every request.</summary>
    public bool IsPinned => Kind is PromptPartKind.ToolDeclaration or PromptPartKind.System;

    /// <summary>Whether two are the same to a prompt cache. Where they stand does not count.</summary>
    public bool IsSameAs(in WatchedPiece other) => Block.Hash == other.Block.Hash && Kind == other.Kind && string.Equals(Name, other.Name, StringComparison.Ordinal);

    /// <summary>What the comparer is told: the hash stands for the text, which is looked at only where two differ.</summary>
    public PromptPart AsPart() => Named(Block.Hash.ToString("x16", CultureInfo.InvariantCulture));

    /// <summary>The same, with the text itself.</summary>
    public PromptPart Named(string text)
    {
        PromptPart part = Kind == PromptPartKind.ToolDeclaration ? PromptPart.OfTool(Name ?? "", text)
            : Message == 0 ? PromptPart.OfInstructions(text)
            : PromptPart.OfMessage(Message, Kind, text, Name);
        return part with { Name = Part > 1 ? string.Create(CultureInfo.InvariantCulture, $"{part.Name}, part {Part}") : part.Name, Tokens = Block.Tokens };
    }

    /// <summary>What a piece of a request is.</summary>
    public static PromptPartKind KindOf(PromptPiece piece, ContextItem? item) => piece.Kind switch
    {
        PromptPieceKind.Tool => PromptPartKind.ToolDeclaration,
        PromptPieceKind.Call => PromptPartKind.ToolCall,
        PromptPieceKind.Other => PromptPartKind.Reasoning,
        _ => item!.Role switch
        {
            ItemRole.System => PromptPartKind.System,
            ItemRole.User => PromptPartKind.User,
            ItemRole.Assistant => PromptPartKind.Assistant,
            _ => PromptPartKind.ToolResult,
        },
    };
}
