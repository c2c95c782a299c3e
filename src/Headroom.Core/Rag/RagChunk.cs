namespace Headroom.Rag;

/// <summary>A piece of a document, as a retriever returned it.</summary>
/// <param name="Text">The text.</param>
public sealed record RagChunk(string Text)
{
    /// <summary>Name of the document, or of the part of it; shown to the model.</summary>
    public string? Name { get; init; }

    /// <summary>Where the document can be found; shown to the model.</summary>
    public string? Link { get; init; }

    /// <summary>What the retriever calls the chunk; shown to the model.</summary>
    public string? Id { get; init; }

    /// <summary>Offset of the chunk in its document, in characters. With it, chunks of one document that overlap or touch become one passage however little they share.</summary>
    public int? Start { get; init; }

    /// <summary>How good the retriever thinks the chunk is; higher is better. Used where every chunk has one, to choose what stays whole.</summary>
    public double? Score { get; init; }
}
