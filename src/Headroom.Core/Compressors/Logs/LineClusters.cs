namespace Headroom.Compressors.Logs;

/// <summary>Groups lines that the same statement seems to have written: same delimiters, mostly the same words.</summary>
/// <remarks>
/// In the manner of Drain, with one difference: only plain words decide about likeness. Numbers, ids, names and paths vary anyway,
/// and a value that turns out to be constant goes back into the template later. Linear: a line is compared with a bounded number of groups.
/// </remarks>
internal sealed class LineClusters
{
    /// <summary>Share of the letters in words that must be the same. Below a half, unrelated short messages merge and rows carry whole sentences.</summary>
    private const double MinLikeness = 0.55;

    /// <summary>Groups of one skeleton; prose has thousands of them and gains nothing from more comparisons.</summary>
    private const int MaxPerSkeleton = 24;

    private readonly Dictionary<ulong, List<int>> _bySkeleton = [];
    private readonly List<Cluster> _clusters = [];

    public LineClusters(LogLines lines)
    {
        OfLine = new int[lines.Count];
        for (int i = 0; i < lines.Count; i++) OfLine[i] = Assign(lines, i);
    }

    /// <summary>The group of each line; -1 for lines without one.</summary>
    public int[] OfLine { get; }

    public int Count => _clusters.Count;

    public int Size(int cluster) => _clusters[cluster].Size;

    private int Assign(LogLines lines, int line)
    {
        ulong skeleton = lines.Skeleton(line);
        if (skeleton == 0) return -1;
        if (!_bySkeleton.TryGetValue(skeleton, out List<int>? candidates)) _bySkeleton.Add(skeleton, candidates = []);
        ReadOnlySpan<LineToken> tokens = lines.Tokens(line);
        int best = -1;
        double likeness = MinLikeness;
        foreach (int candidate in candidates)
        {
            double like = _clusters[candidate].Likeness(lines, tokens);
            if (like < likeness || (best >= 0 && like == likeness)) continue;
            (best, likeness) = (candidate, like);
            if (like >= 1) break;
        }

        if (best < 0)
        {
            if (candidates.Count >= MaxPerSkeleton) return -1;
            candidates.Add(_clusters.Count);
            _clusters.Add(new Cluster(tokens));
            return _clusters.Count - 1;
        }

        _clusters[best].Join(lines, tokens, likeness);
        return best;
    }

    private sealed class Cluster(ReadOnlySpan<LineToken> tokens)
    {
        private readonly LineToken[] _first = tokens.ToArray();
        private readonly bool[] _free = new bool[tokens.Length];

        public int Size { get; private set; } = 1;

        public double Likeness(LogLines lines, ReadOnlySpan<LineToken> other)
        {
            if (other.Length != _first.Length) return 0;
            int all = 0;
            int same = 0;
            for (int i = 0; i < other.Length; i++)
            {
                if (other[i].Kind != TokenKind.Word && _first[i].Kind != TokenKind.Word) continue;
                int weight = Math.Min(other[i].Length, 12) + 1; // a long word is hardly more telling than two short ones
                all += weight;
                if (!_free[i] && lines.Value(other[i]).SequenceEqual(lines.Value(_first[i]))) same += weight;
            }

            return all == 0 ? 1 : (double)same / all;
        }

        public void Join(LogLines lines, ReadOnlySpan<LineToken> other, double likeness)
        {
            Size++;
            if (likeness >= 1) return;
            for (int i = 0; i < other.Length; i++)
            {
                if (!_free[i] && (other[i].Kind == TokenKind.Word || _first[i].Kind == TokenKind.Word) && !lines.Value(other[i]).SequenceEqual(lines.Value(_first[i])))
                    _free[i] = true;
            }
        }
    }
}
