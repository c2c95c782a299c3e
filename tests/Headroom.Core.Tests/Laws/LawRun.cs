using System.Collections.Concurrent;
using Headroom.Compressors;
using Headroom.Storage;
using Headroom.Tokens;

namespace Headroom.Laws;

/// <summary>One corpus file through one compressor (or the router over all of them) in one mode. Runs once, whichever laws look at it.</summary>
public sealed record LawRun(string CompressorName, CorpusFile File, CompressionMode Mode, ItemOutcome Outcome, ConversationCompressor Compressor)
{
    /// <summary>The name under which all built-in compressors run together, routed.</summary>
    public const string Routed = "(routed)";

    private static readonly ConcurrentDictionary<(string, string, CompressionMode), LawRun> Runs = new();

    /// <summary>Every (file, mode) pair of the corpus.</summary>
    public static TheoryData<string, CompressionMode> FilesAndModes()
    {
        TheoryData<string, CompressionMode> data = [];
        foreach (CorpusFile file in CorpusFile.All)
        {
            foreach (CompressionMode mode in Enum.GetValues<CompressionMode>()) data.Add(file.Id, mode);
        }

        return data;
    }

    /// <summary>The runs of one file in one mode: routed, and forced through each built-in compressor.</summary>
    public static IEnumerable<LawRun> Of(string fileId, CompressionMode mode) =>
        BuiltInCompressors.All.Select(c => c.Name).Prepend(Routed).Select(name => Runs.GetOrAdd((name, fileId, mode), Run));

    /// <summary>A compressor over <paramref name="name"/> alone, forced, or over all.</summary>
    public static ConversationCompressor Create(string name, CompressionMode mode, IOriginalStore? store = null) => new(
        new HeadroomOptions { Mode = mode, BalancedThresholdTokens = 400, AggressiveThresholdTokens = 100, MinRespelledCharacters = 0 }, // low, so that small files are changed too
        O200kTokenCounter.Instance,
        store,
        name == Routed ? BuiltInCompressors.All : [new ForcedCompressor(BuiltInCompressors.All.Single(c => c.Name == name))]);

    /// <summary>The item a corpus file makes.</summary>
    public static ContextItem ItemOf(CorpusFile file) => new() { Text = file.Text, Question = file.Question };

    public override string ToString() => $"{CompressorName} on {File.Id}, {Mode}";

    private static LawRun Run((string Name, string File, CompressionMode Mode) key)
    {
        CorpusFile file = CorpusFile.Find(key.File);
        ConversationCompressor compressor = Create(key.Name, key.Mode);
        ItemOutcome outcome = compressor.CompressAsync(ItemOf(file), new ConversationContext { CanRetrieve = true, HoldsOriginals = true })
            .AsTask().GetAwaiter().GetResult();
        return new LawRun(key.Name, file, key.Mode, outcome, compressor);
    }
}
