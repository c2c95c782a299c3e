using System.Globalization;
using Headroom.Storage;

namespace Headroom.Laws;

public sealed class Law02DeterministicTests
{
    /// <summary>A culture that spells numbers differently, made by hand because test machines may lack culture data.</summary>
    private static readonly CultureInfo Foreign = CreateForeign();

    [Theory]
    [MemberData(nameof(LawRun.FilesAndModes), MemberType = typeof(LawRun))]
    public async Task Another_instance_another_culture_and_another_thread_give_the_same_bytes(string file, CompressionMode mode)
    {
        foreach (LawRun run in LawRun.Of(file, mode))
        {
            ItemOutcome again = await Task.Run(async () =>
            {
                CultureInfo.CurrentCulture = Foreign;
                return await LawRun.Create(run.CompressorName, mode)
                    .CompressAsync(LawRun.ItemOf(run.File), new ConversationContext { CanRetrieve = true, HoldsOriginals = true });
            });
            Assert.True(again.Text == run.Outcome.Text && again.Form == run.Outcome.Form, run.ToString());
        }
    }

    [Fact]
    public async Task What_a_store_already_holds_changes_nothing()
    {
        foreach (CorpusFile file in CorpusFile.All)
        {
            var store = new DictionaryOriginalStore();
            var context = new ConversationContext { CanRetrieve = true };
            ItemOutcome first = await LawRun.Create(LawRun.Routed, CompressionMode.Aggressive, store).CompressAsync(LawRun.ItemOf(file), context);
            ItemOutcome second = await LawRun.Create(LawRun.Routed, CompressionMode.Aggressive, store).CompressAsync(LawRun.ItemOf(file), context);
            Assert.Equal(first.Text, second.Text);
        }
    }

    private static CultureInfo CreateForeign()
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberDecimalSeparator = ",";
        culture.NumberFormat.NumberGroupSeparator = ".";
        culture.NumberFormat.NumberGroupSizes = [2];
        culture.NumberFormat.NegativeSign = "~";
        culture.DateTimeFormat.DateSeparator = ".";
        return culture;
    }
}
