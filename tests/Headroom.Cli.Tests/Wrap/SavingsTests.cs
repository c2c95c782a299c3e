using System.Text;
using Headroom.Cli.Wrap;

namespace Headroom.Cli.Tests.Wrap;

/// <summary>The line at the end says what was sent while the agent ran, and nothing that did not happen.</summary>
public sealed class SavingsTests
{
    [Fact]
    public void It_says_what_was_sent_since() => Assert.Equal(
        "2 requests: 1,500 tokens were sent instead of 2,000 (25.0 % less), the whole wire counted with o200k_base.",
        Savings.LineOf(Stats(3, 1_000, 900), Stats(5, 3_000, 2_400)));

    [Fact]
    public void It_hides_no_loss() => Assert.Equal(
        "1 request: 1,100 tokens were sent instead of 1,000 (10.0 % more), the whole wire counted with o200k_base.",
        Savings.LineOf(null, Stats(1, 1_000, 1_100)));

    [Fact]
    public void It_says_what_would_have_been() => Assert.Contains(" would have been sent ", Savings.LineOf(null, Stats(1, 10, 5, "true")), StringComparison.Ordinal);

    [Fact]
    public void Without_requests_or_figures_there_is_none()
    {
        Assert.Null(Savings.LineOf(null, null));
        Assert.Null(Savings.LineOf(null, Stats(0, 0, 0)));
        Assert.Null(Savings.LineOf(Stats(4, 10, 10), Stats(4, 10, 10)));
        Assert.Null(Savings.LineOf(null, "no json"u8.ToArray()));
    }

    private static byte[] Stats(int requests, int before, int sent, string shadow = "false") => Encoding.UTF8.GetBytes(
        $$$"""{"proxy":{"name":"headroom","shadow":{{{shadow}}}},"counters":["o200k_base"],"total":{"requests":{{{requests}}},"wholeWire":{"before":{{{before}}},"sent":{{{sent}}} } } }""");
}
