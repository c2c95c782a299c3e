using Headroom.Storage;

namespace Headroom.TestSupport;

/// <summary>What every <see cref="IOriginalStore"/> must do. A store's test class derives from this and inherits the tests.</summary>
public abstract class OriginalStoreContract
{
    /// <summary>An empty store, with room for a few megabytes.</summary>
    protected abstract ValueTask<IOriginalStore> CreateAsync();

    private static OriginalKey KeyOf(string original, string scope = "scope") => new(scope, OriginalId.Compute(original));

    /// <summary>Texts that stores are known to damage. Not theory data: the test runner itself would damage half surrogate pairs.</summary>
    private static readonly string[] Originals =
    [
        "", "\n", "a", "one\ntwo\n", "one\r\ntwo\r\n", "\0\0", "tab\tand trailing blanks   ", "\uFEFFwith a byte order mark", "e\u0301 is not \u00E9",
        "\U0001F600 pairs", "half a pair: \uD83D", "\uDE00 the other half", "'; drop table originals; --", "{\"json\": [1.0, 1e5]}",
        new('x', 100_000), string.Concat(Enumerable.Repeat("0123456789\u00E9\U0001F600\n", 50_000)),
    ];

    [Fact]
    public async Task What_was_put_comes_back_exactly()
    {
        IOriginalStore store = await CreateAsync();
        foreach (string original in Originals)
        {
            if (!await store.PutAsync(KeyOf(original), original)) continue; // a store may refuse what it cannot represent, but it must say so
            OriginalLookup found = await store.GetAsync(KeyOf(original));
            Assert.Equal(OriginalStatus.Found, found.Status);
            Assert.True(string.Equals(original, found.Text, StringComparison.Ordinal), $"{original.Length} characters came back as {found.Text?.Length}");
        }
    }

    [Fact]
    public async Task Ordinary_text_is_not_refused()
    {
        IOriginalStore store = await CreateAsync();
        Assert.True(await store.PutAsync(KeyOf("ordinary text\n"), "ordinary text\n"));
    }

    [Fact]
    public async Task What_was_never_put_is_unknown()
    {
        IOriginalStore store = await CreateAsync();
        Assert.Equal(OriginalLookup.Unknown, await store.GetAsync(KeyOf("never put")));
    }

    [Fact]
    public async Task An_id_is_redeemed_only_in_the_scope_it_was_put_in()
    {
        IOriginalStore store = await CreateAsync();
        Assert.True(await store.PutAsync(KeyOf("secret", "tenant a"), "secret"));
        Assert.Equal(OriginalStatus.Unknown, (await store.GetAsync(KeyOf("secret", "tenant b"))).Status);
        Assert.Equal(OriginalStatus.Unknown, (await store.GetAsync(KeyOf("secret", ""))).Status);
        Assert.Equal(OriginalStatus.Unknown, (await store.GetAsync(KeyOf("secret", "TENANT A"))).Status);
        Assert.Equal("secret", (await store.GetAsync(KeyOf("secret", "tenant a"))).Text);
    }

    [Theory]
    [InlineData("a", "b/c", "a/b", "c")]
    [InlineData("a:b", "c", "a", "b:c")]
    [InlineData("", "ab", "a", "b")]
    public async Task Scope_and_id_do_not_run_together(string scope, string id, string otherScope, string otherId)
    {
        IOriginalStore store = await CreateAsync();
        if (!await store.PutAsync(new OriginalKey(scope, id), "text")) return; // a store may refuse what is no id
        Assert.Equal(OriginalStatus.Unknown, (await store.GetAsync(new OriginalKey(otherScope, otherId))).Status);
    }

    [Fact]
    public async Task Putting_the_same_again_succeeds_and_changes_nothing()
    {
        IOriginalStore store = await CreateAsync();
        Assert.True(await store.PutAsync(KeyOf("twice"), "twice"));
        Assert.True(await store.PutAsync(KeyOf("twice"), "twice"));
        Assert.Equal("twice", (await store.GetAsync(KeyOf("twice"))).Text);
    }

    [Fact]
    public async Task Another_text_under_a_taken_key_is_refused_and_the_first_stays()
    {
        IOriginalStore store = await CreateAsync();
        var key = new OriginalKey("scope", "7kq2m9x4ab");
        Assert.True(await store.PutAsync(key, "first"));
        Assert.False(await store.PutAsync(key, "second"));
        Assert.Equal("first", (await store.GetAsync(key)).Text);
    }

    [Fact]
    public async Task Many_threads_may_use_it_at_once()
    {
        IOriginalStore store = await CreateAsync();
        string[] originals = [.. Enumerable.Range(0, 40).Select(i => $"original {i % 20}\n" + new string('x', i % 20 * 100))];
        bool[] stored = await Task.WhenAll(originals.Select(o => Task.Run(async () => await store.PutAsync(KeyOf(o), o))));
        Assert.DoesNotContain(false, stored);
        OriginalLookup[] found = await Task.WhenAll(originals.Select(o => Task.Run(async () => await store.GetAsync(KeyOf(o)))));
        Assert.Equal(originals, found.Select(f => f.Text));
    }

    [Fact]
    public async Task Cancellation_is_honoured_and_stores_nothing_half()
    {
        IOriginalStore store = await CreateAsync();
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await store.PutAsync(KeyOf("late"), "late", cancelled.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await store.GetAsync(KeyOf("late"), cancelled.Token));
        OriginalLookup found = await store.GetAsync(KeyOf("late"));
        Assert.True(found.Status == OriginalStatus.Unknown || found.Text == "late");
    }
}
