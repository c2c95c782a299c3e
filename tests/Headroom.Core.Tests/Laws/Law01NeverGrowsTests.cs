using Headroom.Tokens;

namespace Headroom.Laws;

public sealed class Law01NeverGrowsTests
{
    [Theory]
    [MemberData(nameof(LawRun.FilesAndModes), MemberType = typeof(LawRun))]
    public void A_changed_item_has_fewer_tokens_and_the_count_is_true(string file, CompressionMode mode)
    {
        foreach (LawRun run in LawRun.Of(file, mode))
        {
            int before = O200kTokenCounter.Instance.Count(run.File.Text), after = O200kTokenCounter.Instance.Count(run.Outcome.Text);
            Assert.True(before == run.Outcome.TokensBefore && after == run.Outcome.TokensAfter, $"{run}: miscounted");
            Assert.True(run.Outcome.Form == ItemForm.Unchanged ? run.Outcome.Text == run.File.Text : after < before, $"{run}: {before} -> {after}");
        }
    }
}
