using System.Text;
using Headroom.Storage;
using Microsoft.Extensions.Caching.Hybrid;

namespace Headroom.Extensions.AI.Storage;

/// <summary>Keeps originals in a <see cref="HybridCache"/>.</summary>
/// <remarks>
/// <para>Thread-safe. A cache promises nothing by itself: it expires entries after five minutes unless told otherwise, keeps large ones out of its
/// second level without a word, and swallows failures of that level. So originals are cut into chunks, kept for long, and read back, past the
/// local cache, before they count as stored. A miss is <see cref="OriginalStatus.Unknown"/>: a cache does not say whether it ever held a key.</para>
/// <para>One head entry an original (length, chunks, hash, time) and one entry a chunk; the head is written last, so a put cut short leaves nothing to find.</para>
/// </remarks>
public sealed class HybridCacheOriginalStore : IOriginalStore
{
    /// <summary>What the local level keeps when there is a second: originals are read rarely, and once read, again soon.</summary>
    private static readonly TimeSpan s_localExpiration = TimeSpan.FromMinutes(5);

    private readonly HybridCache _cache;
    private readonly TimeProvider _time;
    private readonly int _chunkBytes;
    private readonly TimeSpan _expiration;
    private readonly HybridCacheEntryOptions _write;
    private readonly HybridCacheEntryOptions _read;
    private readonly HybridCacheEntryOptions _readBack;

    /// <summary>Creates a store.</summary>
    /// <param name="cache">The cache.</param>
    /// <param name="options">Settings; copied.</param>
    /// <param name="timeProvider">The clock; tells when an entry is old enough to be written anew. The default is the system's.</param>
    /// <exception cref="ArgumentException">A setting is out of range.</exception>
    public HybridCacheOriginalStore(HybridCache cache, HybridCacheOriginalStoreOptions? options = null, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(cache);
        options ??= new HybridCacheOriginalStoreOptions();
        options.Validate();
        _cache = cache;
        _time = timeProvider ?? TimeProvider.System;
        _chunkBytes = options.ChunkBytes;
        _expiration = options.Expiration;
        TimeSpan local = options.HasDistributedCache && s_localExpiration < _expiration ? s_localExpiration : _expiration;
        _write = new HybridCacheEntryOptions { Expiration = _expiration, LocalCacheExpiration = local };
        // A read that must not create: no factory, and nothing written on a miss.
        const HybridCacheEntryFlags peek =
            HybridCacheEntryFlags.DisableUnderlyingData | HybridCacheEntryFlags.DisableLocalCacheWrite | HybridCacheEntryFlags.DisableDistributedCacheWrite;
        _read = new HybridCacheEntryOptions { Flags = peek };
        _readBack = options.HasDistributedCache ? new HybridCacheEntryOptions { Flags = peek | HybridCacheEntryFlags.DisableLocalCacheRead } : _read;
    }

    /// <inheritdoc />
    public async ValueTask<bool> PutAsync(OriginalKey key, string original, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(original);
        string name = NameOf(key);
        string hash = OriginalId.Compute(original, 50);
        if (OriginalHead.TryParse(await PeekAsync(name, _readBack, cancellationToken).ConfigureAwait(false)) is { } known)
        {
            if (!string.Equals(known.Hash, hash, StringComparison.Ordinal)) return false; // another original has this id
            bool isFresh = _time.GetUtcNow() - known.Written < _expiration / 2; // an expiry is not pushed back by reading, so older entries are written anew
            if (isFresh && string.Equals(await ReadAsync(name, known, _readBack, cancellationToken).ConfigureAwait(false), original, StringComparison.Ordinal)) return true;
        }

        List<string> chunks = Split(original);
        for (int i = 0; i < chunks.Count; i++) await _cache.SetAsync(ChunkName(name, i), chunks[i], _write, null, cancellationToken).ConfigureAwait(false);
        var head = new OriginalHead(chunks.Count, original.Length, hash, _time.GetUtcNow());
        await _cache.SetAsync(name, head.ToString(), _write, null, cancellationToken).ConfigureAwait(false);

        return OriginalHead.TryParse(await PeekAsync(name, _readBack, cancellationToken).ConfigureAwait(false)) is { } stored
            && string.Equals(await ReadAsync(name, stored, _readBack, cancellationToken).ConfigureAwait(false), original, StringComparison.Ordinal);
    }

    /// <inheritdoc />
    public async ValueTask<OriginalLookup> GetAsync(OriginalKey key, CancellationToken cancellationToken = default)
    {
        string name = NameOf(key);
        if (OriginalHead.TryParse(await PeekAsync(name, _read, cancellationToken).ConfigureAwait(false)) is not { } head) return OriginalLookup.Unknown;
        return await ReadAsync(name, head, _read, cancellationToken).ConfigureAwait(false) is { } original
            ? OriginalLookup.Found(original)
            : OriginalLookup.Evicted; // the head is there, a chunk is not: it was stored once
    }

    private ValueTask<string?> PeekAsync(string name, HybridCacheEntryOptions options, CancellationToken cancellationToken) =>
        _cache.GetOrCreateAsync(name, static _ => ValueTask.FromResult<string?>(null), options, null, cancellationToken);

    private async ValueTask<string?> ReadAsync(string name, OriginalHead head, HybridCacheEntryOptions options, CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        for (int i = 0; i < head.Chunks; i++)
        {
            if (await PeekAsync(ChunkName(name, i), options, cancellationToken).ConfigureAwait(false) is not { } chunk) return null;
            text.Append(chunk);
        }

        string original = text.ToString();
        return original.Length == head.Length && string.Equals(OriginalId.Compute(original, 50), head.Hash, StringComparison.Ordinal) ? original : null;
    }

    /// <summary>Cuts a text so that no piece exceeds the limit in UTF-8 and no surrogate pair is torn.</summary>
    private List<string> Split(string original)
    {
        List<string> chunks = [];
        int from = 0, bytes = 0;
        for (int at = 0; at < original.Length;)
        {
            int length = char.IsHighSurrogate(original[at]) && at + 1 < original.Length && char.IsLowSurrogate(original[at + 1]) ? 2 : 1;
            int size = length == 2 ? 4 : original[at] < 0x80 ? 1 : original[at] < 0x800 ? 2 : 3;
            if (bytes + size > _chunkBytes)
            {
                chunks.Add(original[from..at]);
                (from, bytes) = (at, 0);
            }

            bytes += size;
            at += length;
        }

        chunks.Add(original[from..]);
        return chunks;
    }

    /// <summary>The cache key: short, and of letters, digits and colons only. A scope may be any text, so its hash stands for it.</summary>
    private static string NameOf(OriginalKey key)
    {
        if (!OriginalId.IsWellFormed(key.Id)) throw new ArgumentException("The id is not well formed.", nameof(key));
        return $"headroom:1:{OriginalId.Compute(key.Scope ?? "", 26)}:{key.Id}";
    }

    private static string ChunkName(string name, int index) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{name}:{index}");
}
