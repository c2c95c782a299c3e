using System.Runtime.CompilerServices;
using Headroom.Retrieval;
using Headroom.Storage;
using Microsoft.Extensions.VectorData;
using Microsoft.SemanticKernel.Data;
using static Headroom.SemanticKernel.Kernels;

namespace Headroom.SemanticKernel;

public sealed class SearchTests
{
    private static readonly string[] s_texts = [Log(), "A short one.", Log(seed: 2)];

    private sealed record Passage(string Name, string? Text);

    [Fact]
    public async Task Texts_are_cut_by_the_query_as_they_are_read()
    {
        var inner = new TextSearch();
        var store = new InMemoryOriginalStore();
        ITextSearch<Passage> search = inner.WithHeadroom(new ConversationCompressor(Options(), store: store), canRetrieve: true, scope: "one");

        KernelSearchResults<string> found = await search.SearchAsync("exhausted pools");
        Assert.Equal(0, inner.Read);
        await using IAsyncEnumerator<string> results = found.Results.GetAsyncEnumerator();
        Assert.True(await results.MoveNextAsync());

        Assert.Equal(1, inner.Read);
        Assert.True(MarkerGrammar.TryParse(results.Current, out ElidedText? elided));
        Assert.Equal(s_texts[0], (await store.GetAsync(Key(elided.Id, "one"))).Text);
        Assert.True(await results.MoveNextAsync());
        Assert.Same(s_texts[1], results.Current);
        Assert.Equal((3, "mine"), (found.TotalCount, found.Metadata!["of"]));
    }

