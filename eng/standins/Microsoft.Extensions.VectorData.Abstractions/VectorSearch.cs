using System.Linq.Expressions;

namespace Microsoft.Extensions.VectorData;

/// <summary>Stand-in. What can be searched by vectors.</summary>
public interface IVectorSearchable<TRecord>
    where TRecord : class
{
    IAsyncEnumerable<VectorSearchResult<TRecord>> SearchAsync<TInput>(
        TInput searchValue, int top, VectorSearchOptions<TRecord>? options = null, CancellationToken cancellationToken = default)
        where TInput : notnull;

    object? GetService(Type serviceType, object? serviceKey = null);
}

/// <summary>Stand-in. A record that was found.</summary>
public sealed class VectorSearchResult<TRecord>(TRecord record, double? score)
    where TRecord : class
{
    public TRecord Record { get; } = record;

    public double? Score { get; } = score;
}

/// <summary>Stand-in. Settings of a search.</summary>
public class VectorSearchOptions<TRecord>
{
    public Expression<Func<TRecord, bool>>? Filter { get; set; }

    public int Skip { get; set; }
}
