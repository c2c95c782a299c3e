using Headroom.Laws;

namespace Headroom.Fuzz;

/// <summary>Every corpus file cut short at regular places, as tools and agents cut long output. HEADROOM_LONG=1 cuts at every kilobyte.</summary>
public sealed class CutFuzzTests
{
    /// <summary>Characters between two cuts.</summary>
    private static readonly int Step = Environment.GetEnvironmentVariable("HEADROOM_LONG") == "1" ? 1_024 : 9_973;

    [Fact]
    public async Task A_file_cut_anywhere_is_still_reformatted_exactly_or_left_alone()
    {
        ConversationCompressor compressor = LawRun.Create(LawRun.Routed, CompressionMode.Lossless);
        foreach (CorpusFile file in CorpusFile.All)
        {
            for (int end = Step; end < Math.Min(file.Text.Length, 100_000); end += Step)
            {
                string text = file.Text[..end];
                ItemOutcome outcome = await compressor.CompressAsync(new ContextItem { Text = text }, new ConversationContext());
                string where = $"{file.Id} cut at {end}, {outcome.Kind} {outcome.Encoding}";
                Assert.True(outcome.Form == ItemForm.Unchanged || outcome.TokensAfter < outcome.TokensBefore, where);
                Assert.True(outcome.Form == ItemForm.Unchanged || ReferenceEquivalence.Same(text, compressor.Expand(outcome.Text)), where + ": not lossless");
            }
        }
    }
}
