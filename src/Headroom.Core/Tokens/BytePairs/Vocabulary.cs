using System.Runtime.CompilerServices;

namespace Headroom.Tokens.BytePairs;

/// <summary>The tokens of o200k_base with their ranks, made for lookups without allocation. Immutable.</summary>
/// <remarks>
/// Tokens of two bytes are found in a table of all pairs, those of up to 15 bytes as <see cref="PieceKey"/> in an open-addressing
/// table of (rank, hash bits), the about 5,500 longer ones in a second such table that compares bytes.
/// </remarks>
internal sealed class Vocabulary
{
    /// <summary>Rank of what is not a token: above every rank, so that it never wins a merge.</summary>
    internal const int NoRank = int.MaxValue;

    /// <summary>Longest token in bytes.</summary>
    internal const int MaxTokenLength = 128;

    // 200,000 tokens in 2^19 slots: 0.38 full, so a miss is seen at the first or second slot.
    private const int ShortSlotBits = 19;

    // 5,500 tokens in 2^14 slots.
    private const int LongSlotBits = 14;

    // Ranks + 1 fit 18 bits; the other 14 of a slot hold bits of the hash, so that few keys are compared in vain.
    private const int RankBits = 18;
    private const uint RankMask = (1 << RankBits) - 1;

    private readonly int[] _pairs = new int[1 << 16];
    private readonly PieceKey[] _keys;
    private readonly uint[] _shortSlots = new uint[1 << ShortSlotBits];
    private readonly uint[] _longSlots = new uint[1 << LongSlotBits];
    private readonly byte[] _longBytes;
    private readonly int[] _longRanks;
    private readonly int[] _longOffsets;

    internal Vocabulary(VocabularyData data)
    {
        Array.Fill(_pairs, NoRank);
        _keys = new PieceKey[VocabularyData.TokenCount];
        var longRanks = new List<int>();
        int longBytes = 0;
        for (int rank = 0; rank < VocabularyData.TokenCount; rank++)
        {
            if (data.Length(rank) <= PieceKey.MaxLength) continue;
            longRanks.Add(rank);
            longBytes += data.Length(rank);
        }

        _longRanks = [.. longRanks];
        _longOffsets = new int[_longRanks.Length + 1];
        _longBytes = new byte[longBytes];

        int longIndex = 0;
        for (int rank = 0; rank < VocabularyData.TokenCount; rank++)
        {
            int length = data.Length(rank);
            if (length <= PieceKey.MaxLength)
            {
                if (!IsLeftOut(data.Token(rank))) AddShort(rank, PieceKey.FromBytes(data.Bytes, data.Offset(rank), length));
                if (length == 2) _pairs[(data.Token(rank)[0] << 8) | data.Token(rank)[1]] = rank;
            }
            else
            {
                data.Token(rank).CopyTo(_longBytes.AsSpan(_longOffsets[longIndex]));
                _longOffsets[longIndex + 1] = _longOffsets[longIndex] + length;
                if (!IsLeftOut(data.Token(rank))) AddLong(longIndex);
                longIndex++;
            }
        }
    }

    /// <summary>Rank of a token of two bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal int RankOfPair(byte first, byte second) => _pairs[(first << 8) | second];

    /// <summary>Rank of a token of 1 to 15 bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal int RankOf(PieceKey key) => RankOf(key, key.Hash);

    /// <inheritdoc cref="RankOf(PieceKey)" />
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal int RankOf(PieceKey key, ulong hash)
    {
        uint[] slots = _shortSlots;
        uint mark = ShortMark(hash);
        for (uint slot = (uint)(hash >> (64 - ShortSlotBits)); ; slot = (slot + 1) & ((1 << ShortSlotBits) - 1))
        {
            uint entry = slots[slot];
            if (entry == 0) return NoRank;
            if ((entry & ~RankMask) != mark) continue;
            int rank = (int)(entry & RankMask) - 1;
            if (_keys[rank] == key) return rank;
        }
    }

    /// <summary>Rank of the token at <paramref name="start"/>; <see cref="PieceKey.Window"/> bytes must be readable there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal int RankOf(ReadOnlySpan<byte> bytes, int start, int length) =>
        length <= PieceKey.MaxLength ? RankOf(PieceKey.FromBytes(bytes, start, length)) : RankOfLong(bytes.Slice(start, length));

    private int RankOfLong(ReadOnlySpan<byte> token)
    {
        if (token.Length > MaxTokenLength) return NoRank;
        for (uint slot = LongSlot(token); ; slot = (slot + 1) & ((1 << LongSlotBits) - 1))
        {
            uint entry = _longSlots[slot];
            if (entry == 0) return NoRank;
            int index = (int)entry - 1;
            if (LongToken(index).SequenceEqual(token)) return _longRanks[index];
        }
    }

    /// <summary>
    /// The reference implementation never finds a token that begins with U+FEFF. Counts agree with it, so such tokens
    /// (there are ten or so) are in the data but not in the tables.
    /// </summary>
    private static bool IsLeftOut(ReadOnlySpan<byte> token) => token.StartsWith("\uFEFF"u8);

    private void AddShort(int rank, PieceKey key)
    {
        _keys[rank] = key;
        ulong hash = key.Hash;
        uint slot = (uint)(hash >> (64 - ShortSlotBits));
        while (_shortSlots[slot] != 0) slot = (slot + 1) & ((1 << ShortSlotBits) - 1);
        _shortSlots[slot] = ShortMark(hash) | (uint)(rank + 1);
    }

    private void AddLong(int index)
    {
        uint slot = LongSlot(LongToken(index));
        while (_longSlots[slot] != 0) slot = (slot + 1) & ((1 << LongSlotBits) - 1);
        _longSlots[slot] = (uint)(index + 1);
    }

    private ReadOnlySpan<byte> LongToken(int index) => _longBytes.AsSpan(_longOffsets[index].._longOffsets[index + 1]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint ShortMark(ulong hash) => (uint)(hash >> (64 - ShortSlotBits - (32 - RankBits))) << RankBits;

    // The two ends tell long tokens apart well enough (runs of one character by their length), and cost the same for every length.
    private static uint LongSlot(ReadOnlySpan<byte> token)
    {
        ulong head = BitConverter.ToUInt64(token);
        ulong tail = BitConverter.ToUInt64(token[^8..]);
        return (uint)(new PieceKey(head, tail * 31 + (ulong)token.Length).Hash >> (64 - LongSlotBits));
    }
}
