using Headroom.Tokens.BytePairs;

namespace Headroom.Tokens;

/// <summary>Counts tokens of the <c>o200k_base</c> encoding exactly.</summary>
/// <remarks>
/// The vocabulary is in the assembly and is unpacked at the first count (less than a tenth of a second; 6 MB are kept).
/// Counting is linear in the text (n log n for one unbroken run of letters, spaces or punctuation) and allocates nothing
/// once the thread has counted before, but for rented buffers when a single run is longer than 4,096 bytes.
/// Text that looks like a special token is counted as text; a lone surrogate counts as U+FFFD. Thread-safe.
/// </remarks>
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
    public int Count(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty) return 0;

        PieceCounter counter = PieceCounter.OfThisThread;
        int count = 0;
        int start = 0;
        while (start < text.Length)
        {
            int end = PieceScanner.EndOfPiece(text, start);
            count += counter.Count(text, start, end - start);
            start = end;
        }

        return count;
    }
}
