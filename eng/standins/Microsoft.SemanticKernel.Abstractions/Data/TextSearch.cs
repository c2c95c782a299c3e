using System.Diagnostics.CodeAnalysis;
using System.Linq.Expressions;

namespace Microsoft.SemanticKernel.Data;

/// <summary>Stand-in. Searches for texts.</summary>
[Experimental("SKEXP0001")]
public interface ITextSearch<TRecord>
{
    Task<KernelSearchResults<string>> SearchAsync(string query, TextSearchOptions<TRecord>? searchOptions = null, CancellationToken cancellationToken = default);

    Task<KernelSearchResults<TextSearchResult>> GetTextSearchResultsAsync(string query, TextSearchOptions<TRecord>? searchOptions = null, CancellationToken cancellationToken = default);

    Task<KernelSearchResults<TRecord>> GetSearchResultsAsync(string query, TextSearchOptions<TRecord>? searchOptions = null, CancellationToken cancellationToken = default);
}

/// <summary>Stand-in. Settings of a search.</summary>
[Experimental("SKEXP0001")]
public sealed class TextSearchOptions<TRecord>
{
    public Expression<Func<TRecord, bool>>? Filter { get; init; }

    public int Top { get; init; } = 5;

    public int Skip { get; init; }
}

/// <summary>Stand-in. What was found.</summary>
public sealed class KernelSearchResults<T>(IAsyncEnumerable<T> results, long? totalCount = null, IReadOnlyDictionary<string, object?>? metadata = null)
{
    public long? TotalCount { get; internal set; } = totalCount;

    public IReadOnlyDictionary<string, object?>? Metadata { get; } = metadata;

    public IAsyncEnumerable<T> Results { get; } = results;
}

/// <summary>Stand-in. A text that was found.</summary>
public sealed class TextSearchResult(string value)
{
    public string? Name { get; init; }

    public string? Link { get; init; }

    public string Value { get; init; } = value;
}
