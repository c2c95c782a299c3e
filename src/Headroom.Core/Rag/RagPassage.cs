namespace Headroom.Rag;

/// <summary>A text the model reads once: a chunk, or several that overlap, with everything they were cited as.</summary>
/// <param name="Number">The number it is shown under, from 1.</param>
/// <param name="Citation">The line it is shown under: number, names, links, ids and offsets.</param>
/// <param name="Text">The whole text, every chunk verbatim in it.</param>
/// <param name="Chunks">The chunks it holds, in the order of the text; duplicates and contained ones behind those that hold them.</param>
public sealed record RagPassage(int Number, string Citation, string Text, IReadOnlyList<RagChunk> Chunks);
