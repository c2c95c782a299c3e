using System.Text;
using Headroom.Compressors;
using Headroom.Storage;

namespace Headroom.Conversation;

/// <summary>Conversations that a caller edits, cuts short, reorders or branches between calls: what is remembered never shows.</summary>
public sealed class EditedConversationTests
{
    [Theory]
    [InlineData(1, null, CompressionMode.Lossless)]
    [InlineData(2, null, CompressionMode.Balanced)]
    [InlineData(3, null, CompressionMode.Aggressive)]
    [InlineData(4, 3_000, CompressionMode.Balanced)]
    [InlineData(5, 3_000, CompressionMode.Aggressive)]
    [InlineData(6, 4_000, CompressionMode.Aggressive)]
    public async Task A_memo_that_is_warm_cold_shared_or_nearly_always_full_gives_the_same_bytes(int seed, int? window, CompressionMode mode)
    {
        var random = new Random(seed);
        ConversationCompressor warm = Create(mode, window, long.MaxValue), full = Create(mode, window, 30_000), none = Create(mode, window, 0);
        List<List<ContextItem>> branches = [[Item(random)]];
        HashSet<string> seen = [];
        for (int call = 0; call < 40; call++)
        {
            List<ContextItem> conversation = branches[random.Next(branches.Count)];
            Edit(random, conversation, branches);
            ConversationContext context = new() { CanRetrieve = random.Next(8) > 0, HoldsOriginals = true, Scope = random.Next(10) == 0 ? "other" : "" };
            string[] expected = Sent(await Create(mode, window, long.MaxValue).CompressAsync(conversation, context));
            seen.UnionWith(expected.Select(e => e[..e.IndexOf(' ', e.IndexOf(' ') + 1)]));

            Assert.Equal(expected, Sent(await warm.CompressAsync(conversation, context)));
            Assert.Equal(expected, Sent(await full.CompressAsync([.. conversation.Select(i => i with { Text = new string(i.Text) })], context)));
            Assert.Equal(expected, Sent(await none.CompressAsync(conversation, context)));
            if (branches.Count > 6) branches.RemoveAt(random.Next(branches.Count));
        }

        Assert.InRange(full.RememberedCharacters, 0, 60_000);
        Assert.Contains("Referenced Compressed", seen);
        if (mode != CompressionMode.Lossless) Assert.Contains("Elided Compressed", seen);
        if (window is not null) Assert.Contains("Elided MadeRoom", seen);
    }

    [Fact]
    public async Task A_hundred_conversations_at_once_on_a_memo_that_is_nearly_always_full_give_the_same_bytes()
    {
        ConversationCompressor shared = Create(CompressionMode.Aggressive, 6_000, 200_000);
        var context = new ConversationContext { CanRetrieve = true, HoldsOriginals = true };
        await Parallel.ForAsync(0, 100, async (seed, token) =>
        {
            var random = new Random(seed % 25); // four of each, side by side
            List<List<ContextItem>> branches = [[Item(random)]];
            for (int call = 0; call < 12; call++)
            {
                Edit(random, branches[0], branches);
                string[] sent = Sent(await shared.CompressAsync(branches[0], context, token));
                if (call % 4 == 3) Assert.Equal(Sent(await Create(CompressionMode.Aggressive, 6_000, long.MaxValue).CompressAsync(branches[0], context, token)), sent);
            }
        });
    }

