using Headroom.Storage;

namespace Headroom.TestSupport;

/// <summary>What every <see cref="IOriginalStore"/> must do. A store's test class derives from this and inherits the tests.</summary>
public abstract class OriginalStoreContract
{
    /// <summary>An empty store on <see cref="Clock"/>, with room for 200 MB.</summary>
    protected abstract ValueTask<IOriginalStore> CreateAsync();

    /// <summary>What another process sees of the store made last; <see langword="null"/> for a store that is gone with its process.</summary>
    protected virtual ValueTask<IOriginalStore?> ReopenAsync() => new((IOriginalStore?)null);

    /// <summary>The clock of the store, where it has one.</summary>
    protected ManualClock Clock { get; } = new();

    private static OriginalKey KeyOf(string original, string scope = "scope") => new(scope, OriginalId.Compute(original));

    /// <summary>Texts that stores are known to damage. Not theory data: the test runner itself would damage half surrogate pairs.</summary>
    private static readonly string[] Originals =
    [
        "", "\n", "a", "one\ntwo\n", "one\r\ntwo\r\n", "\0\0", "tab\tand trailing blanks   ", "\uFEFFwith a byte order mark", "e\u0301 is not \u00E9",
        "\U0001F600 pairs", "half a pair: \uD83D", "\uDE00 the other half", "'; drop table originals; --", "{\"json\": [1.0, 1e5]}",
        new('x', 100_000), string.Concat(Enumerable.Repeat("0123456789\u00E9\U0001F600\n", 50_000)), string.Concat(Enumerable.Repeat("\U0001F600", 200_000)), new('\uD83D', 200_000),
    ];

    /// <summary>Scopes that sloppy keys confuse.</summary>
    private static readonly string[] Scopes =
    [
        "", " ", "tenant", "TENANT", "tenant ", "te\0nant", "\u00E9", "e\u0301", "\uD83D", "\uDE00", "\uFFFD", "../..", "'; drop table originals; --", "%", "_", "*", new('s', 100_000), new('s', 100_001),
    ];

