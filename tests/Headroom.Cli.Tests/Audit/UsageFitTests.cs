using Headroom.Cli.Audit;

namespace Headroom.Cli.Tests.Audit;

public sealed class UsageFitTests
{
    [Fact]
    public void A_tokenizer_and_a_hidden_prompt_are_found_from_what_was_reported()
    {
        // reported = 1.5 x (4,000 + counted)
        UsageFit fit = UsageFit.Of([(1_000, 7_500, false), (2_000, 9_000, true), (5_000, 13_500, true)], 1);
        Assert.Equal(new UsageFit(1.5, 4_000, true), fit);
    }

    [Fact]
    public void A_history_that_was_replaced_tells_nothing_of_the_tokenizer()
    {
        UsageFit fit = UsageFit.Of([(1_000, 7_500, false), (3_000, 10_500, true), (500, 6_750, false), (2_000, 9_000, true)], 1);
        Assert.Equal(new UsageFit(1.5, 4_000, true), fit);
    }

    [Fact]
    public void Too_little_growth_leaves_what_is_known_of_the_model() =>
        Assert.Equal(new UsageFit(1.2, 5_000, true), UsageFit.Of([(1_000, 7_200, false), (1_010, 7_290, true)], 1.2));

    [Theory]
    [InlineData(50_000, 2.5)] // something unseen grew too
    [InlineData(1_600, 0.7)]
    public void No_tokenizer_is_taken_to_be_stranger_than_they_are(long reported, double scale) =>
        Assert.Equal(scale, UsageFit.Of([(1_000, 1_500, false), (10_000, reported, true)], 1).Scale);

    [Fact]
    public void Without_usage_nothing_is_taken_to_be_hidden() => Assert.Equal(new UsageFit(1.2, 0, false), UsageFit.Of([], 1.2));

    [Fact]
    public void Frames_of_messages_are_no_hidden_prompt() => Assert.Equal(0, UsageFit.Of([(1_000, 1_020, false), (3_000, 3_040, true)], 1).Hidden);
}
