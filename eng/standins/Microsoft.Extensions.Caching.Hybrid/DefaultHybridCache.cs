using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Logging;

namespace Microsoft.Extensions.Caching.Hybrid;

/// <summary>Stand-in. A local cache in front of a distributed one, with the behaviour the real one has where it surprises.</summary>
internal sealed partial class DefaultHybridCache(HybridCacheOptions options, IDistributedCache? distributed, TimeProvider time, ILogger logger) : HybridCache
{
    private static readonly TimeSpan s_defaultExpiration = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<string, (object? Value, DateTimeOffset Expires)> _local = new(StringComparer.Ordinal);

    // An in-process "distributed" cache counts as none.
    private readonly IDistributedCache? _distributed =
        distributed?.GetType().FullName == "Microsoft.Extensions.Caching.Distributed.MemoryDistributedCache" ? null : distributed;

    public override async ValueTask<T> GetOrCreateAsync<TState, T>(
        string key, TState state, Func<TState, CancellationToken, ValueTask<T>> factory, HybridCacheEntryOptions? options = null,
        IEnumerable<string>? tags = null, CancellationToken cancellationToken = default)
    {
        HybridCacheEntryFlags flags = FlagsOf(options);
        if (!IsValid(key)) return flags.HasFlag(HybridCacheEntryFlags.DisableUnderlyingData) ? default! : await factory(state, cancellationToken).ConfigureAwait(false);
        if (!flags.HasFlag(HybridCacheEntryFlags.DisableLocalCacheRead) && _local.TryGetValue(key, out var entry) && entry.Expires > time.GetUtcNow() && entry.Value is T hit)
            return hit;
        if (!flags.HasFlag(HybridCacheEntryFlags.DisableDistributedCacheRead) && await ReadDistributedAsync(key, cancellationToken).ConfigureAwait(false) is { } bytes)
        {
            T value = Deserialize<T>(bytes);
            if (!flags.HasFlag(HybridCacheEntryFlags.DisableLocalCacheWrite)) SetLocal(key, value, options);
            return value;
        }

        if (flags.HasFlag(HybridCacheEntryFlags.DisableUnderlyingData)) return default!;
        T created = await factory(state, cancellationToken).ConfigureAwait(false);
        await SetAsync(key, created, options, tags, cancellationToken).ConfigureAwait(false);
        return created;
    }

    public override async ValueTask SetAsync<T>(
        string key, T value, HybridCacheEntryOptions? options = null, IEnumerable<string>? tags = null, CancellationToken cancellationToken = default)
    {
        HybridCacheEntryFlags flags = FlagsOf(options);
        if (!IsValid(key) || ExpirationOf(options) == TimeSpan.MaxValue) return;
        if (!flags.HasFlag(HybridCacheEntryFlags.DisableLocalCacheWrite)) SetLocal(key, value, options);
        if (_distributed is null || flags.HasFlag(HybridCacheEntryFlags.DisableDistributedCacheWrite)) return;
        byte[] bytes = Serialize(value);
        if (bytes.Length > this.Options.MaximumPayloadBytes)
        {
            LogPayloadTooLarge(bytes.Length); // no exception: the value stays local, and is gone after a restart
            return;
        }

        try
        {
            var entry = new DistributedCacheEntryOptions { AbsoluteExpirationRelativeToNow = ExpirationOf(options) };
            await _distributed.SetAsync(key, bytes, entry, cancellationToken).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // As the real one: a failing backend is logged and swallowed.
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            LogBackendWriteFailure(e);
        }
    }

    public override async ValueTask RemoveAsync(string key, CancellationToken cancellationToken = default)
    {
        _local.TryRemove(key, out _);
        if (_distributed is not null) await _distributed.RemoveAsync(key, cancellationToken).ConfigureAwait(false); // a failing backend throws here
    }

    public override ValueTask RemoveByTagAsync(string tag, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("The stand-in has no tags.");

    private HybridCacheOptions Options => options;

    private bool IsValid(string key)
    {
        bool valid = key.Length > 0 && key.Length <= options.MaximumKeyLength && !key.Any(c => c < ' ');
        if (!valid) LogKeyInvalid(key.Length);
        return valid;
    }

    private HybridCacheEntryFlags FlagsOf(HybridCacheEntryOptions? entry) => entry?.Flags ?? options.DefaultEntryOptions?.Flags ?? HybridCacheEntryFlags.None;

    private TimeSpan ExpirationOf(HybridCacheEntryOptions? entry) => entry?.Expiration ?? options.DefaultEntryOptions?.Expiration ?? s_defaultExpiration;

    private void SetLocal<T>(string key, T value, HybridCacheEntryOptions? entry)
    {
        TimeSpan expiration = ExpirationOf(entry);
        TimeSpan local = entry?.LocalCacheExpiration ?? options.DefaultEntryOptions?.LocalCacheExpiration ?? expiration;
        _local[key] = (value, time.GetUtcNow() + (local < expiration ? local : expiration));
    }

    private async ValueTask<byte[]?> ReadDistributedAsync(string key, CancellationToken cancellationToken)
    {
        if (_distributed is null) return null;
        try
        {
            return await _distributed.GetAsync(key, cancellationToken).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // As the real one: a failing backend is a miss.
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            LogBackendReadFailure(e);
            return null;
        }
    }

    private static byte[] Serialize<T>(T value) => value switch
    {
        string text => Encoding.UTF8.GetBytes(text), // an unpaired surrogate becomes U+FFFD
        byte[] bytes => bytes,
        _ => JsonSerializer.SerializeToUtf8Bytes(value),
    };

    private static T Deserialize<T>(byte[] bytes) =>
        typeof(T) == typeof(string) ? (T)(object)Encoding.UTF8.GetString(bytes)
        : typeof(T) == typeof(byte[]) ? (T)(object)bytes
        : JsonSerializer.Deserialize<T>(bytes)!;

    [LoggerMessage(Level = LogLevel.Error, Message = "MaximumPayloadBytesExceeded: {Bytes} bytes")]
    private partial void LogPayloadTooLarge(int bytes);

    [LoggerMessage(Level = LogLevel.Error, Message = "MaximumKeyLengthExceeded or key content invalid: {Length} characters")]
    private partial void LogKeyInvalid(int length);

    [LoggerMessage(Level = LogLevel.Error, Message = "CacheBackendWriteFailure")]
    private partial void LogBackendWriteFailure(Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "CacheBackendReadFailure")]
    private partial void LogBackendReadFailure(Exception exception);
}
