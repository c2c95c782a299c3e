using Headroom.Storage.Postgres.Server;
using Npgsql;

namespace Headroom.Storage.Postgres;

public sealed partial class PostgresOriginalStore
{
    /// <summary>Originals dropped before the list of them is cut back: a hundredth of what it may hold.</summary>
    private const long TrimInterval = 1_000;

    /// <summary>How long a put that failed may take to clear away after itself: what is left over is found later anyway.</summary>
    private static readonly TimeSpan s_forgetLimit = TimeSpan.FromSeconds(2);

    private long _droppedSinceTrim;

    /// <summary>Writes an entry: in one statement where it is not huge, else piece by piece under no name, and the name last. Whether it is there then, the read-back tells.</summary>
    private async Task<bool> WriteAsync(EnvelopeName name, string original, CancellationToken cancellationToken)
    {
        long id = 0;
        int number = 0;
        bool isFinished = false;
        try
        {
            foreach (byte[][] batch in _envelope.Write(name, original).Chunk(PiecesAtOnce))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (OriginalEnvelope.CountPieces(batch[0]) == 1) return isFinished = await PutWholeAsync(name, original.Length, batch[0], cancellationToken).ConfigureAwait(false);
                if (number == 0 && (id = await BeginAsync(original.Length, batch[0], cancellationToken).ConfigureAwait(false)) == 0) return false;
                int from = number == 0 ? 1 : 0;
                if (batch.Length > from && !await AddAsync(id, number + from, batch[from..], cancellationToken).ConfigureAwait(false)) return false;
                number += batch.Length;
            }

            isFinished = await FinishAsync(id, name, cancellationToken).ConfigureAwait(false);
            return isFinished || await IsStoredAsync(name, cancellationToken).ConfigureAwait(false); // another instance was faster
        }
        finally
        {
            if (!isFinished && id != 0) await ForgetAsync(id).ConfigureAwait(false);
        }
    }

    private Task<bool> PutWholeAsync(EnvelopeName name, int characters, byte[] piece, CancellationToken cancellationToken) =>
        WithRoomAsync(
            piece.Length + OriginalTables.RowBytes,
            limit => _database.RunAsync(s => s.ScalarAsync<bool>(_tables.Put, name.Bytes.ToArray(), characters, piece, limit), cancellationToken),
            cancellationToken);

    private async Task<long> BeginAsync(int characters, byte[] first, CancellationToken cancellationToken)
    {
        long id = 0;
        await WithRoomAsync(
            first.Length + OriginalTables.RowBytes,
            async limit => (id = await _database.RunAsync(s => s.ScalarAsync<long>(_tables.Begin, characters, first, limit), cancellationToken).ConfigureAwait(false)) != 0,
            cancellationToken).ConfigureAwait(false);
        return id;
    }

    /// <summary>Adds pieces. <see langword="false"/> where there is no room, or the original is gone: somebody took it for abandoned.</summary>
    private async Task<bool> AddAsync(long id, int number, byte[][] pieces, CancellationToken cancellationToken)
    {
        bool isThere = false;
        bool hasRoom = await WithRoomAsync(
            pieces.Sum(p => (long)p.Length),
            limit => _database.RunAsync(session => session.QueryAsync(_tables.Add, [id, number, pieces, limit], async rows =>
            {
                await rows.ReadAsync(cancellationToken).ConfigureAwait(false);
                bool isEnough = rows.GetBoolean(0);
                isThere = rows.GetBoolean(1);
                return isEnough;
            }), cancellationToken),
            cancellationToken).ConfigureAwait(false);
        return hasRoom && isThere;
    }

    private async Task<bool> FinishAsync(long id, EnvelopeName name, CancellationToken cancellationToken)
    {
        try
        {
            return await _database.RunAsync(s => s.ScalarAsync<bool>(_tables.Finish, id, name.Bytes.ToArray()), cancellationToken).ConfigureAwait(false);
        }
        catch (PostgresException e) when (e.SqlState == ConnectionFailure.UniqueViolation)
        {
            return false; // another instance was faster by less than a statement
        }
    }

    private Task<bool> IsStoredAsync(EnvelopeName name, CancellationToken cancellationToken) =>
        _database.RunAsync(s => s.ScalarAsync<bool>(_tables.IsStored, name.Bytes.ToArray()), cancellationToken);

    /// <summary>Clears away what will not be finished. Where that fails, it is found abandoned later.</summary>
    private async Task ForgetAsync(long id)
    {
        // Not the caller's token, which may be what ended the put; but the caller waits.
        using var limit = new CancellationTokenSource(s_forgetLimit);
        try
        {
            await _database.RunAsync(s => s.ScalarAsync<long>(_tables.Forget, id), limit.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (IsFailure(e) || e is OperationCanceledException)
        {
            _options.OnFailure?.Invoke(e);
        }
    }

    private Task<long> DropAsync(long[] ids, CancellationToken cancellationToken) =>
        _database.RunAsync(s => s.ScalarAsync<long>(_tables.Drop, ids), cancellationToken);

    /// <summary>Runs a statement that answers whether there was room; where there was none, makes room and runs it again.</summary>
    /// <remarks>Two attempts: where other instances take at once what was freed, the store is full for all of them.</remarks>
    private async Task<bool> WithRoomAsync(long bytes, Func<long, Task<bool>> write, CancellationToken cancellationToken) =>
        await write(_options.MaxBytes).ConfigureAwait(false)
        || (await MakeRoomAsync(bytes, cancellationToken).ConfigureAwait(false) && await write(_options.MaxBytes).ConfigureAwait(false));

    /// <summary>Whether so many bytes more find room, after dropping what may be dropped.</summary>
    private async Task<bool> MakeRoomAsync(long bytes, CancellationToken cancellationToken)
    {
        await ClearAbandonedAsync(cancellationToken).ConfigureAwait(false);
        long dropped;
        do
        {
            long excess = await UsedBytesAsync(cancellationToken).ConfigureAwait(false) + bytes - _options.MaxBytes;
            if (excess <= 0) return true;
            // Nothing that was used later has been idle for so long, given how exactly the last use is known.
            dropped = await DropIdleAsync(_options.Retention.TotalSeconds + _useSeconds, excess, cancellationToken).ConfigureAwait(false);
        }
        while (dropped > 0);

        return await UsedBytesAsync(cancellationToken).ConfigureAwait(false) + bytes <= _options.MaxBytes;
    }

    private Task<long> UsedBytesAsync(CancellationToken cancellationToken) => _database.RunAsync(s => s.ScalarAsync<long>(_tables.UsedBytes), cancellationToken);

    private async Task<long> ClearAbandonedAsync(CancellationToken cancellationToken)
    {
        long all = 0, cleared;
        do all += cleared = await _database.RunAsync(s => s.ScalarAsync<long>(_tables.DropAbandoned, s_abandonedAfter.TotalSeconds), cancellationToken).ConfigureAwait(false);
        while (cleared > 0);
        return all;
    }

    /// <summary>Drops a few of those idle for so long, as many as it takes to free so many bytes; answers how many.</summary>
    private async Task<long> DropIdleAsync(double idleSeconds, long bytes, CancellationToken cancellationToken)
    {
        long dropped = await _database.RunAsync(s => s.ScalarAsync<long>(_tables.DropIdle, idleSeconds, bytes), cancellationToken).ConfigureAwait(false);
        if (Interlocked.Add(ref _droppedSinceTrim, dropped) < TrimInterval) return dropped;
        Interlocked.Exchange(ref _droppedSinceTrim, 0);
        await _database.RunAsync(s => s.ExecuteAsync(_tables.TrimDropped), cancellationToken).ConfigureAwait(false);
        return dropped;
    }
}
