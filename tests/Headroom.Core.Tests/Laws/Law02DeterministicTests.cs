using System.Globalization;
using Headroom.Storage;

namespace Headroom.Laws;

public sealed class Law02DeterministicTests
{
    [Theory]
    [MemberData(nameof(LawRun.FilesAndModes), MemberType = typeof(LawRun))]
    public async Task Another_instance_another_culture_and_another_thread_give_the_same_bytes(string file, CompressionMode mode)
    {
        foreach (LawRun run in LawRun.Of(file, mode))
        {
            ItemOutcome again = await Task.Run(async () =>
            {
                CultureInfo.CurrentCulture = new CultureInfo("tr-TR");
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
            var store = new InMemoryOriginalStore();
            var context = new ConversationContext { CanRetrieve = true };
            ItemOutcome first = await LawRun.Create(LawRun.Routed, CompressionMode.Aggressive, store).CompressAsync(LawRun.ItemOf(file), context);
            ItemOutcome second = await LawRun.Create(LawRun.Routed, CompressionMode.Aggressive, store).CompressAsync(LawRun.ItemOf(file), context);
            Assert.Equal(first.Text, second.Text);
        }
    }
}
