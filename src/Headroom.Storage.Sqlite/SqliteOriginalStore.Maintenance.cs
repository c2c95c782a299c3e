using System.Runtime.CompilerServices;
using Headroom.Storage.Sqlite.Files;
using Microsoft.Data.Sqlite;

namespace Headroom.Storage.Sqlite;

public sealed partial class SqliteOriginalStore
{
    /// <summary>Says what the store holds.</summary>
    /// <exception cref="SqliteException">The file cannot be read.</exception>
    public Task<SqliteStoreStatistics> StatisticsAsync(CancellationToken cancellationToken = default) => Task.Run(
        () =>
        {
            using SqliteSession session = _file.Rent();
            return session.Read(s => MaintenanceTables.Statistics(s, _file.Path));
        },
        cancellationToken);

    /// <summary>Reads every entry, whole or not. One that cannot be read does not end it.</summary>
    public async IAsyncEnumerable<SqliteStoreEntry> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        byte[]? last = null;
        while (await Task.Run(() => NextNames(last), cancellationToken).ConfigureAwait(false) is { Count: > 0 } names)
        {
            foreach (byte[] bytes in names) yield return await Task.Run(() => ReadEntry(EnvelopeName.FromBytes(bytes)), cancellationToken).ConfigureAwait(false);
            last = names[^1];
        }
    }

    /// <summary>Checks the file, and every entry in it. Takes as long as reading everything.</summary>
    public async Task<SqliteStoreVerification> VerifyAsync(CancellationToken cancellationToken = default)
    {
        IReadOnlyList<string> fileProblems = await Task.Run(CheckFile, cancellationToken).ConfigureAwait(false);
        long intact = 0;
        List<SqliteStoreEntry> problems = [];
        try
        {
            await foreach (SqliteStoreEntry entry in ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                if (entry.State == EnvelopeState.Intact) intact++;
                else problems.Add(entry);
            }
        }
        catch (SqliteException e)
        {
            fileProblems = [.. fileProblems, $"The list of entries cannot be read to its end (SQLite error {e.SqliteErrorCode})."];
        }

        return new SqliteStoreVerification { Intact = intact, Problems = problems, FileProblems = fileProblems };
    }

    /// <summary>Makes the store smaller, and gives what is freed back to the disk. Without arguments it only clears away what was cut short.</summary>
    /// <param name="idleFor">Drops what has been idle for so long.</param>
    /// <param name="downToBytes">Drops what has been idle for longest until so many bytes are used, whatever <see cref="SqliteOriginalStoreOptions.Retention"/> says.</param>
    /// <param name="damaged">Drops what is damaged.</param>
    /// <param name="cancellationToken">Cancels between steps.</param>
    /// <exception cref="SqliteException">The file cannot be written.</exception>
    public async Task<SqliteStorePruning> PruneAsync(
        TimeSpan? idleFor = null, long? downToBytes = null, bool damaged = false, CancellationToken cancellationToken = default)
    {
        long before = MaintenanceTables.FileBytes(_file.Path), originals = 0;
        int unfinished = 0;
        await _file.WriteAsync(s => (unfinished = OriginalTables.DropAbandoned(s, Now - (long)s_abandonedAfter.TotalSeconds)) >= 0, cancellationToken).ConfigureAwait(false);
        if (damaged)
        {
            await foreach (SqliteStoreEntry entry in ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                if (entry.State == EnvelopeState.Damaged && await _file.WriteAsync(s => MaintenanceTables.Drop(s, Convert.FromHexString(entry.Name), Now), cancellationToken).ConfigureAwait(false)) originals++;
            }
        }

        if (idleFor is { } idle) originals += await DropAsync(limit: -1, Now - (long)idle.TotalSeconds, cancellationToken).ConfigureAwait(false);
        if (downToBytes is { } bytes) originals += await DropAsync(bytes, long.MaxValue, cancellationToken).ConfigureAwait(false);
        await Task.Run(Shrink, cancellationToken).ConfigureAwait(false);
        return new SqliteStorePruning(originals, unfinished, before, MaintenanceTables.FileBytes(_file.Path));
    }

    /// <summary>Drops in small steps, so that others can write in between.</summary>
    private async Task<long> DropAsync(long limit, long idleBefore, CancellationToken cancellationToken)
    {
        long all = 0;
        int dropped;
        do
        {
            dropped = 0;
            await _file.WriteAsync(s => (dropped = OriginalTables.DropSome(s, limit, idleBefore, Now)) >= 0, cancellationToken).ConfigureAwait(false);
            all += dropped;
        }
        while (dropped > 0);

        return all;
    }

    private List<byte[]> NextNames(byte[]? after)
    {
        using SqliteSession session = _file.Rent();
        return MaintenanceTables.NextNames(session, after ?? []);
    }

    private SqliteStoreEntry ReadEntry(EnvelopeName name)
    {
        using SqliteSession session = _file.Rent();
        try
        {
            EnvelopeReading reading = session.Read(s =>
                OriginalTables.Find(s, name) is { } row ? _envelope.Read(name, OriginalTables.PiecesOf(s, row)) : new EnvelopeReading(EnvelopeState.Damaged, null));
            return new SqliteStoreEntry(name.ToString(), reading.State, reading.Original);
        }
        catch (SqliteException)
        {
            return new SqliteStoreEntry(name.ToString(), EnvelopeState.Damaged, null);
        }
    }

    private IReadOnlyList<string> CheckFile()
    {
        using SqliteSession session = _file.Rent();
        return MaintenanceTables.Check(session);
    }

    private void Shrink()
    {
        using SqliteSession session = _file.Rent();
        MaintenanceTables.Shrink(session);
    }
}
