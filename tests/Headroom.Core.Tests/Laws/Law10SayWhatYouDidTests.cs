using Headroom.Compressors;

namespace Headroom.Laws;

public sealed class Law10SayWhatYouDidTests
{
    [Theory]
    [MemberData(nameof(LawRun.FilesAndModes), MemberType = typeof(LawRun))]
    public void Every_outcome_names_its_form_reason_kind_and_encoding(string file, CompressionMode mode)
    {
        foreach (LawRun run in LawRun.Of(file, mode))
        {
            ItemOutcome outcome = run.Outcome;
            Assert.Equal(outcome.Form != ItemForm.Unchanged, outcome.Reason == OutcomeReason.Compressed);
            Assert.Equal(outcome.Form != ItemForm.Unchanged, outcome.Encoding.Length > 0);
            Assert.Equal(outcome.Form == ItemForm.Elided, outcome.OriginalId is not null);
            Assert.Equal(outcome.Form == ItemForm.Elided, outcome.Elision == ElisionDecision.Elided);
            Assert.NotEmpty(outcome.Kind);
        }
    }

    [Theory]
    [MemberData(nameof(LawRun.FilesAndModes), MemberType = typeof(LawRun))]
    public void Kept_parts_and_gaps_are_the_whole(string file, CompressionMode mode)
    {
        if (mode == CompressionMode.Lossless) return;
        CorpusFile corpusFile = CorpusFile.Find(file);
        foreach (ContentCompressor compressor in BuiltInCompressors.All)
        {
            var request = new CompressionRequest(corpusFile.Text) { Question = corpusFile.Question ?? "" };
            if (compressor.Elide(request, Math.Max(400, corpusFile.Text.Length / (mode == CompressionMode.Balanced ? 4 : 10))) is not { } candidate) continue;
            int next = candidate.Total.First;
            foreach (ElidedPart part in candidate.Parts)
            {
                if (RangeOf(part) is not { } range || IsInsideARow(part, candidate)) continue;
                Assert.True(range.Path == candidate.Total.Path && range.First == next && range.Last >= range.First,
                    $"{compressor.Name} on {file}: {range} does not follow {next - 1}");
                next = range.Last + 1;
            }

            Assert.True(next == candidate.Total.Last + 1, $"{compressor.Name} on {file}: ends at {next - 1} of {candidate.Total}");
        }
    }

    /// <summary>A gap inside a row that is shown: values of a container below the rows, which no other gap leaves out.</summary>
    private static bool IsInsideARow(ElidedPart part, ElidedCandidate candidate) =>
        part is GapPart { Range.Path: { } path } && path != candidate.Total.Path && !candidate.Parts.OfType<GapPart>().Any(g => Holds(g.Range, path));

    private static bool Holds(ContentRange range, string path)
    {
        if (range.Path is null || !path.StartsWith(range.Path + "/", StringComparison.Ordinal)) return false;
        string next = path[(range.Path.Length + 1)..].Split('/')[0];
        return int.TryParse(next, out int row) && row >= range.First && row <= range.Last;
    }

    private static ContentRange? RangeOf(ElidedPart part) => part is GapPart gap ? gap.Range : ((KeptPart)part).Range;
}
