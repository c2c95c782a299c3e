using Headroom.Internal.Lines;

namespace Headroom.Rag;

/// <summary>Makes passages of chunks: what stands in another chunk is dropped, what overlaps becomes one text. Linear in the text.</summary>
internal sealed class ChunkMerger
{
    /// <summary>Shorter overlaps of chunks without offsets are chance, in characters: about what splitters overlap by at least.</summary>
    private const int MinOverlap = 40;

    private readonly IReadOnlyList<RagChunk> _chunks;
    private List<Piece> _pieces;

    private ChunkMerger(IReadOnlyList<RagChunk> chunks)
    {
        _chunks = chunks;
        _pieces = [];
    }

    /// <summary>A text in the making, and the numbers of the chunks it holds.</summary>
    private sealed record Piece(string Text, string Document, int? Start, List<int> Chunks)
    {
        /// <summary>Where the passage stands: at the place of its first chunk in the order given.</summary>
        public int Place => Chunks.Min();
    }

    /// <summary>The texts in the order of their first chunks, each with the chunks it holds.</summary>
    public static IReadOnlyList<(string Text, IReadOnlyList<RagChunk> Chunks)> Merge(IReadOnlyList<RagChunk> chunks)
    {
        var merger = new ChunkMerger(chunks);
        merger.DropEqual();
        merger.JoinByOffset();
        merger.DropContained();
        merger.JoinByText();
        return [.. merger._pieces.OrderBy(p => p.Place).Select(p => (p.Text, (IReadOnlyList<RagChunk>)[.. p.Chunks.Select(c => chunks[c])]))];
    }

    private void DropEqual()
    {
        Dictionary<string, Piece> known = new(StringComparer.Ordinal);
        for (int i = 0; i < _chunks.Count; i++)
        {
            RagChunk chunk = _chunks[i];
            if (string.IsNullOrWhiteSpace(chunk.Text)) continue;
            if (known.TryGetValue(chunk.Text, out Piece? equal))
            {
                equal.Chunks.Add(i);
                continue;
            }

            string document = chunk.Link ?? chunk.Name ?? "";
            var piece = new Piece(chunk.Text, document, document.Length > 0 && chunk.Start >= 0 ? chunk.Start : null, [i]); // an offset into an unknown document says nothing
            known.Add(chunk.Text, piece);
            _pieces.Add(piece);
        }
    }

    /// <summary>Joins chunks of one document that overlap or touch by their offsets, where their texts agree.</summary>
    private void JoinByOffset()
    {
        List<Piece> joined = [.. _pieces.Where(p => p.Start is null)];
        foreach (IGrouping<string, Piece> document in _pieces.Where(p => p.Start is not null).GroupBy(p => p.Document, StringComparer.Ordinal))
        {
            Piece? open = null;
            foreach (Piece piece in document.OrderBy(p => p.Start).ThenByDescending(p => p.Text.Length))
            {
                if (open is not null && Join(open, piece) is { } both)
                {
                    open = both;
                    continue;
                }

                if (open is not null) joined.Add(open);
                open = piece;
            }

            joined.Add(open!);
        }

        _pieces = [.. joined.OrderBy(p => p.Place)];
    }

    private static Piece? Join(Piece first, Piece second)
    {
        int from = second.Start!.Value - first.Start!.Value;
        if (from > first.Text.Length) return null;
        ReadOnlySpan<char> rest = first.Text.AsSpan(from), text = second.Text;
        int shared = Math.Min(rest.Length, text.Length);
        if (!rest[..shared].SequenceEqual(text[..shared])) return null; // offsets of another text, or in another unit
        return first with { Text = string.Concat(first.Text, text[shared..]), Chunks = [.. first.Chunks, .. second.Chunks] };
    }

    /// <summary>Drops texts that stand in another one, of whatever document: it is cited for them.</summary>
    private void DropContained()
    {
        OverlapIndex index = Index();
        bool[] dropped = new bool[_pieces.Count];
        foreach (int inner in Enumerable.Range(0, _pieces.Count).OrderBy(p => _pieces[p].Text.Length))
        {
            foreach ((int outer, int start) in index.Find(_pieces[inner].Text))
            {
                if (outer == inner || dropped[outer] || !_pieces[outer].Text.AsSpan(start).StartsWith(_pieces[inner].Text, StringComparison.Ordinal)) continue;
                _pieces[outer].Chunks.AddRange(_pieces[inner].Chunks);
                dropped[inner] = true;
                break;
            }
        }

        _pieces = [.. _pieces.Where((_, p) => !dropped[p])];
    }

    /// <summary>Joins texts of one document that begin as another one ends, the longest overlaps first.</summary>
    private void JoinByText()
    {
        OverlapIndex index = Index();
        List<(int First, int Second, int Shared)> overlaps = [];
        for (int second = 0; second < _pieces.Count; second++)
        {
            foreach ((int first, int start) in index.Find(_pieces[second].Text))
            {
                ReadOnlySpan<char> tail = _pieces[first].Text.AsSpan(start);
                if (first == second || !string.Equals(_pieces[first].Document, _pieces[second].Document, StringComparison.Ordinal)) continue;
                if (_pieces[second].Text.AsSpan().StartsWith(tail, StringComparison.Ordinal)) overlaps.Add((first, second, tail.Length));
            }
        }

        int[] next = [.. Enumerable.Repeat(-1, _pieces.Count)], shared = new int[_pieces.Count];
        int[] lastOf = [.. Enumerable.Range(0, _pieces.Count)], firstOf = [.. lastOf]; // of a chain; kept at its first piece, and at its last
        bool[] follows = new bool[_pieces.Count];
        foreach ((int first, int second, int length) in overlaps.OrderByDescending(o => o.Shared))
        {
            if (next[first] >= 0 || follows[second] || lastOf[second] == first) continue; // each joins once on either side, and never into a ring
            (next[first], follows[second], shared[second]) = (second, true, length);
            (int begin, int end) = (firstOf[first], lastOf[second]);
            (lastOf[begin], firstOf[end]) = (end, begin);
        }

        _pieces = [.. Enumerable.Range(0, _pieces.Count).Where(p => !follows[p]).Select(Chain)];

        Piece Chain(int begin)
        {
            if (next[begin] < 0) return _pieces[begin];
            List<string> texts = [_pieces[begin].Text];
            List<int> chunks = [.. _pieces[begin].Chunks];
            for (int p = next[begin]; p >= 0; p = next[p])
            {
                texts.Add(_pieces[p].Text[shared[p]..]);
                chunks.AddRange(_pieces[p].Chunks);
            }

            return _pieces[begin] with { Text = string.Concat(texts), Chunks = chunks };
        }
    }

    private OverlapIndex Index()
    {
        var index = new OverlapIndex();
        for (int p = 0; p < _pieces.Count; p++) index.Add(p, _pieces[p].Text, MinOverlap);
        return index;
    }
}
