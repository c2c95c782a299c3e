using System.Diagnostics.CodeAnalysis;
using Headroom.Storage;

namespace Headroom.Extensions.AI.Ledger;

/// <summary>Names texts by a hash of them, each once: system prompts and first questions are long, and come back with every request.</summary>
/// <remarks>Thread-safe. Bounded: of two generations the older one goes when the younger is full, so that what is in use stays.</remarks>
internal sealed class TextNames
{
    /// <summary>Characters of texts a generation holds: the system prompts of some hundred applications.</summary>
    private const int Capacity = 2 * 1024 * 1024;

    /// <summary>What an entry takes besides its text, in characters.</summary>
    private const int Overhead = 100;

    /// <summary>A longer text is hashed each time: one alone would push out the others.</summary>
    private const int Longest = Capacity / 16;

    /// <summary>130 bits: no two texts share a name by accident.</summary>
    private const int Length = 26;

    private readonly Lock _lock = new();
    private Dictionary<string, string> _young = new(SampledComparer.Instance);
    private Dictionary<string, string> _old = new(SampledComparer.Instance);
    private long _characters;

    /// <summary>The name of a text.</summary>
    public string Of(string text)
    {
        if (text.Length > Longest) return OriginalId.Compute(text, Length);
        string? known;
        lock (_lock)
        {
            if (_young.TryGetValue(text, out known)) return known;
            _old.TryGetValue(text, out known);
        }

        known ??= OriginalId.Compute(text, Length);
        lock (_lock)
        {
            if (!_young.TryAdd(text, known)) return known;
            if ((_characters += text.Length + Overhead) > Capacity) (_young, _old, _characters) = (new(SampledComparer.Instance), _young, 0);
        }

        return known;
    }

    /// <summary>Hashes a few characters only: a text that is found is compared, which is faster than hashing it.</summary>
    private sealed class SampledComparer : IEqualityComparer<string>
    {
        /// <summary>Characters sampled.</summary>
        private const int Samples = 32;

        public static SampledComparer Instance { get; } = new();

        public bool Equals(string? x, string? y) => string.Equals(x, y, StringComparison.Ordinal);

        public int GetHashCode([DisallowNull] string text)
        {
            var hash = default(HashCode);
            hash.Add(text.Length);
            int step = Math.Max(1, text.Length / Samples);
            for (int i = text.Length - 1; i >= 0; i -= step) hash.Add(text[i]);
            return hash.ToHashCode();
        }
    }
}