    /// <summary>A tool result of the size that only a mistake makes: 50 million characters, no two lines alike.</summary>
    private static readonly Lazy<string> Huge = new(() => string.Create(50_000_000, 0, static (text, _) =>
    {
        int at = 0;
        for (int line = 0; at < text.Length; line++)
        {
            string next = $"{line} 2026-03-04T09:00:00Z INFO request {line * 7919L % 1_000_003:x} took {line % 977} ms \u00E9\n";
            next.AsSpan(0, Math.Min(next.Length, text.Length - at)).CopyTo(text[at..]);
            at += next.Length;
        }
    }));

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

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("short")]
    [InlineData("7KQ2M9X4AB")]
    [InlineData("7kq2m9x4ab ")]
    [InlineData("7kq2m9x4ab\0")]
    [InlineData("7kq2m9x4ab\n7kq2m9x4ab")]
    [InlineData("' or 1=1; drop table originals; --")]
    [InlineData("%%%%%%%%%%")]
    [InlineData("../../../../etc/passwd")]
    [InlineData("/etc/passwd")]
    [InlineData("..")]
    [InlineData("0123456789/../x")]
    [InlineData("CON.txt")]
    [InlineData("sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")]
    [InlineData("6ba7b810-9dad-11d1-80b4-00c04fd430c8")]
    [InlineData("call_Gq2eRkQ0Y9r7bq4dXfWm3V1a")]
    [InlineData("\u06F1\u06F2\u06F3\u06F4\u06F5\u06F6\u06F7\u06F8\u06F9\u06F0")]
    public async Task Under_what_is_no_id_nothing_is_stored_and_nothing_found(string id)
    {
        IOriginalStore store = await CreateAsync();
        Assert.True(await store.PutAsync(KeyOf("bystander"), "bystander"));
        Assert.False(await store.PutAsync(new OriginalKey("scope", id), "text"));
        Assert.Equal(OriginalLookup.Unknown, await store.GetAsync(new OriginalKey("scope", id)));
        await store.KeepAsync([new OriginalKey("scope", id)]);
        Assert.Equal("bystander", (await store.GetAsync(KeyOf("bystander"))).Text);
    }

    [Fact]
    public async Task Ids_of_any_length_are_ids_and_longer_ones_are_not()
    {
        IOriginalStore store = await CreateAsync();
        for (int length = OriginalId.DefaultLength; length <= OriginalId.MaxLength; length += 8)
        {
            var key = new OriginalKey("scope", OriginalId.Compute("text", length));
            Assert.True(await store.PutAsync(key, "text"));
            Assert.Equal("text", (await store.GetAsync(key)).Text);
        }

        foreach (int length in new[] { 9, 51, 1_000, 1_000_000 })
        {
            var key = new OriginalKey("scope", new string('a', length));
            Assert.False(await store.PutAsync(key, "text"));
            Assert.Equal(OriginalLookup.Unknown, await store.GetAsync(key));
        }
    }

    [Fact]
    public async Task Scopes_are_apart_whatever_text_they_are()
    {
        IOriginalStore store = await CreateAsync();
        OriginalKey KeyIn(string scope) => new(scope, "7kq2m9x4ab");
        for (int i = 0; i < Scopes.Length; i++)
        {
            Assert.Equal(OriginalLookup.Unknown, await store.GetAsync(KeyIn(Scopes[i])));
            Assert.True(await store.PutAsync(KeyIn(Scopes[i]), $"text {i}"));
        }

        for (int i = 0; i < Scopes.Length; i++) Assert.Equal($"text {i}", (await store.GetAsync(KeyIn(Scopes[i]))).Text);
    }

    [Fact]
    public async Task The_same_text_in_two_scopes_is_two_originals()
    {
        IOriginalStore store = await CreateAsync();
        Assert.True(await store.PutAsync(KeyOf("shared", "tenant a"), "shared"));
        Assert.Equal(OriginalLookup.Unknown, await store.GetAsync(KeyOf("shared", "tenant b")));
        Assert.True(await store.PutAsync(KeyOf("shared", "tenant b"), "shared"));
        Assert.Equal("shared", (await store.GetAsync(KeyOf("shared", "tenant a"))).Text);
        Assert.Equal("shared", (await store.GetAsync(KeyOf("shared", "tenant b"))).Text);
    }

    [Fact]
    public async Task What_is_stored_is_there_for_other_processes_too()
    {
        IOriginalStore store = await CreateAsync();
        foreach (string original in Originals)
        {
            if (!await store.PutAsync(KeyOf(original), original)) continue;
            if (await ReopenAsync() is not { } other) return;
            Assert.True(string.Equals(original, (await other.GetAsync(KeyOf(original))).Text, StringComparison.Ordinal), $"{original.Length} characters were not there");
            Assert.True(await other.PutAsync(KeyOf(original), original));
        }
    }

    [Fact]
    public async Task A_huge_original_comes_back_exactly()
    {
        IOriginalStore store = await CreateAsync();
        Assert.True(await store.PutAsync(KeyOf(Huge.Value), Huge.Value));
        string? found = (await store.GetAsync(KeyOf(Huge.Value))).Text;
        Assert.True(found.AsSpan().SequenceEqual(Huge.Value), $"{found?.Length} characters came back");
        Assert.True(await store.PutAsync(KeyOf(Huge.Value), Huge.Value));
    }

    [Fact]
    public async Task The_same_original_may_be_put_by_many_at_once()
    {
        IOriginalStore store = await CreateAsync();
        string original = Huge.Value[..1_500_000];
        bool[] stored = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(async () =>
            await (i % 2 == 0 ? store : await ReopenAsync() ?? store).PutAsync(KeyOf(original), original))));
        Assert.DoesNotContain(false, stored);
        Assert.Equal(original, (await store.GetAsync(KeyOf(original))).Text);
    }

    [Fact]
    public async Task A_put_that_is_cancelled_midway_leaves_nothing_wrong()
    {
        IOriginalStore store = await CreateAsync();
        for (int i = 0; i < 8; i++)
        {
            string original = Huge.Value.Substring(i * 5_000_000, 3_000_000);
            using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(1 << i));
            try
            {
                await store.PutAsync(KeyOf(original), original, cancel.Token);
            }
            catch (OperationCanceledException)
            {
                Assert.True(cancel.IsCancellationRequested);
            }

            OriginalLookup found = await store.GetAsync(KeyOf(original));
            Assert.True(found.Text is null || string.Equals(original, found.Text, StringComparison.Ordinal));
            Assert.True(await store.PutAsync(KeyOf(original), original));
            Assert.Equal(original, (await store.GetAsync(KeyOf(original))).Text);
        }
    }

    [Fact]
    public async Task Jumps_of_the_clock_lose_nothing_that_is_put_again_and_change_nothing()
    {
        IOriginalStore store = await CreateAsync();
        DateTimeOffset today = Clock.Now;
        Assert.True(await store.PutAsync(KeyOf("kept"), "kept"));
        foreach (int days in new[] { 1, -1, 3_650, -3_650, 36_500, -18_000, 0 })
        {
            Clock.Now = today.AddDays(days);
            Assert.True((await store.GetAsync(KeyOf("kept"))).Text is null or "kept");
            Assert.True(await store.PutAsync(KeyOf("kept"), "kept"));
            Assert.True(await store.PutAsync(KeyOf($"put {days}"), $"put {days}"));
            Assert.Empty(await store.KeepAsync([KeyOf("kept")]));
            Assert.Equal("kept", (await store.GetAsync(KeyOf("kept"))).Text);
            Assert.Equal($"put {days}", (await store.GetAsync(KeyOf($"put {days}"))).Text);
        }
    }

    [Fact]
    public async Task What_is_stored_need_not_be_put_again()
    {
        IOriginalStore store = await CreateAsync();
        OriginalKey[] keys = [.. Enumerable.Range(0, 30).Select(i => KeyOf($"kept {i}"))];
        for (int i = 0; i < keys.Length; i++) Assert.True(await store.PutAsync(keys[i], $"kept {i}"));
        Assert.Empty(await store.KeepAsync([]));
        Assert.Empty(await store.KeepAsync(keys));
        Assert.Empty(await store.KeepAsync([.. keys, .. keys]));
        for (int i = 0; i < keys.Length; i++) Assert.Equal($"kept {i}", (await store.GetAsync(keys[i])).Text);
    }

    [Fact]
    public async Task No_text_is_no_original()
    {
        IOriginalStore store = await CreateAsync();
        await Assert.ThrowsAsync<ArgumentNullException>(async () => await store.PutAsync(KeyOf("x"), null!));
        await Assert.ThrowsAsync<ArgumentNullException>(async () => await store.PutAsync(default, "x"));
    }
}
