using System.Runtime.CompilerServices;
using Microsoft.SemanticKernel.Data;

namespace Headroom.SemanticKernel.Search;

/// <summary>A text search whose texts are compressed as they are read. Names, links, order and records are those of the search inside.</summary>
internal sealed class CompressingTextSearch<TRecord>(ITextSearch<TRecord> inner, SearchText texts) : ITextSearch<TRecord>
{
    public async Task<KernelSearchResults<string>> SearchAsync(string query, TextSearchOptions<TRecord>? searchOptions = null, CancellationToken cancellationToken = default)
    {
        KernelSearchResults<string> found = await inner.SearchAsync(query, searchOptions, cancellationToken).ConfigureAwait(false);
        return new KernelSearchResults<string>(Read(found.Results, CancellationToken.None), found.TotalCount, found.Metadata);

        async IAsyncEnumerable<string> Read(IAsyncEnumerable<string> results, [EnumeratorCancellation] CancellationToken token = default)
        {
            await foreach (string text in results.WithCancellation(token).ConfigureAwait(false))
                yield return await texts.CompressAsync(text, query, static t => t, static (_, now) => now, token).ConfigureAwait(false);
        }
    }

    public async Task<KernelSearchResults<TextSearchResult>> GetTextSearchResultsAsync(
        string query, TextSearchOptions<TRecord>? searchOptions = null, CancellationToken cancellationToken = default)
    {
        KernelSearchResults<TextSearchResult> found = await inner.GetTextSearchResultsAsync(query, searchOptions, cancellationToken).ConfigureAwait(false);
        return new KernelSearchResults<TextSearchResult>(Read(found.Results, CancellationToken.None), found.TotalCount, found.Metadata);

        async IAsyncEnumerable<TextSearchResult> Read(IAsyncEnumerable<TextSearchResult> results, [EnumeratorCancellation] CancellationToken token = default)
        {
            await foreach (TextSearchResult result in results.WithCancellation(token).ConfigureAwait(false))
                yield return await texts.CompressAsync(result, query, static r => r?.Value, static (r, now) => new TextSearchResult(now) { Name = r.Name, Link = r.Link }, token).ConfigureAwait(false);
        }
    }

    public Task<KernelSearchResults<TRecord>> GetSearchResultsAsync(string query, TextSearchOptions<TRecord>? searchOptions = null, CancellationToken cancellationToken = default) =>
        inner.GetSearchResultsAsync(query, searchOptions, cancellationToken);
}
