using Headroom.Cli.Wire;

namespace Headroom.Cli.Proxy.Bodies;

/// <summary>A body in which some string tokens are replaced. Every other byte is the one that came.</summary>
internal sealed class SplicedBody
{
    private SplicedBody(List<ReadOnlyMemory<byte>> pieces)
    {
        Pieces = pieces;
        foreach (ReadOnlyMemory<byte> piece in pieces) Length += piece.Length;
    }

    /// <summary>What to send, in order.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Pieces { get; }

    /// <summary>Bytes in all pieces.</summary>
    public long Length { get; }

    /// <summary>The body with the outcomes in the place of the items; <see langword="null"/> where nothing changed.</summary>
    /// <param name="body">The body as it came.</param>
    /// <param name="prompt">Where its items stand.</param>
    /// <param name="outcomes">What became of them.</param>
    /// <param name="sent">Writes outcomes as tokens.</param>
    public static SplicedBody? Make(ReadOnlyMemory<byte> body, Prompt prompt, IReadOnlyList<ItemOutcome> outcomes, SentTokens sent)
    {
        // Members stand in any order, so that a system prompt may come last in the body and first in the prompt.
        int[] changed = [.. Enumerable.Range(0, outcomes.Count).Where(i => outcomes[i].Form != ItemForm.Unchanged).OrderBy(i => prompt.Tokens[i].Start)];
        if (changed.Length == 0) return null;
        List<ReadOnlyMemory<byte>> pieces = new(2 * changed.Length + 1);
        int copied = 0;
        foreach (int i in changed)
        {
            JsonSpan token = prompt.Tokens[i];
            pieces.Add(body[copied..token.Start]);
            pieces.Add(sent.Of(outcomes[i]));
            copied = token.Start + token.Length;
        }

        pieces.Add(body[copied..]);
        return new SplicedBody(pieces);
    }
}
