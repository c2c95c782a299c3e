using Headroom.Storage.Postgres.Server;
using Headroom.StoreWorker;
using Npgsql;

namespace Headroom.Storage.Postgres;

/// <summary>Whatever is lost, at whatever moment: no original is wrong, nothing that was stored is gone, and the store works again afterwards.</summary>
public sealed class FailureTests : IClassFixture<FailureTests.OwnServer>, IDisposable
{
    private static readonly bool s_long = Environment.GetEnvironmentVariable("HEADROOM_LONG") == "1";

    /// <summary>Ten pieces: two statements add to what was begun.</summary>
    private static readonly string s_huge = string.Concat(Enumerable.Range(0, 60_000).Select(i => $"{i} line of a huge result {i * 7919L % 1_000_003:x}\n"));

    /// <summary>Where nothing needs time to come back.</summary>
    private static readonly int[] s_soon = [1, 1, 1];

    private readonly OpenedStores _stores;

    public FailureTests(OwnServer server)
    {
        server.Instance.WaitUntilReady();
        _stores = new OpenedStores(server.Instance);
    }

    /// <summary>A server that may be killed.</summary>
    public sealed class OwnServer : IDisposable
    {
        internal PostgresServer Instance { get; } = PostgresServer.Start();

        public void Dispose() => Instance.Dispose();
    }

    public void Dispose() => _stores.Dispose();

    private PostgresServer Server => _stores.Server;

    private static OriginalKey KeyOf(string original) => WorkerText.KeyOf(original);

    [Theory]
    [InlineData("57P01")] // an administrator ends the connection
    [InlineData("40001")] // a replica's conflict
    [InlineData("53100")] // the disk is full
    [InlineData("57014")] // the server's time limit for statements
    public async Task A_failure_at_any_statement_is_an_answer(string code)
    {
        await _stores.Open().PutAsync(KeyOf("before"), "before");
        bool isOver = false;
        for (int statement = 0; !isOver; statement++)
        {
            foreach (bool always in new[] { false, true })
            {
                PostgresOriginalStore store = _stores.Open();
                store.Database.Pauses = s_soon;
                string original = $"{statement} {always}\n" + s_huge;
                int left = statement;
                store.Database.BeforeStatement = _ =>
                {
                    if (left-- == 0 || (always && left < 0)) throw new PostgresException("on purpose", "ERROR", "ERROR", code);
                };
                bool isStored = await store.PutAsync(KeyOf(original), original);
                isOver = left >= 0;
                store.Database.BeforeStatement = null;
                if (!always && code is "57P01" or "40001") Assert.True(isStored); // tried again
                await CheckAsync(store, original, isStored);
            }

            Assert.InRange(statement, 0, 20);
        }

        await CheckAllAsync();
    }

