using System.Runtime.InteropServices;

namespace Headroom.Internal.Selection;

/// <summary>What the values of one field of many records are like, to tell those that differ: in kind, in value, in wording, in size.</summary>
internal sealed class FieldStatistics
{
    /// <summary>Different values, and different wordings or sets of fields, up to which they are counted: with more, all are different.</summary>
    private const int MaxValues = 64, MaxWordings = 256;

    /// <summary>Values below which nothing is rare.</summary>
    private const int MinCount = 8;

    /// <summary>A value is rare up to this share of all; and all rare ones together must not exceed the other share, or being rare is the rule.</summary>
    private const double RareShare = 0.03, RareMass = 0.06;

    /// <summary>How far beyond the middle half of the values, in widths of that half, a number is an outlier; and the share that may be so far out.</summary>
    private const double OutlierReach = 3, OutlierShare = 0.02;

    /// <summary>Characters of a string by which its wording is told.</summary>
    private const int MaxWording = 400;

    private readonly Dictionary<ulong, int> _kinds = [];
    private readonly Dictionary<string, int> _values = new(StringComparer.Ordinal);
    private readonly Dictionary<ulong, int> _wordings = [];
    private readonly List<double> _numbers = [];
    private bool _rareKinds, _rareValues, _rareWordings, _fewLeast, _fewGreatest;
    private double _low = double.NegativeInfinity, _high = double.PositiveInfinity;
    private long _characters;

    public int Count { get; private set; }

    /// <summary>How many different values there are, as far as they are counted.</summary>
    public int Different => _values.Count;

    /// <summary>The least and the greatest number.</summary>
    public double Least { get; private set; } = double.NaN;

    public double Greatest { get; private set; } = double.NaN;

    /// <summary>Whether the values look like names of what they stand in: short, and hardly one twice.</summary>
    public bool AreNames { get; private set; }

    /// <summary>From which number on a value is among the few greatest.</summary>
    public double Top { get; private set; } = double.PositiveInfinity;

    /// <summary>Counts a value.</summary>
    /// <param name="kind">What kind of value it is: a number for each kind the caller knows.</param>
    /// <param name="text">How it is spelled; empty for values that are only counted by kind.</param>
    /// <param name="number">The number it is, or NaN.</param>
    public void Add(ulong kind, ReadOnlySpan<char> text, double number)
    {
        Count++;
        Increment(_kinds, kind, MaxWordings);
        _characters += text.Length;
        if (text.IsEmpty) return;
        if (_values.Count <= MaxValues) CollectionsMarshal.GetValueRefOrAddDefault(_values.GetAlternateLookup<ReadOnlySpan<char>>(), text, out _)++;
        if (double.IsNaN(number)) Increment(_wordings, Wording(text), MaxWordings);
        else _numbers.Add(number);
    }

    public void Finish()
    {
        _rareKinds = AreSelective(_kinds.Values, MaxWordings);
        _rareValues = AreSelective(_values.Values, MaxValues);
        _rareWordings = AreSelective(_wordings.Values, MaxWordings);
        AreNames = _values.Count > MaxValues ? _values.Values.Sum() < 1.2 * MaxValues : _values.Count >= 2 && _values.Count > 0.9 * Count;
        AreNames &= _characters < 48L * Count;
        if (_numbers.Count < 4) return;
        _numbers.Sort();
        (Least, Greatest) = (_numbers[0], _numbers[^1]);
        int few = Math.Max(1, _numbers.Count / 50);
        _fewLeast = _numbers.Count > few && _numbers[few] > Least;
        _fewGreatest = _numbers.Count > few && _numbers[^(few + 1)] < Greatest;
        Top = _numbers[Math.Max(0, _numbers.Count - 5)];
        if (_numbers.Count < MinCount) return;
        double first = _numbers[_numbers.Count / 4], third = _numbers[_numbers.Count * 3 / 4];
        double reach = OutlierReach * Math.Max(third - first, Math.Abs(third) * 0.05);
        int outside = _numbers.Count(n => n < first - reach || n > third + reach);
        if (outside <= Math.Max(1, OutlierShare * _numbers.Count)) (_low, _high) = (first - reach, third + reach);
    }

    /// <summary>How much a value stands out among those of its field, from 0 to 90.</summary>
    public int StandsOut(ulong kind, ReadOnlySpan<char> text, double number)
    {
        if (Count < MinCount) return 0;
        int most = _rareKinds ? Rarity(_kinds.GetValueOrDefault(kind)) : 0;
        if (text.IsEmpty) return most;
        if (_rareValues) most = Math.Max(most, Rarity(_values.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text, out int count) ? count : 0));
        if (double.IsNaN(number)) return _rareWordings ? Math.Max(most, Rarity(_wordings.GetValueOrDefault(Wording(text)))) : most;
        if (number < _low || number > _high) most = Math.Max(most, 82);
        return (number == Least && _fewLeast) || (number == Greatest && _fewGreatest) ? Math.Max(most, 66) : most;
    }

    private int Rarity(int count)
    {
        if (count == 0 || count > Math.Max(1, RareShare * Count)) return 0;
        return count == 1 ? Count >= 20 ? 86 : 62 : count * 500 <= Count ? 80 : count * 100 <= Count ? 72 : 64;
    }

    /// <summary>Whether few enough values are rare for rarity to tell something.</summary>
    private bool AreSelective(IEnumerable<int> counts, int most)
    {
        int different = 0;
        long rare = 0;
        foreach (int count in counts)
        {
            different++;
            if (count <= Math.Max(1, RareShare * Count)) rare += count;
        }

        return different > 1 && different <= most && rare <= Math.Max(2, RareMass * Count);
    }

    private static void Increment(Dictionary<ulong, int> counts, ulong key, int most)
    {
        if (counts.Count <= most) CollectionsMarshal.GetValueRefOrAddDefault(counts, key, out _)++;
    }

    /// <summary>The words of a text, with one sign for every word that holds a digit.</summary>
    private static ulong Wording(ReadOnlySpan<char> text)
    {
        text = text[..Math.Min(text.Length, MaxWording)];
        ulong hash = Fnv1a.Seed;
        for (int i = 0; i < text.Length;)
        {
            int start = i;
            while (i < text.Length && char.IsLetterOrDigit(text[i])) i++;
            if (i == start)
            {
                i++;
                continue;
            }

            hash = Fnv1a.Mix(hash, text[start..i].ContainsAnyInRange('0', '9') ? '#' : Fnv1a.Folded(text[start..i]));
        }

        return hash;
    }
}
