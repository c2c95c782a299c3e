namespace Headroom.Tokens;

/// <summary>Counts the tokens of a text.</summary>
/// <remarks>Implementations are thread-safe and deterministic.</remarks>
public interface ITokenCounter
{
    /// <summary>Name of the tokenizer, such as <c>o200k_base</c>, for reports.</summary>
    string Name { get; }

    /// <summary>Whether counts are estimates rather than the count of a real tokenizer.</summary>
    bool IsEstimate { get; }

    /// <summary>Number of tokens in <paramref name="text"/>; 0 for an empty text. Text that looks like a special token is counted as text.</summary>
    int Count(ReadOnlySpan<char> text);
}
