using System.Globalization;

namespace Headroom.Tokens;

/// <summary>Estimates the tokens of one tokenizer as those of another times a factor.</summary>
/// <remarks>Rounds to the nearest whole number, at least 1 for a text that is not empty. As thread-safe as the counter it scales.</remarks>
public sealed class ScaledTokenCounter : ITokenCounter
{
    private readonly ITokenCounter _counter;

    /// <summary>Scales a counter.</summary>
    /// <param name="subject">What the tokens are of, such as <c>claude</c>.</param>
    /// <param name="counter">The counter to scale.</param>
    /// <param name="factor">Tokens of the subject for one token of the counter: 0.1 to 10.</param>
    /// <exception cref="ArgumentException"><paramref name="subject"/> is empty or white space.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="factor"/> is not between 0.1 and 10.</exception>
    public ScaledTokenCounter(string subject, ITokenCounter counter, double factor)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(subject);
        ArgumentNullException.ThrowIfNull(counter);
        if (!(factor is >= 0.1 and <= 10)) throw new ArgumentOutOfRangeException(nameof(factor), factor, "The factor must be from 0.1 to 10.");
        _counter = counter;
        Factor = factor;
        Name = string.Create(CultureInfo.InvariantCulture, $"{subject} (estimated: {counter.Name} x {factor:0.0##})");
    }

    /// <summary>Tokens of the subject for one token of the counter.</summary>
    public double Factor { get; }

    /// <inheritdoc />
    /// <remarks>Names the subject, the counter and the factor: <c>claude (estimated: o200k_base x 1.2)</c>.</remarks>
    public string Name { get; }

    /// <inheritdoc />
    public bool IsEstimate => true;

    /// <inheritdoc />
    public int Count(ReadOnlySpan<char> text)
    {
        int counted = _counter.Count(text);
        return counted == 0 ? 0 : (int)Math.Clamp(Math.Round(counted * Factor, MidpointRounding.AwayFromZero), 1, int.MaxValue);
    }
}