    [Fact]
    public async Task Results_keep_name_link_and_order()
    {
        ITextSearch<Passage> search = new TextSearch().WithHeadroom(new ConversationCompressor(Options(), store: new InMemoryOriginalStore()), canRetrieve: true);

        List<TextSearchResult> found = await ListAsync((await search.GetTextSearchResultsAsync("exhausted pools")).Results);

        Assert.Equal(["0", "1", "2"], found.Select(f => f.Name));
        Assert.Equal(["https://example.com/0", "https://example.com/1", "https://example.com/2"], found.Select(f => f.Link));
        Assert.Equal([true, false, true], found.Select(f => f.Value.StartsWith("[headroom ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Records_and_options_pass_through()
    {
        var inner = new TextSearch();
        ITextSearch<Passage> search = inner.WithHeadroom();
        var options = new TextSearchOptions<Passage> { Top = 2, Skip = 1 };

        List<Passage> records = await ListAsync((await search.GetSearchResultsAsync("anything", options)).Results);

        Assert.Equal(inner.Records, records, ReferenceEqualityComparer.Instance as IEqualityComparer<Passage>);
        Assert.Same(options, inner.Options);
        await search.SearchAsync("anything", options);
        Assert.Equal(("anything", options), (inner.Query, inner.Options));
    }

    [Fact]
    public async Task Without_a_way_to_retrieve_nothing_is_left_out()
    {
        List<string> found = await ListAsync((await new TextSearch().WithHeadroom().SearchAsync("exhausted pools")).Results);

        Assert.Equal(s_texts, found.Select(f => new ConversationCompressor().Expand(f)));
    }

    [Fact]
    public async Task A_store_that_fails_leaves_texts_whole_and_a_search_that_fails_fails()
    {
        var failing = new ConversationCompressor(Options(), store: new FailingOriginalStore(StoreFailure.Throw));
        ITextSearch<Passage> search = new TextSearch().WithHeadroom(failing, canRetrieve: true);
        Assert.Equal(s_texts, (await ListAsync((await search.SearchAsync("pools")).Results)).Select(f => new ConversationCompressor().Expand(f)));

        KernelSearchResults<string> broken = await new TextSearch { FailsAt = 1 }.WithHeadroom().SearchAsync("pools");
        await Assert.ThrowsAsync<InvalidOperationException>(() => ListAsync(broken.Results));
    }

    [Fact]
    public async Task Reading_can_be_cancelled()
    {
        using var cancelled = new CancellationTokenSource();
        KernelSearchResults<string> found = await new TextSearch().WithHeadroom().SearchAsync("pools");
        await using IAsyncEnumerator<string> results = found.Results.GetAsyncEnumerator(cancelled.Token);
        Assert.True(await results.MoveNextAsync());
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await results.MoveNextAsync());
    }

    [Fact]
    public void A_search_is_decorated_once()
    {
        ITextSearch<Passage> texts = new TextSearch().WithHeadroom();
        IVectorSearchable<Passage> vectors = new VectorSearch().WithHeadroom(r => r.Text, (r, text) => r with { Text = text });

        Assert.Same(texts, texts.WithHeadroom());
        Assert.Same(vectors, vectors.WithHeadroom(r => r.Text, (r, text) => r with { Text = text }));
    }

    [Fact]
    public async Task Records_of_a_vector_search_come_with_smaller_texts()
    {
        var inner = new VectorSearch();
        var store = new InMemoryOriginalStore();
        IVectorSearchable<Passage> search = inner.WithHeadroom(r => r.Text, (r, text) => r with { Text = text }, new ConversationCompressor(Options(), store: store), canRetrieve: true);

        List<VectorSearchResult<Passage>> found = await ListAsync(search.SearchAsync("exhausted pools", 3));

        Assert.True(MarkerGrammar.TryParse(found[0].Record.Text!, out ElidedText? elided));
        Assert.Equal(s_texts[0], (await store.GetAsync(Key(elided.Id))).Text);
        Assert.Equal(s_texts[0], inner.Records[0].Text); // the store's own record is not changed
        Assert.Same(inner.Records[1], found[1].Record);
        Assert.Same(inner.Records[3], found[3].Record);
        Assert.Equal([0.9, 0.8, 0.7, 0.6], found.Select(f => f.Score!.Value));
        Assert.Equal("the inner one", search.GetService(typeof(string)));
    }

    [Fact]
    public async Task A_search_by_an_embedding_has_no_question()
    {
        IVectorSearchable<Passage> search = new VectorSearch().WithHeadroom(
            r => r.Text, (r, text) => r with { Text = text }, new ConversationCompressor(Options(), store: new InMemoryOriginalStore()), canRetrieve: true);

        List<VectorSearchResult<Passage>> found = await ListAsync(search.SearchAsync(new ReadOnlyMemory<float>([1, 0]), 3));

        Assert.StartsWith("[headroom ", found[0].Record.Text);
    }

    [Fact]
    public async Task Accessors_that_throw_leave_the_record_as_it_is()
    {
        var inner = new VectorSearch();
        var compressor = new ConversationCompressor(Options(), store: new InMemoryOriginalStore());

        foreach (IVectorSearchable<Passage> search in (IVectorSearchable<Passage>[])[
            inner.WithHeadroom(_ => throw new InvalidOperationException(), (r, text) => r with { Text = text }, compressor, canRetrieve: true),
            inner.WithHeadroom(r => r.Text, (_, _) => throw new InvalidOperationException(), compressor, canRetrieve: true)])
        {
            Assert.Same(inner.Records[0], (await ListAsync(search.SearchAsync("pools", 3)))[0].Record);
        }
    }

    private static async Task<List<T>> ListAsync<T>(IAsyncEnumerable<T> results)
    {
        List<T> list = [];
        await foreach (T result in results) list.Add(result);
        return list;
    }

    private static Passage[] Passages() => [.. s_texts.Select((t, i) => new Passage($"{i}", t))];

    private sealed class TextSearch : ITextSearch<Passage>
    {
        public Passage[] Records { get; } = Passages();

        public int Read { get; private set; }

        public int FailsAt { get; init; } = int.MaxValue;

        public string? Query { get; private set; }

        public TextSearchOptions<Passage>? Options { get; private set; }

        public Task<KernelSearchResults<string>> SearchAsync(string query, TextSearchOptions<Passage>? searchOptions = null, CancellationToken cancellationToken = default) =>
            FindAsync(query, searchOptions, r => r.Text!);

        public Task<KernelSearchResults<TextSearchResult>> GetTextSearchResultsAsync(string query, TextSearchOptions<Passage>? searchOptions = null, CancellationToken cancellationToken = default) =>
            FindAsync(query, searchOptions, r => new TextSearchResult(r.Text!) { Name = r.Name, Link = "https://example.com/" + r.Name });

        public Task<KernelSearchResults<Passage>> GetSearchResultsAsync(string query, TextSearchOptions<Passage>? searchOptions = null, CancellationToken cancellationToken = default) =>
            FindAsync(query, searchOptions, r => r);

        private Task<KernelSearchResults<T>> FindAsync<T>(string query, TextSearchOptions<Passage>? options, Func<Passage, T> select)
        {
            (Query, Options) = (query, options);
            return Task.FromResult(new KernelSearchResults<T>(ReadAsync(select), Records.Length, new Dictionary<string, object?> { ["of"] = "mine" }));
        }

        private async IAsyncEnumerable<T> ReadAsync<T>(Func<Passage, T> select, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            foreach (Passage record in Records)
            {
                await Task.Yield();
                cancellationToken.ThrowIfCancellationRequested();
                if (Read++ == FailsAt) throw new InvalidOperationException("The index is gone.");
                yield return select(record);
            }
        }
    }

    private sealed class VectorSearch : IVectorSearchable<Passage>
    {
        public Passage[] Records { get; } = [.. Passages(), new("3", null)];

        public async IAsyncEnumerable<VectorSearchResult<Passage>> SearchAsync<TInput>(
            TInput searchValue, int top, VectorSearchOptions<Passage>? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
            where TInput : notnull
        {
            await Task.Yield();
            for (int i = 0; i < Records.Length; i++) yield return new VectorSearchResult<Passage>(Records[i], 0.9 - i * 0.1);
        }

        public object? GetService(Type serviceType, object? serviceKey = null) => serviceType == typeof(string) ? "the inner one" : null;
    }
}
