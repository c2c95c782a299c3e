using Headroom.Storage.Postgres.Server;
using Npgsql;

namespace Headroom.Storage.Postgres;

/// <summary>Tables come to be once, whoever starts first, and what is not ours is left alone.</summary>
public sealed class SchemaTests : IDisposable
{
    private readonly OpenedStores _stores = new();

    public void Dispose() => _stores.Dispose();

    private static OriginalKey KeyOf(string original) => new("tenant", OriginalId.Compute(original));

    [Fact]
    public async Task Eight_that_start_at_once_make_the_tables_once()
    {
        for (int round = 0; round < 5; round++)
        {
            _stores.Schema = SharedServer.NewSchema();
            bool[] stored = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(async () => await _stores.Open().PutAsync(KeyOf($"from {i}"), $"from {i}"))));
            Assert.DoesNotContain(false, stored);
            Assert.Empty(_stores.Failures);
            Assert.Equal(1L, _stores.Server.Ask<long>($"SELECT count(*) FROM {_stores.Schema}.headroom_version"));
        }
    }

    [Fact]
    public async Task Tables_of_a_newer_version_are_refused_and_left_as_they_are()
    {
        Assert.True(await _stores.Open().PutAsync(KeyOf("original"), "original"));
        _stores.Server.Execute($"UPDATE {_stores.Schema}.headroom_version SET version = 99; ALTER TABLE {_stores.Originals} RENAME piece TO part");
        string before = Everything();
        foreach (bool readOnly in new[] { false, true })
        {
            PostgresOriginalStore store = _stores.Open(o => o.ReadOnly = readOnly);
            InvalidOperationException refused = await Assert.ThrowsAsync<InvalidOperationException>(() => store.PrepareAsync());
            Assert.Contains("newer version (99; this version knows up to 1)", refused.Message, StringComparison.Ordinal);
            Assert.False(await store.PutAsync(KeyOf("another"), "another"));
            Assert.Equal(OriginalLookup.Unavailable, await store.GetAsync(KeyOf("original")));
            Assert.Empty(await store.KeepAsync([KeyOf("original")]));
        }

        Assert.Equal(before, Everything());
        Assert.All(_stores.Failures, f => Assert.Contains("newer version", f.Message, StringComparison.Ordinal));
        _stores.Server.Execute($"UPDATE {_stores.Schema}.headroom_version SET version = 1; ALTER TABLE {_stores.Originals} RENAME part TO piece");
        Assert.Equal("original", (await _stores.Open().GetAsync(KeyOf("original"))).Text);
    }

    [Fact]
    public async Task An_instance_that_runs_while_a_newer_one_changes_the_tables_says_so()
    {
        PostgresOriginalStore running = _stores.Open();
        Assert.True(await running.PutAsync(KeyOf("original"), "original"));
        _stores.Server.Execute($"UPDATE {_stores.Schema}.headroom_version SET version = 2; ALTER TABLE {_stores.Originals} RENAME piece TO part");
        Assert.Equal(OriginalLookup.Unavailable, await running.GetAsync(KeyOf("original")));
        Assert.Contains("newer version (2; this version knows up to 1)", Assert.Single(_stores.Failures).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tables_that_were_removed_are_made_again()
    {
        PostgresOriginalStore running = _stores.Open();
        Assert.True(await running.PutAsync(KeyOf("original"), "original"));
        _stores.Server.Execute($"DROP SCHEMA {_stores.Schema} CASCADE");
        Assert.Equal(OriginalLookup.Unknown, await running.GetAsync(KeyOf("original")));
        Assert.True(await running.PutAsync(KeyOf("original"), "original"));
    }

    [Fact]
    public async Task Tables_of_somebody_else_are_left_as_they_are()
    {
        _stores.Server.Execute($"CREATE SCHEMA {_stores.Schema} CREATE TABLE headroom_originals (x int)");
        Assert.False(await _stores.Open().PutAsync(KeyOf("original"), "original"));
        Assert.Contains("already exists", Assert.Single(_stores.Failures).Message, StringComparison.Ordinal);
        Assert.Equal(1L, _stores.Server.Ask<long>($"SELECT count(*) FROM pg_tables WHERE schemaname = '{_stores.Schema}'"));
    }

    [Fact]
    public async Task A_role_that_may_not_make_tables_is_told_what_to_do_and_then_needs_no_more_than_to_use_them()
    {
        string role = _stores.Schema + "_role";
        _stores.Server.Execute($"CREATE ROLE {role} LOGIN PASSWORD 'x'; CREATE SCHEMA {_stores.Schema}; GRANT USAGE ON SCHEMA {_stores.Schema} TO {role}");
        string connectionString = new NpgsqlConnectionStringBuilder(_stores.Server.ConnectionString) { Username = role, Password = "x" }.ConnectionString;
        PostgresOriginalStore store = _stores.Open(null, connectionString);
        InvalidOperationException refused = await Assert.ThrowsAsync<InvalidOperationException>(() => store.PrepareAsync());
        Assert.Contains("Grant it CREATE on the schema", refused.Message, StringComparison.Ordinal);

        await _stores.Open().PrepareAsync();
        _stores.Server.Execute($"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {_stores.Schema} TO {role}");
        string huge = string.Concat(Enumerable.Range(0, 60_000).Select(i => $"line {i}\n"));
        Assert.True(await store.PutAsync(KeyOf(huge), huge));
        Assert.Equal(huge, (await store.GetAsync(KeyOf(huge))).Text);
        Assert.Equal(1, (await store.PruneAsync(idleFor: TimeSpan.Zero)).Originals);

        _stores.Server.Execute($"REVOKE INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {_stores.Schema} FROM {role}");
        PostgresOriginalStore reader = _stores.Open(o => o.ReadOnly = true, connectionString);
        Assert.Equal(OriginalLookup.Evicted, await reader.GetAsync(KeyOf(huge)));
        Assert.Empty(_stores.Failures);
    }

    private string Everything() => _stores.Server.Ask<string>($"SELECT string_agg(o::text, ' ') FROM {_stores.Originals} o") + _stores.Server.Ask<string>(
        $"SELECT string_agg(table_name || column_name || data_type, ' ' ORDER BY table_name, ordinal_position) FROM information_schema.columns WHERE table_schema = '{_stores.Schema}'");
}
