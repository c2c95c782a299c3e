using System.Collections.Concurrent;
using Headroom.Storage;

namespace Headroom.TestSupport;

/// <summary>The simplest store that keeps its promise: a dictionary.</summary>
public sealed class DictionaryOriginalStore : IOriginalStore
{
    private readonly ConcurrentDictionary<OriginalKey, string> _originals = new();

    /// <summary>How many originals it holds.</summary>
    public int Count => _originals.Count;

    public ValueTask<bool> PutAsync(OriginalKey key, string original, CancellationToken cancellationToken = default) =>
        new(_originals.GetOrAdd(key, original) == original);

    public ValueTask<OriginalLookup> GetAsync(OriginalKey key, CancellationToken cancellationToken = default) =>
        new(_originals.TryGetValue(key, out string? text) ? OriginalLookup.Found(text) : OriginalLookup.Unknown);
}
