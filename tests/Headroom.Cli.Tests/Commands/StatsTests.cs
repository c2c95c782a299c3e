using System.Text;
using Headroom.Cli.Stats;

namespace Headroom.Cli.Tests.Commands;

public sealed class StatsTests
{
    [Theory]
    [InlineData("""[]""", "tokens of whole wire; dollars modelled with prices of 2026-10-27")]
    [InlineData("""["o200k_base"]""", "tokens of whole wire, counted by o200k_base; dollars modelled with prices of 2026-10-27")]
    public void What_counted_the_tokens_is_named_once_there_are_any(string counters, string said) =>
        Assert.Equal(said, ProxyStats.Parse(Encoding.UTF8.GetBytes($$"""{"proxy":{"name":"headroom","started":"2026-11-27T14:00:17Z"},"pricesAsOf":"2026-10-27","counters":{{counters}}}"""), "whole-wire").Counted);
}
