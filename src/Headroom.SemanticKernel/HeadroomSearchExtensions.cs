using Headroom;
using Headroom.SemanticKernel.Search;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.VectorData;

namespace Microsoft.SemanticKernel.Data;

/// <summary>Adds Headroom to searches.</summary>
public static class HeadroomSearchExtensions
{
    /// <summary>A text search whose strings and <see cref="TextSearchResult"/>s are compressed, one by one as they are read; names, links, order and records stay as they are.</summary>
    /// <param name="search">The search.</param>
    /// <param name="compressor">The engine; the one the kernel uses, so that originals are found in the same store. The default has default options and keeps originals in memory.</param>
    /// <param name="canRetrieve">Whether the results go to a model that is offered the retrieval function. Without it nothing is left out of them.</param>
    /// <param name="scope">The scope originals are stored in.</param>
    /// <param name="loggerFactory">Where to log; nowhere by default.</param>
    /// <remarks>
    /// Each result stands for itself, since a host may drop or reorder them. To merge what overlaps, and to stay within a number of tokens, hand all of
    /// them to <see cref="RagExtensions.CompressChunksAsync"/>.
    /// </remarks>
    public static ITextSearch<TRecord> WithHeadroom<TRecord>(
        this ITextSearch<TRecord> search, ConversationCompressor? compressor = null, bool canRetrieve = false, string scope = "", ILoggerFactory? loggerFactory = null)
    {
        ArgumentNullException.ThrowIfNull(search);
        ArgumentNullException.ThrowIfNull(scope);
        return search as CompressingTextSearch<TRecord> ?? new CompressingTextSearch<TRecord>(search, new SearchText(compressor, canRetrieve, scope, loggerFactory));
    }

    /// <summary>A vector search whose records come with compressed texts, one by one as they are read; scores and order stay as they are.</summary>
    /// <param name="search">The search.</param>
    /// <param name="text">Reads the text of a record; a record without one passes as it is.</param>
    /// <param name="withText">Makes a record with another text. It must not change the record it is given, which may be the store's own.</param>
    /// <param name="compressor">The engine; the one the kernel uses, so that originals are found in the same store. The default has default options and keeps originals in memory.</param>
    /// <param name="canRetrieve">Whether the results go to a model that is offered the retrieval function. Without it nothing is left out of them.</param>
    /// <param name="scope">The scope originals are stored in.</param>
    /// <param name="loggerFactory">Where to log; nowhere by default.</param>
    public static IVectorSearchable<TRecord> WithHeadroom<TRecord>(
        this IVectorSearchable<TRecord> search, Func<TRecord, string?> text, Func<TRecord, string, TRecord> withText, ConversationCompressor? compressor = null,
        bool canRetrieve = false, string scope = "", ILoggerFactory? loggerFactory = null)
        where TRecord : class
    {
        ArgumentNullException.ThrowIfNull(search);
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(withText);
        ArgumentNullException.ThrowIfNull(scope);
        return search as CompressingVectorSearch<TRecord> ?? new CompressingVectorSearch<TRecord>(search, new SearchText(compressor, canRetrieve, scope, loggerFactory), text, withText);
    }
}
