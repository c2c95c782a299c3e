using Headroom.Storage.Postgres.Server;
using Npgsql;

namespace Headroom.Storage.Postgres;

public sealed partial class PostgresOriginalStore
{
    /// <summary>A row of <see cref="OriginalTables.Find"/>: one piece.</summary>
    private readonly record struct Row(int Name, long Id, bool IsDue, byte[] Piece);

    /// <summary>What came of reading an entry.</summary>
    private readonly record struct Fetched(EnvelopeReading Reading, long Id, bool IsDue);

    /// <summary>What is stored under the names, beside a text, in the order of the names. One look: all of it was there at the same moment.</summary>
    private Task<List<Held>> CompareAsync(IReadOnlyList<EnvelopeName> names, string original, CancellationToken cancellationToken) =>
        FindAsync(names, async rows =>
        {
            List<Held> held = [];
            Row? next = await NextAsync(rows, cancellationToken).ConfigureAwait(false);
            while (next is { } first)
            {
                using EnvelopeComparison comparison = _envelope.Compare(names[first.Name], original);
                while (next is { } row && row.Id == first.Id)
                {
                    comparison.Add(row.Piece);
                    next = await NextAsync(rows, cancellationToken).ConfigureAwait(false);
                }

                Holding holding = comparison.IsSame ? Holding.TheSame : comparison.State is EnvelopeState.Intact or EnvelopeState.NewerFormat ? Holding.Another : Holding.Damage;
                held.Add(new Held(first.Name, first.Id, first.IsDue, holding));
            }

            return held;
        }, cancellationToken);

    /// <summary>Reads the entry under the first of the names that has one.</summary>
    private Task<Fetched?> ReadFirstAsync(IReadOnlyList<EnvelopeName> names, CancellationToken cancellationToken) =>
        FindAsync<Fetched?>(names, async rows =>
        {
            Row? next = await NextAsync(rows, cancellationToken).ConfigureAwait(false);
            if (next is not { } first) return null;
            using EnvelopeAssembly assembly = _envelope.Assemble(names[first.Name]);
            while (next is { } row && row.Id == first.Id && assembly.Add(row.Piece)) next = await NextAsync(rows, cancellationToken).ConfigureAwait(false);
            return new Fetched(assembly.Finish(), first.Id, first.IsDue);
        }, cancellationToken);

    private Task<T> FindAsync<T>(IReadOnlyList<EnvelopeName> names, Func<NpgsqlDataReader, Task<T>> read, CancellationToken cancellationToken)
    {
        object[] arguments = [Bytes(names), _useSeconds];
        return _database.RunAsync(session => session.QueryAsync(_tables.Find, arguments, read), cancellationToken);
    }

    private static async Task<Row?> NextAsync(NpgsqlDataReader rows, CancellationToken cancellationToken)
    {
        if (!await rows.ReadAsync(cancellationToken).ConfigureAwait(false)) return null;
        return new Row(rows.GetInt32(0) - 1, rows.GetInt64(1), rows.GetBoolean(2), await rows.GetFieldValueAsync<byte[]>(4, cancellationToken).ConfigureAwait(false));
    }
}
