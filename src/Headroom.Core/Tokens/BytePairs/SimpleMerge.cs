namespace Headroom.Tokens.BytePairs;

/// <summary>Byte-pair merging of a short piece: the parts in one array, the best pair found by looking at all.</summary>
internal static class SimpleMerge
{
    /// <summary>Longest piece in bytes.</summary>
    /// <remarks>
    /// Every merge looks at every part. Measured, nanoseconds per byte against <see cref="MergeHeap"/>: made-up words of letters
    /// 67 to 100 at 32 bytes, 119 to 108 at 128; Chinese 44 to 27 at 32 bytes. Long words are rare, long Chinese pieces are not.
    /// </remarks>
    internal const int MaxLength = 32;

    /// <summary>Number of tokens. <see cref="PieceKey.Window"/> bytes must be readable from every byte of the piece.</summary>
    internal static int Count(Vocabulary vocabulary, ReadOnlySpan<byte> bytes, int length)
    {
        // starts[i] is where part i begins; ranks[i] is the rank of parts i and i+1 taken together.
        Span<int> starts = stackalloc int[MaxLength + 1];
        Span<int> ranks = stackalloc int[MaxLength];
        starts = starts[..(length + 1)];
        ranks = ranks[..length];
        for (int i = 0; i < length - 1; i++)
        {
            starts[i] = i;
            ranks[i] = vocabulary.RankOfPair(bytes[i], bytes[i + 1]);
        }

        starts[length - 1] = length - 1;
        starts[length] = length;
        int parts = length;
        while (parts > 1)
        {
            int best = 0;
            int bestRank = ranks[0];
            for (int i = 1; i < parts - 1; i++)
            {
                if (ranks[i] >= bestRank) continue;
                bestRank = ranks[i];
                best = i;
            }

            if (bestRank == Vocabulary.NoRank) break;

            starts[(best + 2)..(parts + 1)].CopyTo(starts[(best + 1)..]);
            if (best + 2 < parts) ranks[(best + 2)..parts].CopyTo(ranks[(best + 1)..]);
            parts--;
            if (best < parts - 1) ranks[best] = vocabulary.RankOf(bytes, starts[best], starts[best + 2] - starts[best]);
            if (best > 0) ranks[best - 1] = vocabulary.RankOf(bytes, starts[best - 1], starts[best + 1] - starts[best - 1]);
        }

        return parts;
    }
}
