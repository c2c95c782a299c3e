using System.Runtime.InteropServices;

namespace Headroom.Internal.Lines;

/// <summary>Finds lines and blocks that stood before. Linear: a bounded number of earlier places is tried for each line.</summary>
internal sealed class FoldSearch
{
    /// <summary>Estimated tokens of a reference line with its words and line feed; what stands there must cost more.</summary>
    private const int ReferenceCost = 14;

    /// <summary>The same for "more of the lines above", which quotes nothing.</summary>
    private const int RepeatCost = 10;

    /// <summary>Estimated tokens a reference must win, so that wrong estimates and the reader's extra step are paid for.</summary>
    private const int MinGain = 6;

    /// <summary>Earlier places tried for each pair of lines: the first ones, which a reader finds easiest, are enough in practice.</summary>
    private const int MaxPlaces = 6;

    /// <summary>Longest block looked for right above itself. Longer repetitions are found as references.</summary>
    private const int MaxPeriod = 12;

    /// <summary>Lines of next to no cost after which a match is given up; keeps the search linear in texts of blank lines.</summary>
    private const int MaxBlank = 64;

    private readonly int[] _ids;
    private readonly int[] _costs;
    private readonly int[] _firstPlace;
    private readonly int[] _pairs; // a number for each line and the next one, the same for the same two
    private readonly int[] _firstOfPair;
    private readonly int[] _lastOfPair;
    private readonly int[] _nextOfPair; // from a place of a pair to the next place that is remembered
    private readonly byte[] _placesOfPair;

    public FoldSearch(LineList lines)
    {
        _ids = lines.Identities();
        _costs = new int[_ids.Length];
        int distinct = 0;
        for (int i = 0; i < _ids.Length; i++)
        {
            if (_ids[i] == distinct) distinct++;
            _costs[i] = lines[i].IsWhiteSpace() ? 0 : TokenEstimate.Of(lines[i]) + 1;
        }

        _firstPlace = None(distinct);
        _pairs = PairIdentities(_ids, out int pairs);
        _firstOfPair = None(pairs);
        _lastOfPair = None(pairs);
        _nextOfPair = None(_ids.Length);
        _placesOfPair = new byte[pairs];
    }

    /// <summary>Copies an earlier block: lines <c>From</c> to <c>From + Length - 1</c> stand again at <c>At</c>, read on beyond <c>At</c> where they overlap.</summary>
    public readonly record struct Fold(int At, int From, int Length, int Gain);

    /// <summary>The folds worth making, in order, not overlapping.</summary>
    public List<Fold> Find()
    {
        List<Fold> folds = [];
        for (int i = 0; i < _ids.Length;)
        {
            Fold best = Best(i);
            int next = best.Gain >= MinGain ? i + best.Length : i + 1;
            if (next > i + 1 || best.Gain >= MinGain) folds.Add(best);
            for (; i < next; i++) Remember(i);
        }

        return folds;
    }

    private Fold Best(int at)
    {
        Fold best = new(at, 0, 0, 0);
        if (_costs[at] == 0) return best; // blank lines are folded along with others, not for their own sake
        for (int period = 1; period <= MaxPeriod && period <= at; period++)
        {
            if (_ids[at] == _ids[at - period]) Try(at - period, period, ref best);
        }

        int first = _firstPlace[_ids[at]];
        if (first >= 0) Try(first, 0, ref best);
        int place = at < _pairs.Length ? _firstOfPair[_pairs[at]] : -1;
        for (; place >= 0; place = _nextOfPair[place]) Try(place, 0, ref best);
        return best;
    }

    private void Try(int from, int period, ref Fold best)
    {
        int at = best.At;
        int length = 0, cost = 0;
        int limit = period > 0 ? _ids.Length - at : Math.Min(_ids.Length - at, at - from);
        while (length < limit && _ids[from + length] == _ids[at + length])
        {
            cost += _costs[at + length++];
            if (length > MaxBlank && cost < ReferenceCost) break; // nearly all blank: not worth a fold, and not worth reading on
        }

        if (period > 0)
        {
            for (; length % period != 0; length--) cost -= _costs[at + length - 1];
        }

        while (length > 1 && period == 0 && _costs[at + length - 1] == 0) length--; // no blank lines at the end: they read better in place
        int gain = cost - (period > 0 ? RepeatCost : ReferenceCost);
        if (gain > best.Gain) best = best with { From = from, Length = length, Gain = gain };
    }

    private void Remember(int at)
    {
        if (_firstPlace[_ids[at]] < 0) _firstPlace[_ids[at]] = at;
        if (at >= _pairs.Length) return;
        int pair = _pairs[at];
        if (_placesOfPair[pair] == MaxPlaces) return;
        if (_placesOfPair[pair]++ == 0) _firstOfPair[pair] = at;
        else _nextOfPair[_lastOfPair[pair]] = at;
        _lastOfPair[pair] = at;
    }

    private static int[] PairIdentities(int[] ids, out int count)
    {
        Dictionary<(int, int), int> known = new(ids.Length); // a tuple hashes well; two numbers packed into one would collide where they count up
        int[] pairs = new int[Math.Max(0, ids.Length - 1)];
        for (int i = 0; i < pairs.Length; i++)
        {
            ref int pair = ref CollectionsMarshal.GetValueRefOrAddDefault(known, (ids[i], ids[i + 1]), out bool exists);
            if (!exists) pair = known.Count - 1;
            pairs[i] = pair;
        }

        count = known.Count;
        return pairs;
    }

    private static int[] None(int count)
    {
        int[] places = new int[count];
        Array.Fill(places, -1);
        return places;
    }
}
