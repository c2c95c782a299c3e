using Headroom.Compressors.Code;
using Headroom.Compressors.Config;
using Headroom.Compressors.Diffs;
using Headroom.Compressors.Json;
using Headroom.Compressors.Listings;
using Headroom.Compressors.Logs;
using Headroom.Compressors.Markup;
using Headroom.Compressors.Search;
using Headroom.Compressors.Tables;
using Headroom.Compressors.Text;
using Headroom.Compressors.Traces;

namespace Headroom.Compressors;

/// <summary>The compressors that come with Headroom, in routing order. Adding one is one line here.</summary>
public static class BuiltInCompressors
{
    /// <summary>All built-in compressors. Between equally sure probes the earlier one is asked first.</summary>
    public static IReadOnlyList<ContentCompressor> All { get; } =
    [
        new JsonCompressor(),
        new DiffCompressor(),
        new TraceCompressor(),
        new SearchCompressor(),
        new ListingCompressor(),
        new TableCompressor(),
        new CodeCompressor(),
        new MarkupCompressor(),
        new ReportCompressor(),
        new ConfigCompressor(),
        new LogCompressor(), // last of the line-based kinds: almost any lines could be a log
        new TextCompressor(), // the fallback: knows nothing but repetition
    ];
}
