using Headroom.Diagnostics;
using Headroom.Laws;

namespace Headroom.Fuzz;

/// <summary>Real files, damaged: whatever comes out must still be the original, never grow, and never be a compressor's failure. HEADROOM_LONG=1 runs 40 times as many.</summary>
public sealed class PipelineFuzzTests
{
    /// <summary>Characters of a file that take part: fuzzing wants many small texts rather than a few large ones.</summary>
    private const int Window = 12_000;

    private static readonly int Rounds = Environment.GetEnvironmentVariable("HEADROOM_LONG") == "1" ? 40 : 1;

    public static TheoryData<string> Mutations => new(Mutation.Names);

    [Theory]
    [MemberData(nameof(Mutations))]
    public async Task A_damaged_file_is_still_reformatted_exactly_or_left_alone(string mutation)
    {
        ConversationCompressor compressor = LawRun.Create(LawRun.Routed, CompressionMode.Lossless);
        foreach ((CorpusFile file, string text, int seed) in Texts(mutation))
        {
            ItemOutcome outcome = await compressor.CompressAsync(new ContextItem { Text = text }, new ConversationContext());
            string where = $"{mutation} of {file.Id}, seed {seed}, {outcome.Kind} {outcome.Encoding}";
            Assert.True(outcome.Form == ItemForm.Unchanged ? outcome.Text == text : outcome.TokensAfter < outcome.TokensBefore, where);
            Assert.True(outcome.Form == ItemForm.Unchanged || ReferenceEquivalence.Same(text, compressor.Expand(outcome.Text)), where + ": not lossless");
            Assert.False(outcome.Candidates.Any(c => c.Verdict == CandidateVerdict.Failed), where + ": a compressor failed");
        }
    }

    [Theory]
    [MemberData(nameof(Mutations))]
    public async Task A_damaged_file_is_cut_with_honest_gaps_or_not_at_all(string mutation)
    {
        ConversationCompressor compressor = LawRun.Create(LawRun.Routed, CompressionMode.Aggressive);
        foreach ((CorpusFile file, string text, int seed) in Texts(mutation))
        {
            ItemOutcome outcome = await compressor.CompressAsync(
                new ContextItem { Text = text, Question = file.Question }, new ConversationContext { CanRetrieve = true, HoldsOriginals = true });
            string where = $"{mutation} of {file.Id}, seed {seed}, {outcome.Kind} {outcome.Encoding}";
            Assert.True(outcome.Form == ItemForm.Unchanged || outcome.TokensAfter < outcome.TokensBefore, where);
            if (outcome.Form == ItemForm.Elided) Assert.Equal(Storage.OriginalId.Compute(text), outcome.OriginalId);
        }
    }

    [Theory]
    [MemberData(nameof(Mutations))]
    public void No_compressor_throws_when_forced_on_a_damaged_file(string mutation)
    {
        foreach ((CorpusFile file, string text, int seed) in Texts(mutation).Where((_, i) => i % 3 == 0))
        {
            if (text.Length == 0) continue;
            foreach (ContentCompressor compressor in Compressors.BuiltInCompressors.All)
            {
                Exception? thrown = Record.Exception(() =>
                {
                    foreach (ReformattedCandidate candidate in compressor.Reformat(new CompressionRequest(text))) compressor.TryExpand(candidate.Text, out _);
                    compressor.Elide(new CompressionRequest(text), 800);
                    compressor.TryExpand(text, out _);
                });
                Assert.True(thrown is null, $"{compressor.Name}, {mutation} of {file.Id}, seed {seed}: {thrown}");
            }
        }
    }

    private static IEnumerable<(CorpusFile File, string Text, int Seed)> Texts(string mutation)
    {
        IReadOnlyList<CorpusFile> files = CorpusFile.All;
        for (int round = 0; round < Rounds; round++)
        {
            for (int i = 0; i < files.Count; i++)
            {
                int seed = 1_000 * round + i;
                var random = new Random(seed);
                string text = WindowOf(files[i].Text, random), other = WindowOf(files[random.Next(files.Count)].Text, random);
                yield return (files[i], Mutation.Apply(mutation, text, other, seed), seed);
            }
        }
    }

    /// <summary>The beginning of a file, or, every second time, a run of lines from inside it.</summary>
    private static string WindowOf(string text, Random random)
    {
        if (text.Length <= Window) return text;
        int start = random.Next(2) == 0 ? 0 : text.IndexOf('\n', random.Next(text.Length - Window)) + 1;
        return text.Substring(start, Math.Min(Window, text.Length - start));
    }
}
