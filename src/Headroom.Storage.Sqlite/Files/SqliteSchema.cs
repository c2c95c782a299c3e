namespace Headroom.Storage.Sqlite.Files;

/// <summary>What a kind of file holds, and how it came to be: one migration a version.</summary>
/// <param name="ApplicationId">Written into the file, so that it is not taken for another kind.</param>
/// <param name="Kind">What messages call such a file.</param>
/// <param name="Migrations">Statements that lead from version <c>n</c> to <c>n + 1</c>; a new file goes through all of them.</param>
internal sealed record SqliteSchema(int ApplicationId, string Kind, IReadOnlyList<string> Migrations)
{
    public int Version => Migrations.Count;
}
