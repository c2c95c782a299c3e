using Headroom.Retrieval;

namespace Headroom.Conversation;

public sealed class ContextWindowTests
{
    private const int Window = 20_000;
    private static readonly ConversationContext Context = new() { CanRetrieve = true, HoldsOriginals = true };

    [Fact]
    public async Task Older_results_give_way_before_the_window_is_full()
    {
        ContextItem[] items = Session(60);
        IReadOnlyList<ItemOutcome> outcomes = await Create().CompressAsync(items, Context);
        Assert.InRange(outcomes.Sum(o => o.TokensAfter), 1, (int)(Window * 0.8));
        Assert.Contains(outcomes, o => o.Reason == OutcomeReason.MadeRoom);
        Assert.DoesNotContain(outcomes.TakeLast(5), o => o.Reason == OutcomeReason.MadeRoom);
        Assert.Equal(items.Length, outcomes.Count);
        foreach ((ContextItem item, ItemOutcome outcome) in items.Zip(outcomes).Where(p => p.Second.Reason == OutcomeReason.MadeRoom))
        {
            Assert.Equal(ItemRole.Tool, item.Role);
            Assert.True(MarkerGrammar.TryParse(outcome.Text, out ElidedText? read));
            string all = OriginalRetriever.Answer(item.Text, new RetrievalRequest { Id = read.Id, MaxTokens = 100_000 }, Tokens.O200kTokenCounter.Instance);
            Assert.Equal(item.Text, all);
        }
    }

    [Fact]
    public async Task Between_steps_what_was_sent_stays_and_steps_are_few()
    {
        ContextItem[] items = Session(120);
        ConversationCompressor compressor = Create();
        string[] before = [];
        int steps = 0;
        for (int length = 1; length <= items.Length; length++)
        {
            string[] sent = [.. (await compressor.CompressAsync(items[..length], Context)).Select(o => o.Text)];
            if (!sent.SkipLast(1).SequenceEqual(before)) steps++;
            before = sent;
        }

        Assert.InRange(steps, 3, 12);
        Assert.Equal(before, (await Create().CompressAsync(items, Context)).Select(o => o.Text)); // a replay elsewhere takes the same steps
    }

    [Fact]
    public async Task What_pointed_at_a_result_that_gave_way_is_shown_again()
    {
        string file = Text(7, 900);
        ContextItem[] items = [Result("file.cs", file), .. Session(6, tokens: 1_200), Result("again.cs", file), .. Session(11, tokens: 700, seed: 50)];
        IReadOnlyList<ItemOutcome> whole = await Create(int.MaxValue / 100).CompressAsync(items, Context);
        Assert.Equal(ItemForm.Referenced, whole[7].Form);

        IReadOnlyList<ItemOutcome> outcomes = await Create().CompressAsync(items, Context);
        Assert.Equal(OutcomeReason.MadeRoom, outcomes[0].Reason);
        Assert.True(outcomes[7].Reason == OutcomeReason.MadeRoom || outcomes[7].Text == file);
        Assert.DoesNotContain(outcomes, o => o.Text.Contains("of the result of read file.cs above", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_result_that_gave_way_and_is_read_again_is_shown_again()
    {
        string file = Text(7, 900);
        IReadOnlyList<ItemOutcome> outcomes = await Create().CompressAsync([Result("file.cs", file), .. Session(40), Result("file.cs", file)], Context);
        Assert.Equal(OutcomeReason.MadeRoom, outcomes[0].Reason);
        Assert.Equal(file, outcomes[^1].Text);
    }

    [Fact]
    public async Task Nothing_gives_way_where_it_could_not_come_back()
    {
        ContextItem[] items = Session(60);
        Assert.DoesNotContain(await Create().CompressAsync(items, Context with { CanRetrieve = false }), o => o.Reason == OutcomeReason.MadeRoom);
        Assert.DoesNotContain(await Create().CompressAsync(items, Context with { HoldsOriginals = false }), o => o.Reason == OutcomeReason.MadeRoom);
    }

    [Fact]
    public async Task Errors_user_text_and_tools_that_are_never_cut_stay()
    {
        ContextItem[] items = [.. Session(60).Select((item, i) => i % 3 == 0 ? item with { IsError = true } : i % 3 == 1 ? item with { ToolName = "keep" } : item)];
        var options = new HeadroomOptions().ContextWindow(Window).Tool("keep").Lossless();
        IReadOnlyList<ItemOutcome> outcomes = await new ConversationCompressor(options, compressors: []).CompressAsync(items, Context);
        Assert.Equal([2], outcomes.Select((o, i) => (o, i)).Where(p => p.o.Reason == OutcomeReason.MadeRoom).Select(p => p.i % 3).Distinct());
    }

    [Fact]
    public void A_window_out_of_range_or_in_lossless_mode_is_refused()
    {
        Assert.Contains("ContextWindowTokens", Assert.Throws<ArgumentException>(() => new HeadroomOptions().ContextWindow(10).Validate()).Message);
        Assert.Contains("Lossless", Assert.Throws<ArgumentException>(() => new HeadroomOptions { Mode = CompressionMode.Lossless }.ContextWindow(50_000).Validate()).Message);
    }

    private static ConversationCompressor Create(int window = Window) => new(new HeadroomOptions().ContextWindow(window), compressors: []);

    private static ContextItem[] Session(int results, int tokens = 900, int seed = 1_000) =>
        [.. Enumerable.Range(0, results).Select(i => i % 10 == 9 ? new ContextItem { Role = ItemRole.User, Text = $"And now part {i}, please." } : Result($"f{seed + i}.cs", Text(seed + i, tokens)))];

    private static ContextItem Result(string path, string text) => new() { Text = text, ToolName = "read", Arguments = $$"""{"path":"{{path}}"}""" };

    /// <summary>Distinct lines of about <paramref name="tokens"/> tokens.</summary>
    private static string Text(int seed, int tokens) =>
        string.Join('\n', Enumerable.Range(0, tokens / 15).Select(i => $"value {seed * 7919 + i * 31} of row {i} belongs to part {seed * i % 1013}"));
}
