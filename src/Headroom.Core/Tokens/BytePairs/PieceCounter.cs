using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.Unicode;

namespace Headroom.Tokens.BytePairs;

/// <summary>Counts the tokens of single pieces. One per thread; holds its buffers and a cache of fixed size.</summary>
internal sealed class PieceCounter
{
    // Recent short pieces and their counts: 4,096 x 24 bytes fit the second-level cache of common processors.
    private const int CacheBits = 12;

    // Bytes of a piece that are kept in the counter's own buffers; longer pieces rent theirs.
    private const int BufferLength = 4096;

    [ThreadStatic]
    private static PieceCounter? s_ofThisThread;

    private readonly Vocabulary _vocabulary = SharedVocabulary.Instance;
    private readonly CachedCount[] _cache = new CachedCount[1 << CacheBits];
    private readonly byte[] _bytes = new byte[BufferLength + PieceKey.Window];

    /// <summary>The counter of the calling thread. The vocabulary is loaded when the first one is made.</summary>
    internal static PieceCounter OfThisThread => s_ofThisThread ??= new PieceCounter();

    /// <summary>Tokens of the piece of <paramref name="length"/> chars at <paramref name="start"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal int Count(ReadOnlySpan<char> text, int start, int length)
    {
        // Every byte is a token.
        if (length == 1 && text[start] < 0x80) return 1;

        return length <= PieceKey.MaxLength
            && text.Length - start >= PieceKey.Window
            && PieceKey.TryFromAscii(text, start, length, out PieceKey key)
                ? CountShort(key)
                : CountOther(text.Slice(start, length));
    }

    private int CountShort(PieceKey key)
    {
        ulong hash = key.Hash;
        ref CachedCount cached = ref _cache[hash >> (64 - CacheBits)];
        if (cached.Key == key) return cached.Count;

        int count = 1;
        if (_vocabulary.RankOf(key, hash) == Vocabulary.NoRank)
        {
            key.CopyTo(_bytes);
            count = SimpleMerge.Count(_vocabulary, _bytes, key.Length);
        }

        cached = new CachedCount(key, count);
        return count;
    }

    private int CountOther(ReadOnlySpan<char> piece)
    {
        // A char becomes three bytes at most.
        if (piece.Length * 3L <= BufferLength) return CountBytes(piece, _bytes);

        byte[] bytes = ArrayPool<byte>.Shared.Rent(checked((piece.Length * 3) + PieceKey.Window));
        try
        {
            return CountBytes(piece, bytes);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    private int CountBytes(ReadOnlySpan<char> piece, byte[] bytes)
    {
        // Lone surrogates become U+FFFD, as in the reference implementation. (Encoding.UTF8 would do so too, but allocates for each.)
        Utf8.FromUtf16(piece, bytes, out _, out int length, replaceInvalidSequences: true);
        if (length <= PieceKey.MaxLength) return CountShort(PieceKey.FromBytes(bytes, 0, length));
        if (_vocabulary.RankOf(bytes, 0, length) != Vocabulary.NoRank) return 1;
        if (length <= SimpleMerge.MaxLength) return SimpleMerge.Count(_vocabulary, bytes, length);
        using var heap = new MergeHeap(_vocabulary, bytes, length);
        return heap.Merge();
    }

    private record struct CachedCount(PieceKey Key, int Count);

    // A class of its own, so that the data is loaded by the first count and by nothing else.
    private static class SharedVocabulary
    {
        internal static readonly Vocabulary Instance = new(VocabularyData.Load());
    }
}
