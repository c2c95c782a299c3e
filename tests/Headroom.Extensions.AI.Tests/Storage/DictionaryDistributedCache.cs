using System.Collections.Concurrent;
using Microsoft.Extensions.Caching.Distributed;

namespace Headroom.Extensions.AI;

/// <summary>A second level that outlives a service provider, and fails on request.</summary>
internal sealed class DictionaryDistributedCache : IDistributedCache
{
    private readonly ConcurrentDictionary<string, byte[]> _entries = new(StringComparer.Ordinal);

    public bool FailWrites { get; set; }

    public bool FailReads { get; set; }

    public int Writes { get; private set; }

    public int Count => _entries.Count;

    public IEnumerable<string> Keys => _entries.Keys.Order(StringComparer.Ordinal);

    public List<DistributedCacheEntryOptions> Options { get; } = [];

    public int LargestEntry => _entries.Values.Max(v => v.Length);

    public byte[]? Get(string key) => FailReads ? throw new IOException("on purpose") : _entries.GetValueOrDefault(key);

    public Task<byte[]?> GetAsync(string key, CancellationToken token = default)
    {
        token.ThrowIfCancellationRequested();
        return Task.FromResult(Get(key));
    }

    public void Set(string key, byte[] value, DistributedCacheEntryOptions options)
    {
        if (FailWrites) throw new IOException("on purpose");
        Writes++;
        Options.Add(options);
        _entries[key] = value;
    }

    public Task SetAsync(string key, byte[] value, DistributedCacheEntryOptions options, CancellationToken token = default)
    {
        token.ThrowIfCancellationRequested();
        Set(key, value, options);
        return Task.CompletedTask;
    }

    public void Remove(string key) => _entries.TryRemove(key, out _);

    public Task RemoveAsync(string key, CancellationToken token = default)
    {
        Remove(key);
        return Task.CompletedTask;
    }

    public void Refresh(string key)
    {
    }

    public Task RefreshAsync(string key, CancellationToken token = default) => Task.CompletedTask;
}
