using Headroom.Internal;

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

    /// <summary>Where a line that is alone in its kind may have its time: a log that stamps lines does it at the beginning.</summary>
    private const int MaxTimeStart = 24;

    /// <summary>What may stand between the time and the rest: a zone, a bracket, a blank.</summary>
    private const int MaxTimeTail = 8;

    /// <summary>Groups up to this size are better served by sharing the time alone: their own pattern hardly pays for its definition.</summary>
    private const int MaxLoneSize = 2;

    private readonly Dictionary<ulong, List<int>> _bySkeleton = [];
    private readonly List<Cluster> _clusters = [];

    public LineClusters(LogLines lines)
    {
        OfLine = new int[lines.Count];
        for (int i = 0; i < lines.Count; i++) OfLine[i] = Assign(lines, i);
        FirstStamped = _clusters.Count;
    }

    /// <summary>The group of each line; -1 for lines without one.</summary>
    public int[] OfLine { get; }

    public int Count => _clusters.Count;

    /// <summary>Groups from this number on are of lines that share a time stamp only; see <see cref="GroupByTime"/>.</summary>
    public int FirstStamped { get; private set; }

    /// <summary>Groups lines that are alone in their kind but begin with a time, as "time and rest". Their tokens become these two.</summary>
    public void GroupByTime(LogLines lines)
    {
        var stamps = new Dictionary<ulong, int>();
        int[] rest = new int[lines.Count];
        ulong[] keys = new ulong[lines.Count];
        for (int i = 0; i < lines.Count; i++)
        {
            if (OfLine[i] >= 0 && _clusters[OfLine[i]].Size > MaxLoneSize) continue;
            rest[i] = RestStart(lines, i, out keys[i]);
            if (rest[i] > 0) System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(stamps, keys[i], out _)++;
        }

        var groups = new Dictionary<ulong, int>();
        lines.ReduceToTimeAndRest(i => rest[i] > 0 && stamps[keys[i]] > MaxLoneSize ? rest[i] : 0);
        for (int i = 0; i < lines.Count; i++)
        {
            if (rest[i] == 0 || stamps[keys[i]] <= MaxLoneSize) continue;
            if (groups.TryGetValue(keys[i], out int group))
            {
                _clusters[group].Join(lines, lines.Tokens(i), 1);
            }
            else
            {
                groups.Add(keys[i], group = _clusters.Count);
                _clusters.Add(new Cluster(lines.Tokens(i)));
            }

            OfLine[i] = group;
        }
    }

    /// <summary>Where the rest of a line begins behind its time stamp; 0 when it has none.</summary>
    private static int RestStart(LogLines lines, int line, out ulong key)
    {
        key = 0;
        ReadOnlySpan<LineToken> tokens = lines.Tokens(line);
        int first = 0;
        while (first < tokens.Length && tokens[first].Kind != TokenKind.Time) first++;
        if (first == tokens.Length) return 0;
        int start = lines.Start(line);
        LineToken time = tokens[first];
        if (time.Start - start > MaxTimeStart) return 0;
        int blank = lines.Text.AsSpan(time.End, Math.Min(MaxTimeTail, lines.End(line) - time.End)).IndexOf(' ');
        int rest = time.End + blank + 1;
        if (blank < 0 || rest >= lines.End(line)) return 0;
        key = Fnv1a.Mix(TimeScanner.Spelling(lines.Value(time)), Fnv1a.Folded(lines.Text.AsSpan(start, time.Start - start)));
        key = Fnv1a.Mix(key, Fnv1a.Folded(lines.Text.AsSpan(time.End, blank + 1)));
        return rest;
    }

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
