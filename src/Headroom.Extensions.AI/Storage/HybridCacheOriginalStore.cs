using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Globalization;
using Headroom.Storage;
using Microsoft.Extensions.Caching.Hybrid;

namespace Headroom.Extensions.AI.Storage;

/// <summary>Keeps originals in a <see cref="HybridCache"/>.</summary>
/// <remarks>
/// <para>Thread-safe. A cache promises nothing by itself: it expires entries after five minutes unless told otherwise, keeps large ones out of its
/// second level without a word, and swallows failures of that level. So originals are cut into pieces, kept for long, and read back, past the
/// local cache, before they count as stored. A miss is <see cref="OriginalStatus.Unknown"/>: a cache does not say whether it ever held a key.</para>
/// <para>One cache entry a piece (<see cref="OriginalEnvelope"/>); the first, which also holds the time, is written last, so a put cut short leaves nothing to find.</para>
/// </remarks>
public sealed class HybridCacheOriginalStore : IOriginalStore
{
    /// <summary>What the local level keeps when there is a second: originals are read rarely, and once read, again soon.</summary>
    private static readonly TimeSpan s_localExpiration = TimeSpan.FromMinutes(5);

    /// <summary>How often it is looked whether an original in use is still there: a conversation asks with every request.</summary>
    private static readonly TimeSpan s_keepInterval = TimeSpan.FromHours(1);

    /// <summary>Originals remembered as looked at lately, at about 200 bytes each; beyond, all are looked at again.</summary>
    private const int MaxKept = 16 * 1024;

    /// <summary>Seconds since 1970, little endian, before the first piece.</summary>
    private const int TimeBytes = 8;

    private readonly HybridCache _cache;
    private readonly OriginalEnvelope _envelope;
    private readonly TimeProvider _time;
    private readonly int _pieceBytes;
    private readonly TimeSpan _expiration;
    private readonly HybridCacheEntryOptions _write;
    private readonly HybridCacheEntryOptions _read;
    private readonly HybridCacheEntryOptions _readBack;
    private readonly ConcurrentDictionary<OriginalKey, DateTimeOffset> _kept = new();

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
        _envelope = new OriginalEnvelope(options.Encryption);
        _time = timeProvider ?? TimeProvider.System;
        _pieceBytes = options.PieceBytes;
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
        cancellationToken.ThrowIfCancellationRequested();
        IReadOnlyList<EnvelopeName> names = _envelope.NamesOf(key);
        if (!OriginalId.IsWellFormed(key.Id)) return false;
        foreach (EnvelopeName name in names)
        {
            Stored known = await CompareAsync(name, original, cancellationToken).ConfigureAwait(false);
            if (known.IsOther) return false;
            if (known.IsSame && known.IsFresh && ReferenceEquals(name, names[0])) return true;
            if (known.IsSame) break; // under an older key, or old enough to be written anew: reading does not push an expiry back
        }

