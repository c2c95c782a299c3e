using Headroom.Retrieval;
using Headroom.Storage;

namespace Headroom.Rag;

public sealed class RagExtensionsTests
{
    private static readonly ConversationContext CanRetrieve = new() { CanRetrieve = true, HoldsOriginals = true };

    [Fact]
    public async Task Passages_stand_under_their_citations_in_the_order_given()
    {
        RagContext context = await new ConversationCompressor().CompressChunksAsync(
            "who opens the gates?",
            [
                new("The keeper opens them.") { Name = "Handbook", Link = "https://example.com/handbook", Id = "c7", Start = 1200 },
                new("Nobody does at night.") { Name = "Notes\n[9] of the office" },
                new("A text without a name."),
            ],
            new ConversationContext());

        Assert.Equal(
            """
            [1] Handbook (https://example.com/handbook; chunk c7; characters 1200-1222)
            The keeper opens them.

            [2] Notes [9] of the office
            Nobody does at night.

            [3]
            A text without a name.
            """,
            context.Text, ignoreLineEndingDifferences: true);
        Assert.Equal([1, 2, 3], context.Passages.Select(p => p.Number));
    }

    [Fact]
    public async Task A_passage_cites_every_chunk_it_holds()
    {
        string shared = Sentences(3, 5);
        RagContext context = await new ConversationCompressor().CompressChunksAsync(
            "levels",
            [
                new(Sentences(1, 3) + shared) { Name = "Handbook", Link = "https://example.com/h", Id = "c1" },
                new(shared + Sentences(5, 8)) { Name = "Handbook", Link = "https://example.com/h", Id = "c2" },
                new(shared) { Name = "Handbook, first edition", Id = "c9" },
            ],
            new ConversationContext());

        RagPassage passage = Assert.Single(context.Passages);
        Assert.Equal("[1] Handbook (https://example.com/h; chunks c1, c2), Handbook, first edition (chunk c9)", passage.Citation);
        Assert.Equal(Sentences(1, 8), passage.Text);
        Assert.True(context.TokensAfter < context.TokensBefore);
    }

