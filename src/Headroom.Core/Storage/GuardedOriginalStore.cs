namespace Headroom.Storage;

/// <summary>Asks a store so that it can neither fail nor hold up whoever asks: every call is bounded in time, failures are answers, and "stored" is believed only after fetching it.</summary>
/// <remarks>
/// Thread-safe. Throws nothing but for cancellation and wrong arguments. After a call that ran out of time nothing is put for a while, so that a store that hangs
/// costs one wait, not one an item; what is asked for is always asked for.
/// </remarks>
#pragma warning disable CA1001 // The source only counts time: it is spent, timer and all, when the rest is over.
public sealed class GuardedOriginalStore : IOriginalStore
#pragma warning restore CA1001
{
    /// <summary>How long a call may take by default: a store that takes longer holds up the model more than the text would cost.</summary>
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(5);

    /// <summary>How many timeouts long nothing is put after one: half a minute by default, in which a server restarts.</summary>
    private const int RestTimeouts = 6;

    private readonly TimeSpan _timeout;
    private volatile CancellationTokenSource? _rest;

    /// <summary>Guards a store.</summary>
    /// <param name="inner">The store.</param>
    /// <param name="timeout">How long a call may take; <see cref="DefaultTimeout"/> unless given.</param>
    /// <exception cref="ArgumentOutOfRangeException">The timeout is not positive, or beyond what a timer can count.</exception>
    public GuardedOriginalStore(IOriginalStore inner, TimeSpan? timeout = null)
    {
        ArgumentNullException.ThrowIfNull(inner);
        Inner = inner;
        _timeout = timeout ?? DefaultTimeout;
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(_timeout, TimeSpan.Zero, nameof(timeout));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(_timeout, TimeSpan.FromDays(1), nameof(timeout));
    }

    /// <summary>The store that is guarded.</summary>
    public IOriginalStore Inner { get; }

    /// <summary>Stores an original, and fetches it. <see langword="false"/> also where the store failed, took too long, or lost it.</summary>
    public async ValueTask<bool> PutAsync(OriginalKey key, string original, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key.Id, nameof(key));
        ArgumentNullException.ThrowIfNull(original);
        cancellationToken.ThrowIfCancellationRequested();
        if (_rest is { IsCancellationRequested: false }) return false;
        return await AskAsync(false, async token =>
        {
            if (!await Inner.PutAsync(key, original, token).ConfigureAwait(false)) return false;
            OriginalLookup stored = await Inner.GetAsync(key, token).ConfigureAwait(false);
            return stored.Status == OriginalStatus.Found && string.Equals(stored.Text, original, StringComparison.Ordinal);
        }, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Fetches an original. <see cref="OriginalStatus.Unavailable"/> also where the store failed or took too long.</summary>
    public ValueTask<OriginalLookup> GetAsync(OriginalKey key, CancellationToken cancellationToken = default) =>
        AskAsync(OriginalLookup.Unavailable, token => Inner.GetAsync(key, token), cancellationToken);

    /// <summary>Keeps originals. Answers with none where the store failed: putting them again would help no more.</summary>
    public ValueTask<IReadOnlyList<OriginalKey>> KeepAsync(IReadOnlyList<OriginalKey> keys, CancellationToken cancellationToken = default) =>
        AskAsync<IReadOnlyList<OriginalKey>>([], token => Inner.KeepAsync(keys, token), cancellationToken);

    private async ValueTask<T> AskAsync<T>(T otherwise, Func<CancellationToken, ValueTask<T>> call, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(_timeout);
        // On a thread of its own until it first waits: a store may do all its work before it answers with a task.
        Task<T> asked = Task.Run(() => call(limit.Token).AsTask(), CancellationToken.None);
        try
        {
            return await asked.WaitAsync(limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            Abandon(asked);
            throw;
        }
#pragma warning disable CA1031 // A store that fails in any way has not answered (laws 5 and 8).
        catch (Exception)
#pragma warning restore CA1031
        {
            if (limit.IsCancellationRequested) _rest = new CancellationTokenSource(RestTimeouts * _timeout);
            Abandon(asked);
            return otherwise;
        }
    }

    /// <summary>What an abandoned call still throws is seen by nobody.</summary>
    private static void Abandon(Task asked) =>
        asked.ContinueWith(static t => _ = t.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
}
