using System.Buffers;
using System.Runtime.InteropServices;

namespace Headroom.Tokens.BytePairs;

/// <summary>Byte-pair merging of a long piece in n log n: the parts in a linked list, their pairs in a heap ordered by rank, then place.</summary>
internal ref struct MergeHeap
{
    private readonly Vocabulary _vocabulary;
    private readonly ReadOnlySpan<byte> _bytes;
    private readonly int _length;

    // For the part that begins at an index: where the next and the previous begin, and the rank of it and the next taken together.
    private readonly Span<int> _next;
    private readonly Span<int> _previous;
    private readonly Span<int> _ranks;

    // Rank in the upper half, start of the left part in the lower. Outdated entries stay until they surface;
    // every merge takes one entry and adds two at most, so there are never more than twice as many as bytes.
    private readonly Span<ulong> _heap;
    private int _heapCount;

    // One array for all of the above: the shared pool keeps one of a size at hand for every thread, so a second merge allocates nothing.
    private readonly ulong[] _rented;

    /// <summary>Prepares the merge. <see cref="PieceKey.Window"/> bytes must be readable from every byte of the piece.</summary>
    internal MergeHeap(Vocabulary vocabulary, ReadOnlySpan<byte> bytes, int length)
    {
        _vocabulary = vocabulary;
        _bytes = bytes;
        _length = length;
        _rented = ArrayPool<ulong>.Shared.Rent(checked(4 * length));
        _heap = _rented.AsSpan(0, 2 * length);
        Span<int> links = MemoryMarshal.Cast<ulong, int>(_rented.AsSpan(2 * length));
        _next = links[..length];
        _previous = links.Slice(length, length);
        _ranks = links.Slice(2 * length, length);
        for (int i = 0; i < length; i++)
        {
            _next[i] = i + 1;
            _previous[i] = i - 1;
            int rank = i + 1 < length ? vocabulary.RankOfPair(bytes[i], bytes[i + 1]) : Vocabulary.NoRank;
            _ranks[i] = rank;
            if (rank != Vocabulary.NoRank) _heap[_heapCount++] = Entry(rank, i);
        }

        for (int i = (_heapCount >> 1) - 1; i >= 0; i--) SiftDown(i, _heap[i]);
    }

    /// <summary>Merges all there is to merge and returns the number of tokens.</summary>
    internal int Merge()
    {
        int parts = _length;
        while (_heapCount > 0)
        {
            ulong top = Pop();
            int left = (int)(uint)top;
            if (_ranks[left] != (int)(top >> 32)) continue;

            int right = _next[left];
            int after = _next[right];
            _next[left] = after;
            _ranks[right] = Vocabulary.NoRank;
            parts--;
            if (after < _length)
            {
                _previous[after] = left;
                SetRank(left, _vocabulary.RankOf(_bytes, left, _next[after] - left));
            }
            else
            {
                SetRank(left, Vocabulary.NoRank);
            }

            if (left > 0)
            {
                int before = _previous[left];
                SetRank(before, _vocabulary.RankOf(_bytes, before, after - before));
            }
        }

        return parts;
    }

    /// <summary>Gives the memory back.</summary>
    public readonly void Dispose() => ArrayPool<ulong>.Shared.Return(_rented);

    private void SetRank(int part, int rank)
    {
        _ranks[part] = rank;
        if (rank == Vocabulary.NoRank) return;

        ulong entry = Entry(rank, part);
        int at = _heapCount++;
        while (at > 0)
        {
            int parent = (at - 1) >> 1;
            if (_heap[parent] <= entry) break;
            _heap[at] = _heap[parent];
            at = parent;
        }

        _heap[at] = entry;
    }

    private ulong Pop()
    {
        ulong top = _heap[0];
        ulong last = _heap[--_heapCount];
        if (_heapCount > 0) SiftDown(0, last);
        return top;
    }

    private readonly void SiftDown(int at, ulong entry)
    {
        while (true)
        {
            int child = 2 * at + 1;
            if (child >= _heapCount) break;
            if (child + 1 < _heapCount && _heap[child + 1] < _heap[child]) child++;
            if (_heap[child] >= entry) break;
            _heap[at] = _heap[child];
            at = child;
        }

        _heap[at] = entry;
    }

    private static ulong Entry(int rank, int part) => ((ulong)(uint)rank << 32) | (uint)part;
}
