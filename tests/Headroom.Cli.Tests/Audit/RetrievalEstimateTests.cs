using Headroom.Cli.Audit;

namespace Headroom.Cli.Tests.Audit;

public sealed class RetrievalEstimateTests
{
    private readonly RetrievalEstimate _estimate = new();

    private string Needed(string hidden, string visible, string turn)
    {
        _estimate.Show(_estimate.ValuesOf(visible));
        _estimate.Cut([.. _estimate.ValuesOf(hidden).Except(_estimate.ValuesOf(visible))], 0);
        return string.Join(' ', _estimate.NeededBy([turn]).Select(n => n.Value));
    }

    [Theory]
    [InlineData("GET /api/orders req=000212", "a log", "grep 000212 app.log", "000212")]
    [InlineData("src/Shop/Cart.cs:12: int x", "some files", """{"file_path":"src/Shop/Cart.cs"}""", "src/Shop/Cart.cs")]
    [InlineData("def parse_order(x):", "some code", "call parse_order again", "parse_order")]
    [InlineData("version 1.15.0-beta", "versions", "use 1.15.0-beta", "1.15.0-beta")]
    [InlineData("at Cart.AddItem(Item)", "a trace", "Look at AddItem.", "AddItem")]
    public void A_name_number_or_path_that_stood_only_in_what_was_cut_is_needed(string hidden, string visible, string turn, string value) => Assert.Equal(value, Needed(hidden, visible, turn));

    [Theory]
    [InlineData("req=000212", "see req=000212", "grep 000212")] // still visible
    [InlineData("req=1000212", "nothing", "grep 000212")] // inside a longer number
    [InlineData("a well-known function", "nothing", "the function is well-known")] // words of the language
    [InlineData("src/Shop/Cart.cs", "src, Shop and Cart.cs", "open src/Shop/Cart.cs")] // a path put together from what is there
    [InlineData("12 of 34", "nothing", "12 or 34")] // two digits stand everywhere
    public void What_can_be_seen_or_guessed_or_is_no_value_is_not(string hidden, string visible, string turn) => Assert.Equal("", Needed(hidden, visible, turn));

    [Fact]
    public void What_was_retrieved_is_visible_from_then_on()
    {
        Assert.Equal("req_42", Needed("req_42", "nothing", "use req_42"));
        _estimate.Show(_estimate.ValuesOf("line 7: req_42"));
        Assert.Empty(_estimate.NeededBy(["use req_42"]));
        _estimate.Hide(_estimate.ValuesOf("line 7: req_42"));
        Assert.Single(_estimate.NeededBy(["use req_42"]));
    }

    [Fact]
    public void A_long_text_takes_time_in_proportion()
    {
        string text = string.Concat(Enumerable.Range(0, 200_000).Select(i => $"{i}/x-{i}.y_{i} "));
        Assert.True(_estimate.ValuesOf(text).Length > 400_000);
        Assert.Single(_estimate.ValuesOf(new string('a', 500)));
        Assert.Empty(_estimate.ValuesOf(new string('a', 1_000_000)));
    }
}
