namespace Headroom;

/// <summary>What a front door knows about the conversation whose items it hands over.</summary>
public sealed record ConversationContext
{
    /// <summary>Whether the model can call the retrieval tool in this conversation. Without it nothing is left out.</summary>
    public bool CanRetrieve { get; init; }

    /// <summary>Whether the front door itself can resolve every original from the conversation it will be handed again, so that no store is needed.</summary>
    public bool HoldsOriginals { get; init; }

    /// <summary>The scope originals are stored in.</summary>
    public string Scope { get; init; } = "";
}
