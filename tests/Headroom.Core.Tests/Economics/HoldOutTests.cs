namespace Headroom.Economics;

public sealed class HoldOutTests
{
    [Theory]
    [InlineData(0.05)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    public void About_the_share_asked_for_is_held_out(double share) =>
        Assert.InRange(Enumerable.Range(0, 10_000).Count(i => HoldOut.Contains($"conversation {i}", share)) / 10_000.0, share - 0.02, share + 0.02);

    [Fact]
    public void None_and_all_are_exact()
    {
        Assert.DoesNotContain(Enumerable.Range(0, 1_000), i => HoldOut.Contains($"c{i}", 0));
        Assert.All(Enumerable.Range(0, 1_000), i => Assert.True(HoldOut.Contains($"c{i}", 1)));
    }

    [Fact]
    public void Who_is_held_out_at_a_small_share_is_at_a_larger_one() =>
        Assert.All(Enumerable.Range(0, 1_000).Where(i => HoldOut.Contains($"c{i}", 0.1)), i => Assert.True(HoldOut.Contains($"c{i}", 0.3)));

    [Fact]
    public void The_choice_is_the_same_in_every_version() =>
        Assert.Equal("11001011001100001110010011001110", string.Concat(Enumerable.Range(0, 32).Select(i => HoldOut.Contains($"c{i}", 0.5) ? '1' : '0')));

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void A_share_out_of_range_is_refused(double share) =>
        Assert.Contains("HoldOutShare", Assert.Throws<ArgumentException>(() => new ConversationCompressor(new HeadroomOptions { HoldOutShare = share })).Message, StringComparison.Ordinal);
}