    [Fact]
    public async Task Connections_killed_before_any_statement_are_survived()
    {
        bool isOver = false;
        for (int statement = 0; !isOver; statement++)
        {
            _stores.Schema = SharedServer.NewSchema(); // so that making the tables is interrupted too
            PostgresOriginalStore store = _stores.Open();
            int left = statement;
            store.Database.BeforeStatement = _ =>
            {
                if (left-- == 0) Server.KillConnections(); // the server recovers within a second, or later on a busy machine
            };
            bool isStored = await store.PutAsync(KeyOf(s_huge), s_huge);
            isOver = left >= 0;
            store.Database.BeforeStatement = null;
            Server.WaitUntilReady();
            await CheckAsync(store, s_huge, isStored);
            await CheckAllAsync();
            Assert.InRange(statement, 0, 40);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_server_killed_before_any_statement_of_a_put_is_survived(bool isHuge)
    {
        PostgresOriginalStore store = _stores.Open();
        Assert.True(await store.PutAsync(KeyOf("before"), "before"));
        bool isOver = false;
        for (int statement = 0; !isOver; statement++)
        {
            string original = $"{statement}\n" + (isHuge ? s_huge : "");
            int left = statement;
            store.Database.BeforeStatement = _ =>
            {
                if (left-- == 0) Server.Kill();
            };
            bool isStored = await store.PutAsync(KeyOf(original), original);
            isOver = left >= 0;
            Assert.Equal(isOver, isStored);
            store.Database.BeforeStatement = null;
            if (!isOver)
            {
                Assert.Equal(OriginalLookup.Unavailable, await store.GetAsync(KeyOf("before")));
                Assert.Empty(await store.KeepAsync([KeyOf("before")]));
                Server.StartAgain();
            }

            Assert.Equal("before", (await store.GetAsync(KeyOf("before"))).Text);
            await CheckAsync(store, original, isStored);
            Assert.InRange(statement, 0, 20);
        }

        await CheckAllAsync();
    }

    [Fact]
    public async Task A_server_that_was_restarted_meanwhile_is_used_again_without_an_error()
    {
        PostgresOriginalStore store = _stores.Open();
        string[] originals = [.. Enumerable.Range(0, 20).Select(i => $"original {i}")];
        // Several connections are kept open, and all of them are dead afterwards.
        Assert.DoesNotContain(false, await Task.WhenAll(originals.Select(o => Task.Run(async () => await store.PutAsync(KeyOf(o), o)))));
        Server.Kill();
        Server.StartAgain();
        foreach (string original in originals) Assert.Equal(original, (await store.GetAsync(KeyOf(original))).Text);
        Server.Stop();
        Assert.False(await store.PutAsync(KeyOf("down"), "down"));
        Server.StartAgain();
        Assert.True(await store.PutAsync(KeyOf("down"), "down"));
        Server.Stop();
        Server.StartAgain();
        Assert.DoesNotContain(false, await Task.WhenAll(originals.Select(o => Task.Run(async () => (await store.GetAsync(KeyOf(o))).Text == o))));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_connection_lost_after_any_number_of_bytes_is_made_again(bool isHuge)
    {
        await _stores.Open().PrepareAsync();
        long all;
        using (var proxy = new CuttingProxy(Server.Port, long.MaxValue))
        {
            string original = "uncut" + (isHuge ? s_huge : "");
            Assert.True(await _stores.Open(null, Server.ConnectionTo(proxy.Port)).PutAsync(KeyOf(original), original));
            all = proxy.Bytes;
        }

        int cuts = (isHuge ? 20 : 80) * (s_long ? 20 : 1);
        for (int i = 0; i <= cuts; i++)
        {
            using var proxy = new CuttingProxy(Server.Port, all * i / cuts, cuts: 1);
            using PostgresOriginalStore store = _stores.Open(null, Server.ConnectionTo(proxy.Port));
            store.Database.Pauses = s_soon;
            string original = $"cut {i}" + (isHuge ? s_huge : "");
            Assert.True(await store.PutAsync(KeyOf(original), original), $"cut after {all * i / cuts} of {all} bytes: {_stores.Failures.LastOrDefault()}");
            Assert.Equal(original, (await store.GetAsync(KeyOf(original))).Text);
        }

        for (int i = 0; i <= cuts / 2; i++) // what is read may be cut off too
        {
            using var proxy = new CuttingProxy(Server.Port, all * i / cuts, cuts: 1);
            using PostgresOriginalStore store = _stores.Open(null, Server.ConnectionTo(proxy.Port));
            store.Database.Pauses = s_soon;
            string original = "uncut" + (isHuge ? s_huge : "");
            Assert.Equal(original, (await store.GetAsync(KeyOf(original))).Text);
        }

        Assert.Empty(_stores.Failures);
        await CheckAllAsync();
    }

    [Fact]
    public async Task Connections_that_are_all_lost_store_nothing_wrong()
    {
        await _stores.Open().PrepareAsync();
        int cuts = s_long ? 200 : 10;
        for (int i = 0; i <= cuts; i++)
        {
            using var proxy = new CuttingProxy(Server.Port, 6_000 * i / cuts);
            using PostgresOriginalStore store = _stores.Open(null, Server.ConnectionTo(proxy.Port));
            store.Database.Pauses = s_soon;
            string original = $"lost {i}\n" + string.Concat(Enumerable.Range(i, 300).Select(l => $"{l * 7919} "));
            bool isStored = await store.PutAsync(KeyOf(original), original);
            await CheckAsync(_stores.Open(), original, isStored);
        }

        await CheckAllAsync();
    }

    [Fact]
    public async Task A_server_that_says_nothing_any_more_is_given_up_after_the_time_limit_or_when_cancelled()
    {
        await _stores.Open().PutAsync(KeyOf("before"), "before");
        using var proxy = new CuttingProxy(Server.Port, long.MaxValue);
        using PostgresOriginalStore store = _stores.Open(null, Server.ConnectionTo(proxy.Port) + ";Command Timeout=1;Cancellation Timeout=100;Timeout=3");
        Assert.Equal("before", (await store.GetAsync(KeyOf("before"))).Text);
        proxy.Stall();
        Assert.Equal(OriginalLookup.Unavailable, await store.GetAsync(KeyOf("before")));
        using var cancel = new CancellationTokenSource(300);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await store.PutAsync(KeyOf("after"), "after", cancel.Token));
        Assert.IsType<TimeoutException>(Assert.Single(_stores.Failures).InnerException);
    }

    [Fact]
    public async Task Waiting_for_a_lock_ends_with_cancellation_and_with_the_servers_time_limit()
    {
        PostgresOriginalStore store = _stores.Open();
        await store.PrepareAsync();
        await using var connection = new NpgsqlConnection(Server.ConnectionString);
        await connection.OpenAsync();
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync();
#pragma warning disable CA2100 // A statement of this test.
        await using (var command = new NpgsqlCommand($"LOCK TABLE {_stores.Schema}.headroom_usage", connection)) await command.ExecuteNonQueryAsync();
#pragma warning restore CA2100

        using var cancel = new CancellationTokenSource(200);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await store.PutAsync(KeyOf("waiting"), "waiting", cancel.Token));
        PostgresOriginalStore limited = _stores.Open(null, Server.ConnectionString + ";Options=-c statement_timeout=200");
        Assert.False(await limited.PutAsync(KeyOf("waiting"), "waiting"));
        Assert.Equal("57014", Assert.IsType<PostgresException>(Assert.Single(_stores.Failures)).SqlState);
        await transaction.RollbackAsync();
        Assert.True(await limited.PutAsync(KeyOf("waiting"), "waiting"));
    }

    [Fact]
    public async Task A_server_that_became_read_only_serves_what_it_has()
    {
        PostgresOriginalStore store = _stores.Open();
        Assert.True(await store.PutAsync(KeyOf("before"), "before"));
        _stores.Pass(TimeSpan.FromDays(20));
        Server.Execute("ALTER ROLE headroom SET default_transaction_read_only = on");
        try
        {
            NpgsqlConnection.ClearAllPools();
            store = _stores.Open();
            Assert.Equal("before", (await store.GetAsync(KeyOf("before"))).Text);
            Assert.False(await store.PutAsync(KeyOf("after"), "after"));
            Assert.All(_stores.Failures, f => Assert.Equal("25006", Assert.IsType<PostgresException>(f).SqlState));
        }
        finally
        {
            Server.Execute("ALTER ROLE headroom RESET default_transaction_read_only");
        }

        Assert.True(await store.PutAsync(KeyOf("after"), "after")); // over connections made since
    }

    [Fact]
    public async Task Of_several_servers_the_one_that_can_be_written_to_is_used()
    {
        using PostgresServer replica = Server.StartReplica();
        string both = new NpgsqlConnectionStringBuilder(Server.ConnectionString) { Host = $"127.0.0.1:{replica.Port},127.0.0.1:{Server.Port}", HostRecheckSeconds = 0 }.ConnectionString;
        PostgresOriginalStore store = _stores.Open(null, both);
        Assert.True(await store.PutAsync(KeyOf("original"), "original"));
        Assert.Equal("original", (await store.GetAsync(KeyOf("original"))).Text);

        PostgresOriginalStore reader = _stores.Open(o => o.ReadOnly = true, replica.ConnectionString);
        OriginalLookup found = OriginalLookup.Unknown;
        for (int i = 0; i < 1_000 && found.Text is null; i++) // it follows within moments
        {
            found = await reader.GetAsync(KeyOf("original"));
            if (found.Text is null) await Task.Delay(20);
        }

        Assert.Equal("original", found.Text);
        Assert.False(await reader.PutAsync(KeyOf("another"), "another"));
        PostgresOriginalStore wrong = _stores.Open(null, replica.ConnectionString);
        Assert.False(await wrong.PutAsync(KeyOf("another"), "another"));
        Assert.Contains("read-only", _stores.Failures[^1].Message, StringComparison.Ordinal);

        Server.Kill(); // and the replica takes over
        replica.Promote();
        Assert.True(await store.PutAsync(KeyOf("another"), "another"));
        Assert.Equal("original", (await store.GetAsync(KeyOf("original"))).Text);
        Server.StartAgain();
    }

    /// <summary>What was answered holds, and what was not stored can be put again.</summary>
    private static async Task CheckAsync(PostgresOriginalStore store, string original, bool isStored)
    {
        OriginalLookup found = await store.GetAsync(KeyOf(original));
        Assert.True(found.Text == original || (found.Text is null && !isStored));
        Assert.NotEqual(OriginalStatus.Unavailable, found.Status);
        Assert.True(await store.PutAsync(KeyOf(original), original));
        Assert.Equal(original, (await store.GetAsync(KeyOf(original))).Text);
    }

    /// <summary>All entries are whole, and bytes were counted well.</summary>
    private async Task CheckAllAsync()
    {
        PostgresOriginalStore store = _stores.Open();
        Assert.True((await store.VerifyAsync()).IsSound);
        Assert.Equal((await store.StatisticsAsync()).UsedBytes, (await store.PruneAsync()).BytesBefore);
        Assert.Equal(0L, Server.Ask<long>($"SELECT count(*) FROM {_stores.Schema}.headroom_pieces p LEFT JOIN {_stores.Originals} o ON o.id = p.original WHERE o.id IS NULL"));
    }
}
