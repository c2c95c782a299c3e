using Headroom.Storage;

namespace Headroom.TestSupport;

/// <summary>How a <see cref="FailingOriginalStore"/> fails.</summary>
public enum StoreFailure
{
    /// <summary>Throws an <see cref="IOException"/>.</summary>
    Throw,

    /// <summary>Answers "not stored" to a put and "unavailable" to a get.</summary>
    Refuse,

    /// <summary>Answers only once cancelled, with an <see cref="OperationCanceledException"/>.</summary>
    Hang,

    /// <summary>Never answers, and holds on to the thread it was called on; whoever waits is released when the store is disposed of.</summary>
    Block,

    /// <summary>Claims to have stored what it has not, and returns another text than was stored.</summary>
    Garbage,

    /// <summary>Claims to have stored what it has not, and finds nothing.</summary>
    Lose,
}

/// <summary>A store that works until its n-th call, and then fails: at that call only, or at all from then on.</summary>
/// <remarks>Thread-safe.</remarks>
/// <param name="failure">How it fails.</param>
/// <param name="failAt">The call that fails, from 1; puts and gets count together.</param>
/// <param name="forEver">Whether all later calls fail too.</param>
/// <param name="inner">The store that works; a fresh in-memory one when not given.</param>
public sealed class FailingOriginalStore(StoreFailure failure, int failAt = 1, bool forEver = true, IOriginalStore? inner = null) : IOriginalStore, IDisposable
{
    private readonly IOriginalStore _inner = inner ?? new InMemoryOriginalStore();
    private readonly ManualResetEventSlim _released = new();
    private int _calls;

    /// <summary>How many calls there were.</summary>
    public int Calls => Volatile.Read(ref _calls);

    /// <inheritdoc />
    public async ValueTask<bool> PutAsync(OriginalKey key, string original, CancellationToken cancellationToken = default)
    {
        if (!FailsNow()) return await _inner.PutAsync(key, original, cancellationToken);
        await FailAsync(cancellationToken);
        return failure is StoreFailure.Garbage or StoreFailure.Lose;
    }

    /// <inheritdoc />
    public async ValueTask<OriginalLookup> GetAsync(OriginalKey key, CancellationToken cancellationToken = default)
    {
        if (!FailsNow()) return await _inner.GetAsync(key, cancellationToken);
        await FailAsync(cancellationToken);
        return failure == StoreFailure.Garbage ? OriginalLookup.Found("not what was stored") : failure == StoreFailure.Lose ? OriginalLookup.Unknown : OriginalLookup.Unavailable;
    }

    /// <summary>Fails the same way once a put or get has. Not counted as a call: it is asked in the background.</summary>
    public async ValueTask<IReadOnlyList<OriginalKey>> KeepAsync(IReadOnlyList<OriginalKey> keys, CancellationToken cancellationToken = default)
    {
        if (Calls < failAt) return await _inner.KeepAsync(keys, cancellationToken);
        await FailAsync(cancellationToken);
        return failure == StoreFailure.Garbage ? [new OriginalKey("no scope", "no id")] : keys;
    }

    public void Dispose() => _released.Set();

    private bool FailsNow()
    {
        int call = Interlocked.Increment(ref _calls);
        return forEver ? call >= failAt : call == failAt;
    }

    private async Task FailAsync(CancellationToken cancellationToken)
    {
        if (failure == StoreFailure.Throw) throw new IOException("The store fails on purpose.");
        if (failure == StoreFailure.Block) _released.Wait(CancellationToken.None);
        if (failure == StoreFailure.Hang) await Task.Delay(Timeout.Infinite, cancellationToken);
    }
}
