using Headroom.Evals;

namespace Headroom.Economics;

/// <summary>How recorded usage is replayed, by the same code as the eval <c>cache-model</c>.</summary>
public sealed class RecordedSeriesTests
{
    private const string Header = "series,model,opens,seconds,uncached,read,written,output\n";

    private static IEnumerable<(CacheUsage Modelled, CacheUsage Reported)> Replay(string csv) =>
        from series in RecordedSeries.Parse(csv)
        from pair in new PrefixCacheModel(CacheRules.For(series.Model), ModelPrices.Typical).Replay(series.AsPrompts()).Zip(series.Requests)
        select (pair.First.Usage, pair.Second.Reported);

    [Fact]
    public void A_series_in_which_every_rule_shows_is_replayed_exactly()
    {
        const string Csv = Header + """
            a-1,claude-sonnet-4-5,session,0.0,900,0,0,10
            a-1,claude-sonnet-4-5,,4.5,0,0,2000,10
            a-1,claude-sonnet-4-5,,9.0,0,2000,500,10
            a-1,claude-sonnet-4-5,,309.0,0,2500,0,10
            a-1,claude-sonnet-4-5,,610.0,0,0,2600,10
            a-1,claude-sonnet-4-5,,615.0,0,0,1500,10
            a-1,claude-sonnet-4-5,,620.0,0,1500,30,10
            b,claude-opus-4-5-20251101,series,0.0,0,0,5000,10
            b,claude-opus-4-5-20251101,,1.0,0,5000,1,10
            """;

        Assert.All(Replay(Csv), r => Assert.Equal(r.Reported, r.Modelled));
        Assert.Equal(["a-1", "b"], RecordedSeries.Parse(Csv).Select(s => s.Name));
        Assert.Equal([true, false], RecordedSeries.Parse(Csv).Select(s => s.OpensSession));
    }

    [Fact]
    public void Automatic_caches_are_replayed_in_their_increments()
    {
        const string Csv = Header + """
            a,gpt-5.1-codex,session,0.0,10334,0,0,43
            a,gpt-5.1-codex,,3.0,1622,10240,0,109
            a,gpt-5.1-codex,,5.0,1566,12416,0,52
            """;

        Assert.Equal([0, 10_240, 11_776], Replay(Csv).Select(r => r.Modelled.CachedRead));
    }
}
