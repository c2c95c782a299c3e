using Headroom.Evals;

namespace Headroom.Compressors;

/// <summary>A smaller version of the needle harness in bench/Headroom.Evals: one decisive row among a thousand stays visible, whatever makes it so.</summary>
public sealed class NeedleTests
{
    public static TheoryData<string, string> Kinds()
    {
        TheoryData<string, string> kinds = [];
        foreach (string kind in Needle.JsonKinds) kinds.Add("json", kind);
        foreach (string kind in Needle.LogKinds) kinds.Add("log", kind);
        return kinds;
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task The_one_row_that_differs_stays(string haystack, string kind)
    {
        for (int seed = 1; seed <= 4; seed++)
        {
            Needle needle = haystack == "log" ? Needle.Log(kind, 1_000, seed) : Needle.Json(kind, 1_000, seed);
            var compressor = new ConversationCompressor(new HeadroomOptions { Mode = CompressionMode.Aggressive });
            ItemOutcome outcome = await compressor.CompressAsync(
                new ContextItem { Text = needle.Text, Question = "Is anything unusual here?" }, new ConversationContext { CanRetrieve = true, HoldsOriginals = true });
            Assert.Equal(ItemForm.Elided, outcome.Form);
            Assert.True(needle.IsVisible(outcome.Text), $"seed {seed}: {needle.Mark} is not shown");
        }
    }
}