        await WriteAsync(names[0], original, cancellationToken).ConfigureAwait(false);
        return (await CompareAsync(names[0], original, cancellationToken).ConfigureAwait(false)).IsSame;
    }

    /// <inheritdoc />
    public async ValueTask<OriginalLookup> GetAsync(OriginalKey key, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        IReadOnlyList<EnvelopeName> names = _envelope.NamesOf(key);
        if (!OriginalId.IsWellFormed(key.Id)) return OriginalLookup.Unknown;
        foreach (EnvelopeName name in names)
        {
            if (await PeekFirstAsync(name, _read, cancellationToken).ConfigureAwait(false) is not { Piece: var first }) continue;
            List<byte[]> pieces = [first];
            for (int i = 1; i < OriginalEnvelope.CountPieces(first); i++)
            {
                if (await PeekAsync(NameOf(name, i), _read, cancellationToken).ConfigureAwait(false) is not { } piece) return OriginalLookup.Evicted; // it was stored once
                pieces.Add(piece);
            }

            EnvelopeReading reading = _envelope.Read(name, pieces);
            return reading.Original is { } original ? OriginalLookup.Found(original) : OriginalLookup.Unavailable;
        }

        return OriginalLookup.Unknown;
    }

    /// <inheritdoc />
    public async ValueTask<IReadOnlyList<OriginalKey>> KeepAsync(IReadOnlyList<OriginalKey> keys, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(keys);
        cancellationToken.ThrowIfCancellationRequested();
        if (_kept.Count > MaxKept) _kept.Clear();
        List<OriginalKey> uncertain = [];
        foreach (OriginalKey key in keys)
        {
            DateTimeOffset now = _time.GetUtcNow();
            if (_kept.TryGetValue(key, out DateTimeOffset last) && (now - last).Duration() < s_keepInterval) continue;
            // One whose pieces must all be looked at, or that is to be written anew, is put again: that does both.
            First? first = OriginalId.IsWellFormed(key.Id) ? await PeekFirstAsync(_envelope.NamesOf(key)[0], _readBack, cancellationToken).ConfigureAwait(false) : null;
            if (first is not { } found || !IsFresh(found.Written) || OriginalEnvelope.CountPieces(found.Piece) != 1) uncertain.Add(key);
            _kept[key] = now;
        }

        return uncertain;
    }

    private async ValueTask WriteAsync(EnvelopeName name, string original, CancellationToken cancellationToken)
    {
        byte[]? first = null;
        int number = 0;
        foreach (byte[] piece in _envelope.Write(name, original, _pieceBytes - TimeBytes))
        {
            if (number == 0)
            {
                first = new byte[TimeBytes + piece.Length];
                BinaryPrimitives.WriteInt64LittleEndian(first, _time.GetUtcNow().ToUnixTimeSeconds());
                piece.CopyTo(first, TimeBytes);
            }
            else
            {
                await _cache.SetAsync(NameOf(name, number), piece, _write, null, cancellationToken).ConfigureAwait(false);
            }

            number++;
        }

        await _cache.SetAsync(NameOf(name, 0), first!, _write, null, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What is stored under a name, past the local level, beside a text.</summary>
    private async ValueTask<Stored> CompareAsync(EnvelopeName name, string original, CancellationToken cancellationToken)
    {
        if (await PeekFirstAsync(name, _readBack, cancellationToken).ConfigureAwait(false) is not { } first) return default;
        using EnvelopeComparison comparison = _envelope.Compare(name, original);
        comparison.Add(first.Piece);
        for (int i = 1; i < OriginalEnvelope.CountPieces(first.Piece); i++)
        {
            if (await PeekAsync(NameOf(name, i), _readBack, cancellationToken).ConfigureAwait(false) is not { } piece) return default;
            comparison.Add(piece);
        }

        return new Stored(comparison.IsSame, comparison.State == EnvelopeState.Intact && !comparison.IsSame, IsFresh(first.Written));
    }

    private bool IsFresh(long written) => (_time.GetUtcNow().ToUnixTimeSeconds() - written) < _expiration.TotalSeconds / 2;

    private async ValueTask<First?> PeekFirstAsync(EnvelopeName name, HybridCacheEntryOptions options, CancellationToken cancellationToken) =>
        await PeekAsync(NameOf(name, 0), options, cancellationToken).ConfigureAwait(false) is { Length: > TimeBytes } bytes
            ? new First(BinaryPrimitives.ReadInt64LittleEndian(bytes), bytes[TimeBytes..])
            : null;

    private ValueTask<byte[]?> PeekAsync(string name, HybridCacheEntryOptions options, CancellationToken cancellationToken) =>
        _cache.GetOrCreateAsync(name, static _ => ValueTask.FromResult<byte[]?>(null), options, null, cancellationToken);

    private static string NameOf(EnvelopeName name, int piece) => string.Create(CultureInfo.InvariantCulture, $"headroom:{name}:{piece}");

    private readonly record struct First(long Written, byte[] Piece);

    /// <param name="IsSame">The text is stored, whole.</param>
    /// <param name="IsOther">Another text is stored, whole.</param>
    /// <param name="IsFresh">It need not be written anew.</param>
    private readonly record struct Stored(bool IsSame, bool IsOther, bool IsFresh);
}
