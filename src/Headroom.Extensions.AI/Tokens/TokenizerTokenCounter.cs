using Headroom.Tokens;
using Microsoft.ML.Tokenizers;

namespace Headroom.Extensions.AI.Tokens;

/// <summary>Counts tokens with a tokenizer of <c>Microsoft.ML.Tokenizers</c>.</summary>
/// <remarks>Thread-safe, as those tokenizers are.</remarks>
public sealed class TokenizerTokenCounter : ITokenCounter
{
    private readonly Tokenizer _tokenizer;

    /// <summary>Creates a counter.</summary>
    /// <param name="tokenizer">The tokenizer of the model in use.</param>
    /// <param name="name">Its name, for reports, such as <c>o200k_base</c>.</param>
    /// <param name="isEstimate">Whether the model in use has another tokenizer, so that counts are estimates. The default is <see langword="false"/>.</param>
    public TokenizerTokenCounter(Tokenizer tokenizer, string name, bool isEstimate = false)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        ArgumentException.ThrowIfNullOrEmpty(name);
        _tokenizer = tokenizer;
        Name = name;
        IsEstimate = isEstimate;
    }

    /// <inheritdoc />
    public string Name { get; }

    /// <inheritdoc />
    public bool IsEstimate { get; }

    /// <inheritdoc />
    public int Count(ReadOnlySpan<char> text) => text.IsEmpty ? 0 : _tokenizer.CountTokens(text);
}
