using Headroom.Storage.Sqlite.Files;
using Microsoft.Data.Sqlite;

namespace Headroom.Storage.Sqlite;

public sealed partial class SqliteOriginalStore
{
    /// <summary>What is stored under a name, beside a text. Read over a connection that has never written.</summary>
    private (Holding Holding, OriginalTables.Row? Row) Compare(EnvelopeName name, string original)
    {
        using SqliteSession session = _file.Rent();
        return session.Read<(Holding, OriginalTables.Row?)>(s =>
        {
            if (OriginalTables.Find(s, name) is not { } row) return (Holding.Nothing, null);
            using EnvelopeComparison comparison = _envelope.Compare(name, original);
            foreach (byte[] piece in OriginalTables.PiecesOf(s, row)) comparison.Add(piece);
            return (comparison.IsSame ? Holding.TheSame : comparison.State is EnvelopeState.Intact or EnvelopeState.NewerFormat ? Holding.Another : Holding.Damage, row);
        });
    }

    /// <summary>Writes an entry: in one transaction where it is not huge, else piece by piece under no name, and the name last.</summary>
    private async Task<bool> WriteAsync(EnvelopeName name, string original, IReadOnlyList<long> outdated, CancellationToken cancellationToken)
    {
        long begun = 0;
        bool isFinished = false;
        try
        {
            int number = 0;
            foreach (byte[][] batch in _envelope.Write(name, original).Chunk(PiecesAtOnce))
            {
                bool isLast = OriginalEnvelope.CountPieces(batch[0]) == number + batch.Length;
                long id = begun;
                bool isWritten = await _file.WriteAsync(session => WriteBatch(session, ref id, number, batch, original.Length) && (!isLast || Finish(session, id, name, outdated)), cancellationToken)
                    .ConfigureAwait(false);
                if (!isWritten) return false;
                begun = id;
                number += batch.Length;
                isFinished = isLast;
            }

            return isFinished;
        }
        finally
        {
            if (begun != 0 && !isFinished) await ForgetAsync(begun).ConfigureAwait(false);
        }
    }

    private bool WriteBatch(SqliteSession session, ref long id, int number, byte[][] batch, int characters)
    {
        if (!MakeRoom(session, batch.Sum(p => (long)p.Length))) return false;
        foreach (byte[] piece in batch)
        {
            if (number == 0) id = OriginalTables.Begin(session, Now, characters, piece);
            else if (!OriginalTables.Add(session, id, number, piece)) return false;
            number++;
        }

        return true;
    }

    /// <summary>Gives an entry its name. Where another process was faster, its entry stays: whether it holds the same text, the read-back tells.</summary>
    private static bool Finish(SqliteSession session, long id, EnvelopeName name, IReadOnlyList<long> outdated)
    {
        foreach (long old in outdated) OriginalTables.Delete(session, old);
        if (OriginalTables.UseOf(session, name) is null) return OriginalTables.Finish(session, id, name);
        OriginalTables.Delete(session, id);
        return true;
    }

    /// <summary>Takes back what was begun. Where that fails too, it is cleared away when room is made.</summary>
    private async Task ForgetAsync(long begun)
    {
        try
        {
            await _file.WriteAsync(session => OriginalTables.Delete(session, begun), CancellationToken.None).ConfigureAwait(false);
        }
        catch (SqliteException e)
        {
            _options.OnFailure?.Invoke(e);
        }
    }

    /// <summary>Whether so many bytes more find room, after dropping what may be dropped.</summary>
    private bool MakeRoom(SqliteSession session, long bytes)
    {
        long limit = _options.MaxBytes - bytes;
        if (OriginalTables.UsedBytes(session) <= limit) return true;
        OriginalTables.DropAbandoned(session, Now - (long)s_abandonedAfter.TotalSeconds);
        OriginalTables.Drop(session, limit, IdleBefore(_options.Retention), Now);
        return OriginalTables.UsedBytes(session) <= limit;
    }

    /// <summary>Nothing that was used later than this has been idle for <paramref name="idle"/>, given how exactly the last use is known.</summary>
    private long IdleBefore(TimeSpan idle) => Now - (long)idle.TotalSeconds - _useSeconds;

    /// <summary>Notes that an original was used. <see langword="false"/> where it is gone.</summary>
    private Task<bool> TouchAsync(List<long> ids, CancellationToken cancellationToken) => _file.WriteAsync(
        session =>
        {
            int touched = 0;
            foreach (long id in ids) touched += OriginalTables.Touch(session, id, Now);
            return touched == ids.Count;
        },
        cancellationToken);
}
