namespace Headroom.Tokens;

/// <summary>Counts with a function of the caller, such as the tokenizer of another library.</summary>
/// <remarks>The function must be thread-safe and always give the same count for the same text; what it throws reaches the caller of <see cref="Count"/>.</remarks>
public sealed class DelegateTokenCounter : ITokenCounter
{
    private readonly Func<string, int> _count;

    /// <summary>Wraps a function.</summary>
    /// <param name="name">Name for reports. If <paramref name="isEstimate"/>, it should say so.</param>
    /// <param name="count">Number of tokens of a text, not negative. Never called with an empty text.</param>
    /// <param name="isEstimate">Whether the counts are estimates. Default: <see langword="false"/>.</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty or white space.</exception>
    public DelegateTokenCounter(string name, Func<string, int> count, bool isEstimate = false)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(count);
        Name = name;
        IsEstimate = isEstimate;
        _count = count;
    }

    /// <inheritdoc />
    public string Name { get; }

    /// <inheritdoc />
    public bool IsEstimate { get; }

    /// <inheritdoc />
    /// <remarks>The function takes a string, so every call allocates one.</remarks>
    public int Count(ReadOnlySpan<char> text) => text.IsEmpty ? 0 : _count(text.ToString());
}
