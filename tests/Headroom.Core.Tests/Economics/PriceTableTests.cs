namespace Headroom.Economics;

public sealed class PriceTableTests
{
    [Fact]
    public void The_shipped_table_says_how_old_it_is_and_every_price_is_usable()
    {
        Assert.True(PriceTable.Default.AsOf > new DateOnly(2026, 1, 1));
        Assert.NotEmpty(PriceTable.Default.Models);
        foreach (string model in PriceTable.Default.Models)
        {
            Assert.True(PriceTable.Default.TryFind(model, out ModelPrices? prices));
            Assert.True(prices.CacheRead <= prices.Input && prices.CacheWrite >= prices.Input && prices.Output > prices.Input, model);
        }
    }

    [Theory]
    [InlineData("claude-sonnet-5", 2)]
    [InlineData("claude-sonnet-4-5-20250929", 3)]
    [InlineData("anthropic/claude-haiku-4-5", 1)]
    [InlineData("CLAUDE-OPUS-5-5", 4)]
    [InlineData("gpt-5.6-sol-2026-10-01", 4)]
    public void A_model_is_found_by_the_longest_id_that_begins_its_own(string model, double input)
    {
        Assert.True(PriceTable.Default.TryFind(model, out ModelPrices? prices));
        Assert.Equal(input, prices.Input);
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("claude")]
    [InlineData("gpt-5.6-solitaire")]
    public void An_unknown_model_has_no_prices(string? model) => Assert.False(PriceTable.Default.TryFind(model, out _));

    [Fact]
    public void A_users_table_goes_before_the_shipped_one()
    {
        PriceTable mine = PriceTable.Parse("""{"asOf":"2027-01-01","models":{"claude-sonnet-5":{"input":9,"cacheWrite":9,"cacheRead":1,"output":9},"house":{"input":1,"cacheWrite":1,"cacheRead":1,"output":1}}}""");
        PriceTable both = PriceTable.Default.With(mine);
        Assert.True(both.TryFind("claude-sonnet-5", out ModelPrices? changed) && both.TryFind("house", out _) && both.TryFind("gpt-6-sol", out _));
        Assert.Equal(9, changed.Input);
        Assert.Equal(new DateOnly(2027, 1, 1), both.AsOf);
    }

    [Theory]
    [InlineData("[]", "object")]
    [InlineData("{", "valid JSON")]
    [InlineData("{}", "asOf")]
    [InlineData("""{"asOf":"yesterday","models":{}}""", "asOf")]
    [InlineData("""{"asOf":"2026-01-01"}""", "models")]
    [InlineData("""{"asOf":"2026-01-01","models":{"m":3}}""", "\"m\"")]
    [InlineData("""{"asOf":"2026-01-01","models":{"m":{"input":1,"cacheWrite":1,"cacheRead":"x","output":1}}}""", "cacheRead")]
    [InlineData("""{"asOf":"2026-01-01","models":{"m":{"input":0,"cacheWrite":1,"cacheRead":1,"output":1}}}""", "\"m\"")]
    public void A_bad_table_is_refused_with_the_name_of_what_is_wrong(string json, string named) =>
        Assert.Contains(named, Assert.Throws<FormatException>(() => PriceTable.Parse(json)).Message);
}
