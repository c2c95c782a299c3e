using System.Runtime.CompilerServices;
using Microsoft.Extensions.VectorData;

namespace Headroom.SemanticKernel.Search;

/// <summary>A vector search whose records come with compressed texts. Scores and order are those of the search inside.</summary>
internal sealed class CompressingVectorSearch<TRecord>(IVectorSearchable<TRecord> inner, SearchText texts, Func<TRecord, string?> text, Func<TRecord, string, TRecord> withText)
    : IVectorSearchable<TRecord>
    where TRecord : class
{
    public async IAsyncEnumerable<VectorSearchResult<TRecord>> SearchAsync<TInput>(
        TInput searchValue, int top, VectorSearchOptions<TRecord>? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        where TInput : notnull
    {
        string query = searchValue as string ?? ""; // an embedding cannot be read as a question
        await foreach (VectorSearchResult<TRecord> result in inner.SearchAsync(searchValue, top, options, cancellationToken).ConfigureAwait(false))
        {
            yield return await texts.CompressAsync(
                result, query, r => text(r.Record), (r, now) => new VectorSearchResult<TRecord>(withText(r.Record, now), r.Score), cancellationToken).ConfigureAwait(false);
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => inner.GetService(serviceType, serviceKey);
}
