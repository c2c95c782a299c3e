using System.Runtime.CompilerServices;
using Headroom.Storage.Postgres.Server;
using Npgsql;

namespace Headroom.Storage.Postgres;

public sealed partial class PostgresOriginalStore
{
    /// <summary>Seconds, a hundred years of them: what was used so far in the future counts as idle too.</summary>
    private const double Ever = 3_155_760_000;

    /// <summary>Says what the store holds. Looks at every row, but at no original.</summary>
    /// <exception cref="NpgsqlException">The server cannot be asked.</exception>
    /// <exception cref="InvalidOperationException">The tables cannot be used; the message says why, and what to do.</exception>
    public Task<PostgresStoreStatistics> StatisticsAsync(CancellationToken cancellationToken = default) =>
        _database.RunAsync(session => session.QueryAsync(_maintenance.Statistics, [_maintenance.All], async rows =>
        {
            await rows.ReadAsync(cancellationToken).ConfigureAwait(false);
            return new PostgresStoreStatistics
            {
                Location = Location,
                SchemaVersion = _tables.Schema.Version,
                Originals = rows.GetInt64(0),
                Characters = rows.GetInt64(1),
                Bytes = rows.GetInt64(2),
                Unfinished = rows.GetInt64(3),
                OldestUse = TimeAt(rows, 4),
                NewestUse = TimeAt(rows, 5),
                Dropped = rows.GetInt64(6),
                UsedBytes = rows.GetInt64(7),
                TableBytes = rows.GetInt64(8),
            };
        }), cancellationToken);

    /// <summary>Reads every entry, whole or not. One that cannot be read does not end it.</summary>
    public async IAsyncEnumerable<PostgresStoreEntry> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        byte[] last = [];
        while (await NextNamesAsync(last, cancellationToken).ConfigureAwait(false) is { Count: > 0 } names)
        {
            foreach (byte[] bytes in names)
            {
                if (await ReadEntryAsync(EnvelopeName.FromBytes(bytes), cancellationToken).ConfigureAwait(false) is { } entry) yield return entry;
            }

            last = names[^1];
        }
    }

    /// <summary>Checks every entry. Takes as long as reading everything.</summary>
    /// <exception cref="NpgsqlException">The server cannot be asked.</exception>
    /// <exception cref="InvalidOperationException">The tables cannot be used; the message says why, and what to do.</exception>
    public async Task<PostgresStoreVerification> VerifyAsync(CancellationToken cancellationToken = default)
    {
        long intact = 0;
        List<PostgresStoreEntry> problems = [];
        await foreach (PostgresStoreEntry entry in ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            if (entry.State == EnvelopeState.Intact) intact++;
            else problems.Add(entry);
        }

        return new PostgresStoreVerification { Intact = intact, Problems = problems };
    }

    /// <summary>Makes the store smaller. Without arguments it only clears away what was cut short, and counts anew what is held. The server gives freed room to later originals, once it has cleaned up.</summary>
    /// <param name="idleFor">Drops what has been idle for so long.</param>
    /// <param name="downToBytes">Drops what has been idle for longest until so many bytes are used, whatever <see cref="PostgresOriginalStoreOptions.Retention"/> says.</param>
    /// <param name="damaged">Drops what is damaged.</param>
    /// <param name="cancellationToken">Cancels between steps.</param>
    /// <exception cref="NpgsqlException">The server cannot be asked, or refuses to change anything.</exception>
    /// <exception cref="InvalidOperationException">The tables cannot be used; the message says why, and what to do.</exception>
    public async Task<PostgresStorePruning> PruneAsync(
        TimeSpan? idleFor = null, long? downToBytes = null, bool damaged = false, CancellationToken cancellationToken = default)
    {
        long before = await CountAsync(cancellationToken).ConfigureAwait(false), originals = 0;
        long unfinished = await ClearAbandonedAsync(cancellationToken).ConfigureAwait(false);
        if (damaged)
        {
            await foreach (PostgresStoreEntry entry in ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                if (entry.State == EnvelopeState.Damaged) originals += await DropAsync(Convert.FromHexString(entry.Name), cancellationToken).ConfigureAwait(false);
            }
        }

        if (idleFor is { } idle) originals += await DropAllIdleAsync(idle.TotalSeconds, downToBytes: -1, cancellationToken).ConfigureAwait(false);
        if (downToBytes is { } bytes) originals += await DropAllIdleAsync(-Ever, bytes, cancellationToken).ConfigureAwait(false);
        return new PostgresStorePruning(originals, unfinished, before, await UsedBytesAsync(cancellationToken).ConfigureAwait(false));
    }

    private async Task<long> DropAllIdleAsync(double idleSeconds, long downToBytes, CancellationToken cancellationToken)
    {
        long all = 0, dropped;
        do
        {
            long excess = await UsedBytesAsync(cancellationToken).ConfigureAwait(false) - downToBytes;
            if (excess <= 0) break;
            all += dropped = await DropIdleAsync(idleSeconds, excess, cancellationToken).ConfigureAwait(false);
        }
        while (dropped > 0);

        return all;
    }

    private Task<List<byte[]>> NextNamesAsync(byte[] after, CancellationToken cancellationToken) =>
        _database.RunAsync(session => session.QueryAsync(_maintenance.NextNames, [after], async rows =>
        {
            List<byte[]> names = [];
            while (await rows.ReadAsync(cancellationToken).ConfigureAwait(false)) names.Add(rows.GetFieldValue<byte[]>(0));
            return names;
        }), cancellationToken);

    /// <summary>Reads an entry; nothing where it is gone meanwhile.</summary>
    private async Task<PostgresStoreEntry?> ReadEntryAsync(EnvelopeName name, CancellationToken cancellationToken)
    {
        try
        {
            return await ReadFirstAsync([name], cancellationToken).ConfigureAwait(false) is { } found
                ? new PostgresStoreEntry(name.ToString(), found.Reading.State, found.Reading.Original)
                : null;
        }
        catch (PostgresException e) when (ConnectionFailure.IsDamage(e))
        {
            return new PostgresStoreEntry(name.ToString(), EnvelopeState.Damaged, null);
        }
    }

    private async Task<long> DropAsync(byte[] name, CancellationToken cancellationToken)
    {
        long id = await _database.RunAsync(s => s.ScalarAsync<long>(_maintenance.IdOf, (object)name), cancellationToken).ConfigureAwait(false);
        return id == 0 ? 0 : await DropAsync([id], cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Counts anew what is held; answers that.</summary>
    private async Task<long> CountAsync(CancellationToken cancellationToken)
    {
        await _database.RunAsync(async session =>
        {
            await using NpgsqlTransaction transaction = await session.BeginAsync().ConfigureAwait(false);
            await session.ExecuteAsync(_maintenance.LockUsage).ConfigureAwait(false);
            int counters = await session.ExecuteAsync(_maintenance.CountUsage).ConfigureAwait(false);
            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
            return counters;
        }, cancellationToken).ConfigureAwait(false);
        return await UsedBytesAsync(cancellationToken).ConfigureAwait(false);
    }

    private static DateTimeOffset? TimeAt(NpgsqlDataReader rows, int column) => rows.IsDBNull(column) ? null : rows.GetFieldValue<DateTimeOffset>(column);
}
