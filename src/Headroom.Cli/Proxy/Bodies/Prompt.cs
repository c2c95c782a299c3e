using Headroom.Cli.Wire;

namespace Headroom.Cli.Proxy.Bodies;

/// <summary>What a request asks a model to read.</summary>
internal sealed class Prompt
{
    /// <summary>The texts, oldest first.</summary>
    public required IReadOnlyList<ContextItem> Items { get; init; }

    /// <summary>Where the string token of each item stands, quotes included.</summary>
    public required IReadOnlyList<JsonSpan> Tokens { get; init; }

    /// <summary>Everything in it, in the order a prompt cache reads it: tools, system prompt, messages.</summary>
    public required IReadOnlyList<PromptPiece> Pieces { get; init; }

    /// <summary>Where cache breakpoints stand, as indices of <see cref="Pieces"/>; <see langword="null"/> where the provider sets them itself.</summary>
    public IReadOnlyList<int>? Breakpoints { get; init; }

    /// <summary>Whether the model can call the retrieval tool.</summary>
    public bool DeclaresRetrieval { get; init; }

    /// <summary>Whether it was sent only to hand in what was asked back: without Headroom it would not exist.</summary>
    public bool OnlyAnswersRetrieval { get; init; }

    /// <summary>Whether the provider keeps a part of the history, which is not in this request.</summary>
    public bool IsPartial { get; init; }

    public string? Model { get; init; }

    /// <summary>What the client names its session, where it does.</summary>
    public string? Session { get; init; }

    /// <summary>The answer this request goes on from, where the provider keeps the history.</summary>
    public string? PreviousId { get; init; }

    /// <summary>The first text of the user; <see langword="null"/> where there is none.</summary>
    public string? FirstUserText { get; init; }
}
