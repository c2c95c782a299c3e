using Headroom.Internal;

namespace Headroom.Compressors.Json;

/// <summary>Texts that begin many strings of a document and are spelled out once, as <c>$1=…</c>.</summary>
internal sealed class TextDictionary
{
    /// <summary>Entries at most: more cannot be kept in mind, and each string is compared with all.</summary>
    private const int MaxEntries = 12;

    /// <summary>Characters of distinct strings looked at: enough for a few thousand rows, after which new prefixes are rare.</summary>
    private const int MaxCharacters = 4_000_000;

    /// <summary>Characters an entry must have at least: names and words stay where they are read, only long addresses and texts are spelled once.</summary>
    public const int MinLength = 24;

    /// <summary>Ends of prefixes tried in one string.</summary>
    private const int MaxEnds = 14;

    /// <summary>Estimated tokens (in tenths) of a reference: a dollar sign and a number.</summary>
    private const int ReferenceCost = 20;

    /// <summary>Estimated tokens (in tenths) that an entry must save after all: an entry is one more thing to look up.</summary>
    private const int MinGain = 200;

    private readonly string[] _entries; // shortest first, so that an entry can refer to those before it

    private readonly bool _wholeOnly;

    private TextDictionary(string[] entries, bool wholeOnly) => (_entries, _wholeOnly) = (entries, wholeOnly);

    /// <summary>A dictionary without entries.</summary>
    public static TextDictionary Empty { get; } = new([], false);

    /// <summary>The texts, numbered from 1.</summary>
    public IReadOnlyList<string> Entries => _entries;

    /// <summary>The longest entry that begins a text where a reference may end; 0 when there is none.</summary>
    /// <param name="text">The text.</param>
    /// <param name="below">Only entries numbered below this are looked at.</param>
    public int Find(ReadOnlySpan<char> text, int below = int.MaxValue)
    {
        for (int i = Math.Min(_entries.Length, below - 1); i > 0; i--)
        {
            string entry = _entries[i - 1];
            if (text.Length >= entry.Length && (!_wholeOnly || text.Length == entry.Length) && text.StartsWith(entry, StringComparison.Ordinal) && IsEnd(text, entry.Length)) return i;
        }

        return 0;
    }

    /// <summary>Chooses entries for the strings of a document.</summary>
    /// <param name="strings">Each distinct string and how often it is written, in the order of the document.</param>
    /// <param name="wholeOnly">Whether only whole strings may be entries: then every path and address stands in full where it is first used.</param>
    public static TextDictionary Create(IReadOnlyList<KeyValuePair<string, int>> strings, bool wholeOnly = false)
    {
        Dictionary<ulong, Candidate> candidates = [];
        List<Candidate> ordered = [];
        Span<int> ends = stackalloc int[MaxEnds];
        Span<ulong> hashes = stackalloc ulong[MaxEnds];
        int budget = MaxCharacters, considered = 0;
        for (; considered < strings.Count && budget > 0; considered++)
        {
            (string text, int count) = strings[considered];
            budget -= text.Length;
            int found = Ends(text, ends, hashes, wholeOnly);
            for (int i = 0; i < found; i++)
            {
                if (!candidates.TryGetValue(hashes[i], out Candidate? candidate))
                {
                    candidates.Add(hashes[i], candidate = new Candidate(text, ends[i]));
                    ordered.Add(candidate);
                }

                candidate.Count += count;
                candidate.Strings.Add((considered, count));
            }
        }

        int[] covered = new int[considered]; // cost already saved in each string
        List<string> entries = [];
        foreach (Candidate candidate in ordered.Where(c => c.Count > 1).OrderByDescending(c => c.Gain).Take(400))
        {
            if (entries.Count == MaxEntries) break;
            int cost = candidate.Cost;
            long gain = -cost - 40;
            foreach ((int index, int count) in candidate.Strings)
            {
                if (covered[index] >= cost) continue;
                gain += (long)(cost - covered[index] - (covered[index] == 0 ? ReferenceCost : 0)) * count;
            }

            if (gain < MinGain) continue;
            entries.Add(candidate.Text);
            foreach ((int index, int _) in candidate.Strings) covered[index] = Math.Max(covered[index], cost);
        }

        return new TextDictionary([.. entries.OrderBy(e => e.Length)], wholeOnly);
    }

    /// <summary>Ends of prefixes worth trying, longest ones last, with a hash of each prefix.</summary>
    private static int Ends(string text, Span<int> ends, Span<ulong> hashes, bool wholeOnly)
    {
        ulong hash = Fnv1a.Seed;
        int found = 0;
        int limit = wholeOnly ? 0 : Math.Min(text.Length, 2000);
        for (int i = 0; i < limit && found < MaxEnds - 1; i++)
        {
            hash = Fnv1a.Mix(hash, text[i]);
            int end = i + 1;
            if (end >= MinLength && end < text.Length && IsEnd(text, end) && char.IsLetterOrDigit(text[i]))
            {
                ends[found] = end;
                hashes[found++] = hash;
            }
        }

        if (text.Length >= MinLength)
        {
            ends[found] = text.Length;
            hashes[found++] = Fnv1a.Of(text);
        }

        return found;
    }

    /// <summary>Whether a reference may end here: at the end, or where a part of an address or path begins.</summary>
    private static bool IsEnd(ReadOnlySpan<char> text, int end) => end == text.Length || text[end] is '/' or '\\' or '?' or '#' or ':' or '{';

    private sealed class Candidate(string source, int length)
    {
        private int _cost = -1;

        public string Text => source[..length];

        public int Cost => _cost >= 0 ? _cost : _cost = TokenCost.Tenths(source.AsSpan(0, length));

        public int Count { get; set; }

        public List<(int Index, int Count)> Strings { get; } = [];

        public long Gain => (long)(Count - 1) * Cost - (long)Count * ReferenceCost;
    }
}
