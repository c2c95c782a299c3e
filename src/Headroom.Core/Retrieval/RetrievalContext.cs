namespace Headroom.Retrieval;

/// <summary>What a front door knows when a model asks for an original.</summary>
public sealed record RetrievalContext
{
    /// <summary>The scope originals are stored in; the same as <see cref="ConversationContext.Scope"/>.</summary>
    public string Scope { get; init; } = "";

    /// <summary>Originals the front door can resolve from the conversation at hand, by id. Asked first, so they cannot expire.</summary>
    /// <value>The default is empty.</value>
    public IReadOnlyDictionary<string, string> Held { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The ids that occur in this conversation (see <see cref="MarkerGrammar.FindIds"/>); no other id is redeemed.</summary>
    /// <value>The default is <see langword="null"/>: any id of the scope is redeemed, for front doors that cannot see the conversation.</value>
    public IReadOnlyCollection<string>? KnownIds { get; init; }
}
