using Headroom.Diagnostics;
using Headroom.Routing;

namespace Headroom.Laws;

public sealed class Law04LosslessIsProvenTests
{
    [Theory]
    [MemberData(nameof(LawRun.FilesAndModes), MemberType = typeof(LawRun))]
    public void A_reformatted_item_decodes_to_its_original(string file, CompressionMode mode)
    {
        foreach (LawRun run in LawRun.Of(file, mode).Where(r => r.Outcome.Form == ItemForm.Reformatted))
        {
            string decoded = run.Compressor.Expand(run.Outcome.Text);
            Assert.True(ReferenceEquivalence.Same(run.File.Text, decoded), $"{run}: {run.Outcome.Encoding} does not decode to the original");
        }
    }

    [Theory]
    [MemberData(nameof(LawRun.FilesAndModes), MemberType = typeof(LawRun))]
    public void No_compressor_fails_or_proposes_what_does_not_decode(string file, CompressionMode mode)
    {
        foreach (LawRun run in LawRun.Of(file, mode))
        {
            Assert.DoesNotContain(run.Outcome.Candidates, c => c.Verdict is CandidateVerdict.Failed or CandidateVerdict.ProofFailed);
        }
    }

    [Fact]
    public async Task A_compressor_whose_output_decodes_to_something_else_is_not_used()
    {
        var compressor = new ConversationCompressor(compressors: [new LyingCompressor()]);
        ItemOutcome outcome = await compressor.CompressAsync(new ContextItem { Text = new string('x', 5_000) }, new ConversationContext());
        Assert.Equal((ItemForm.Unchanged, OutcomeReason.ProofFailed), (outcome.Form, outcome.Reason));
    }

    [Theory]
    [InlineData("""{"a":1.0}""", """{"a":1}""")]
    [InlineData("""{"a":1,"b":2}""", """{"b":2,"a":1}""")]
    [InlineData("""{"a":1,"a":1}""", """{"a":1}""")]
    [InlineData("""{"a":null}""", """{}""")]
    [InlineData("""[""]""", """[null]""")]
    [InlineData("""[12345678901234567890]""", """[12345678901234567000]""")]
    [InlineData("""["\ud800"]""", """["\ufffd"]""")]
    public void Values_that_only_look_alike_are_not_equal(string left, string right)
    {
        Assert.False(LosslessProof.Holds(left, right, Equivalence.Json));
    }

    private sealed class LyingCompressor : ContentCompressor
    {
        public override string Name => "liar";

        public override double Probe(ReadOnlySpan<char> sample) => 1;

        protected override IReadOnlyList<ReformattedCandidate> ReformatCore(CompressionRequest request) =>
            [new ReformattedCandidate("short", "x", Equivalence.Bytes)];
    }
}