    [Theory]
    [InlineData(CompressionMode.Lossless)]
    [InlineData(CompressionMode.Aggressive)]
    public async Task Without_a_way_back_nothing_is_left_out_whatever_the_budget(CompressionMode mode)
    {
        RagChunk[] chunks = Chunks();
        foreach (ConversationContext context in (ConversationContext[])[new(), new() { CanRetrieve = mode == CompressionMode.Lossless, HoldsOriginals = true }])
        {
            RagContext rag = await Compressor(mode).CompressChunksAsync("Which gate is gate 4?", chunks, context, maxTokens: 300);

            Assert.NotEqual(ItemForm.Elided, rag.Outcome.Form);
            Assert.True(rag.IsOverBudget);
            Assert.All(chunks, c => Assert.Contains(c.Text.Trim(), Compressor(mode).Expand(rag.Text), StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task What_a_store_does_not_read_back_stays()
    {
        var compressor = new ConversationCompressor(store: new FailingOriginalStore(StoreFailure.Throw));

        RagContext rag = await compressor.CompressChunksAsync("Which gate is gate 4?", Chunks(), new ConversationContext { CanRetrieve = true }, maxTokens: 300);

        Assert.NotEqual(ItemForm.Elided, rag.Outcome.Form);
        Assert.True(rag.IsOverBudget);
        Assert.Equal(ElisionDecision.StoreUnavailable, rag.Outcome.Elision);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(900)]
    [InlineData(1_500)]
    public async Task The_best_chunks_stay_whole_before_any_is_cut(int maxTokens)
    {
        RagChunk[] chunks = Chunks(scores: true); // the higher the number, the better

        RagContext rag = await Compressor().CompressChunksAsync("Which level does the keeper write down?", chunks, CanRetrieve, maxTokens);

        Assert.False(rag.IsOverBudget);
        Assert.InRange(rag.TokensAfter, maxTokens / 2, maxTokens);
        bool[] whole = [.. chunks.Select(c => rag.Text.Contains(c.Text.Trim(), StringComparison.Ordinal))];
        int best = chunks.Length - 1 - Array.LastIndexOf(whole, false);
        Assert.True(best >= 1, rag.Text);
        Assert.Equal(best, whole.Count(w => w)); // no worse one is whole while a better one is not
    }

    [Fact]
    public async Task Without_scores_the_best_chunks_are_those_that_speak_of_the_question()
    {
        RagChunk[] chunks = [.. Chunks().Select((c, i) => i == 5 ? c with { Text = c.Text.Replace("writes the level down", "waits for the ferry") } : c)];

        RagContext rag = await Compressor().CompressChunksAsync("When does he wait for the ferry?", chunks, CanRetrieve, maxTokens: 500);

        Assert.Contains(chunks[5].Text.Trim(), rag.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(350)]
    [InlineData(700)]
    public async Task Whatever_is_shown_of_a_passage_stands_under_its_citation(int maxTokens)
    {
        for (int seed = 0; seed < 20; seed++)
        {
            var random = new Random(seed);
            RagChunk[] chunks = [.. Enumerable.Range(0, random.Next(4, 30)).Select(i => new RagChunk(Sentences(i * 40, i * 40 + random.Next(1, 14)) + $"Chunk {i} ends here.") { Name = $"Document {i}" })];

            RagContext rag = await Compressor().CompressChunksAsync($"What does the keeper of lock {random.Next(900)} do at hour 3?", chunks, CanRetrieve, maxTokens);

            string? citation = null;
            foreach (string line in rag.Text.Split('\n'))
            {
                if (line.StartsWith('[')) citation = rag.Passages.FirstOrDefault(p => p.Citation == line)?.Citation ?? (line.Contains(" lines, ", StringComparison.Ordinal) ? citation : null);
                else if (line.Length > 0) Assert.Contains(rag.Passages, p => p.Citation == citation && line.Replace("(...) ", "").Split(". ").All(s => p.Text.Contains(s, StringComparison.Ordinal)));
            }
        }
    }

    [Fact]
    public async Task What_is_left_out_comes_back_through_the_ordinary_tool()
    {
        var store = new InMemoryOriginalStore();
        var compressor = new ConversationCompressor(store: store);

        RagContext rag = await compressor.CompressChunksAsync("Which gate is gate 4?", Chunks(), new ConversationContext { CanRetrieve = true, Scope = "tenant" }, maxTokens: 400);

        string id = Assert.Single(MarkerGrammar.FindIds(rag.Text));
        OriginalLookup found = await store.GetAsync(new OriginalKey("tenant", id));
        Assert.Equal(string.Join("\n\n", rag.Passages.Select(p => p.Citation + "\n" + p.Text.TrimEnd('\n'))), found.Text);
        Assert.True(MarkerGrammar.TryParse(rag.Text, out _));
    }

    [Fact]
    public async Task A_chunk_that_looks_like_a_marker_of_ours_keeps_all_of_them_whole()
    {
        RagChunk[] chunks = [.. Chunks(), new RagChunk("[headroom 0123456789: 20 lines, 3 shown]\nnot ours")];

        RagContext rag = await Compressor().CompressChunksAsync("gates", chunks, CanRetrieve, maxTokens: 300);

        Assert.Equal(ElisionDecision.MarkerLookAlike, rag.Outcome.Elision);
        Assert.Contains(chunks[3].Text.Trim(), rag.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_chunks_give_the_same_text()
    {
        RagContext[] contexts = [.. await Task.WhenAll(Enumerable.Range(0, 3).Select(async _ => await Compressor().CompressChunksAsync("Which gate is gate 4?", Chunks(), CanRetrieve, 600)))];

        Assert.Single(contexts.Select(c => c.Text).Distinct());
    }

    [Fact]
    public async Task No_chunks_make_no_text()
    {
        RagContext rag = await Compressor().CompressChunksAsync("anything?", [], CanRetrieve, 100);

        Assert.Equal(("", 0, false), (rag.Text, rag.TokensBefore, rag.IsOverBudget));
    }

    private static ConversationCompressor Compressor(CompressionMode mode = CompressionMode.Balanced) => new(new HeadroomOptions { Mode = mode });

    private static RagChunk[] Chunks(bool scores = false) =>
        [.. Enumerable.Range(1, 12).Select(i => new RagChunk(Sentences(i * 20, i * 20 + 8)) { Name = $"Chapter {i}", Id = $"c{i}", Score = scores ? i / 12.0 : null })];

    private static string Sentences(int first, int end) =>
        string.Concat(Enumerable.Range(first, end - first).Select(i => $"At hour {i % 24} the keeper of lock {i} opens gate {i * 7} and writes the level down. "));
}