    [Theory]
    [InlineData(null)]
    [InlineData(3_000)]
    public async Task A_call_that_was_cancelled_at_any_store_call_leaves_nothing_wrong_behind(int? window)
    {
        var random = new Random(7);
        ContextItem[] items = [.. Enumerable.Range(0, 25).Select(_ => Item(random, tool: true))];
        var context = new ConversationContext { CanRetrieve = true };
        var counting = new CancellingStore(int.MaxValue);
        string[] expected = Sent(await Create(CompressionMode.Aggressive, window, long.MaxValue, counting).CompressAsync(items, context));
        Assert.InRange(counting.Calls, 5, 200);
        for (int at = 1; at <= counting.Calls; at++)
        {
            var store = new CancellingStore(at);
            ConversationCompressor compressor = Create(CompressionMode.Aggressive, window, long.MaxValue, store);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await compressor.CompressAsync(items, context, store.Token));
            Assert.Equal(expected, Sent(await compressor.CompressAsync(items, context)));
        }
    }

    private static ConversationCompressor Create(CompressionMode mode, int? window, long remembered, IOriginalStore? store = null) => new(
        new HeadroomOptions
        {
            Mode = mode,
            BalancedThresholdTokens = 200,
            AggressiveThresholdTokens = 100,
            MinRespelledCharacters = 0,
            ContextWindowTokens = window,
            MaxRememberedCharacters = Math.Min(remembered, 1L << 40),
        },
        store: store,
        compressors: [new NumberedLinesCompressor(), .. BuiltInCompressors.All]);

    private static string[] Sent(IReadOnlyList<ItemOutcome> outcomes) => [.. outcomes.Select(o => $"{o.Form} {o.Reason} {o.TokensAfter} {o.OriginalId}\n{o.Text}")];

    private static void Edit(Random random, List<ContextItem> conversation, List<List<ContextItem>> branches)
    {
        int at = random.Next(conversation.Count + 1);
        switch (random.Next(12))
        {
            case 0 when conversation.Count > 3:
                conversation.RemoveRange(at, Math.Min(random.Next(1, 4), conversation.Count - at));
                break;
            case 1 when at < conversation.Count:
                conversation[at] = conversation[at] with { Text = conversation[at].Text + " (edited)" };
                break;
            case 2 when conversation.Count > 1:
                (conversation[0], conversation[^1]) = (conversation[^1], conversation[0]);
                break;
            case 3:
                branches.Add([.. conversation.Take(at), Item(random)]);
                break;
            case 4:
                conversation.Insert(at, Item(random));
                break;
            case 5 when conversation.Count > 8:
                conversation.RemoveRange(random.Next(1, conversation.Count), 0);
                conversation.RemoveRange(conversation.Count / 2, conversation.Count - conversation.Count / 2);
                break;
            case 6 when at < conversation.Count:
                conversation.Add(conversation[at]); // read again
                break;
            default:
                for (int i = random.Next(1, 4); i > 0; i--) conversation.Add(Item(random));
                break;
        }

        if (conversation.Count == 0) conversation.Add(Item(random));
    }

    private static ContextItem Item(Random random, bool tool = false)
    {
        ItemRole role = tool ? ItemRole.Tool : (ItemRole)random.Next(6) is var r && Enum.IsDefined(r) ? r : ItemRole.Tool;
        var text = new StringBuilder();
        int from = random.Next(40), count = role == ItemRole.Tool ? random.Next(1, 120) : random.Next(1, 6);
        if (role == ItemRole.Tool && random.Next(3) == 0) text.Append(NumberedLinesCompressor.Text(random.Next(150, 250), $"some words of text {random.Next(30)}"));
        else for (int i = 0; i < count; i++) text.Append(random.Next(6) == 0 ? "ERROR pool exhausted " : "GET /health 200 in 3 ms of row ").Append(from + i).Append('\n');
        return new ContextItem
        {
            Text = text.ToString(),
            Role = role,
            ToolName = role == ItemRole.Tool ? "read" : null,
            CallId = role == ItemRole.Tool ? "call_" + random.Next(20) : null, // also twice
            Arguments = role == ItemRole.Tool ? $$"""{"path":"{{random.Next(5)}}"}""" : null,
            IsError = random.Next(15) == 0,
            IsPinned = random.Next(15) == 0,
            IsCompressible = role != ItemRole.Tool && random.Next(8) == 0,
        };
    }

    /// <summary>A store that cancels the caller's token at its n-th call.</summary>
    private sealed class CancellingStore(int at) : IOriginalStore
    {
        private readonly CancellationTokenSource _source = new();
        private readonly InMemoryOriginalStore _inner = new();
        private int _calls;

        public int Calls => _calls;

        public CancellationToken Token => _source.Token;

        public async ValueTask<bool> PutAsync(OriginalKey key, string original, CancellationToken cancellationToken = default)
        {
            if (++_calls == at) await _source.CancelAsync();
            await Task.Yield();
            cancellationToken.ThrowIfCancellationRequested();
            return await _inner.PutAsync(key, original, cancellationToken);
        }

        public ValueTask<OriginalLookup> GetAsync(OriginalKey key, CancellationToken cancellationToken = default) => _inner.GetAsync(key, cancellationToken);
    }
}
