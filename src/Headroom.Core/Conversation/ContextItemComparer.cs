using System.Diagnostics.CodeAnalysis;

namespace Headroom.Conversation;

/// <summary>Compares items by content. Hashes only a few characters, so that looking up a known item of 1 MB costs a comparison, not a hash of 1 MB.</summary>
internal sealed class ContextItemComparer : IEqualityComparer<ContextItem>
{
    /// <summary>Characters sampled for the hash. Items that agree in all of them, and in length, are rare and only cost a comparison.</summary>
    private const int Samples = 32;

    private ContextItemComparer()
    {
    }

    public static ContextItemComparer Instance { get; } = new();

    public bool Equals(ContextItem? x, ContextItem? y) => ReferenceEquals(x, y) || (x is not null && x.Equals(y));

    public int GetHashCode([DisallowNull] ContextItem item)
    {
        string text = item.Text;
        uint hash = (uint)text.Length * 2654435761 + (uint)item.Role;
        int step = Math.Max(1, text.Length / Samples);
        for (int i = text.Length - 1; i >= 0; i -= step) hash = (hash ^ text[i]) * 16777619; // from the end: beginnings are more alike
        foreach (char c in item.CallId ?? "") hash = (hash ^ c) * 16777619;
        return (int)hash;
    }
}
