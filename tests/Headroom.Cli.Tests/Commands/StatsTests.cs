using System.Text;
using Headroom.Cli.Stats;
using Spectre.Console;

namespace Headroom.Cli.Tests.Commands;

public sealed class StatsTests
{
    [Theory]
    [InlineData("""[]""", "tokens of whole wire; dollars modelled with prices of 2026-10-27")]
    [InlineData("""["o200k_base"]""", "tokens of whole wire, counted by o200k_base; dollars modelled with prices of 2026-10-27")]
    public void What_counted_the_tokens_is_named_once_there_are_any(string counters, string said) =>
        Assert.Equal(said, ProxyStats.Parse(Encoding.UTF8.GetBytes($$"""{"proxy":{"name":"headroom","started":"2026-11-27T14:00:17Z"},"pricesAsOf":"2026-10-27","counters":{{counters}}}"""), "whole-wire").Counted);

    [Theory]
    [InlineData(60)]
    [InlineData(80)]
    [InlineData(120)]
    public void Tables_fit_the_terminal_and_no_number_is_broken(int width)
    {
        ProxyStats stats = ProxyStats.Parse(
            """
            {"proxy":{"name":"headroom","version":"0.1.0","mode":"balanced","started":"2026-11-27T14:00:17Z"},"pricesAsOf":"2026-10-27","counters":["o200k_base"],
            "total":{"requests":212,"wholeWire":{"before":1842933,"after":1044758,"sent":1047250}},
            "sessions":[{"name":"scf5jbd957ds","model":"claude-sonnet-4-5-20260101","requests":212,"wholeWire":{"before":1842933,"after":1044758,"sent":1047250}}],
            "kinds":[{"kind":"log","items":12,"changed":9,"before":120385,"after":6691}]}
            """u8.ToArray(), "whole-wire");
        using var written = new StringWriter();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(written), Ansi = AnsiSupport.No });
        console.Profile.Width = width;
        StatsTable.Write(console, stats);
        string[] lines = written.ToString().Split('\n');
        Assert.All(lines, l => Assert.True(l.Length <= width, l));
        foreach (string figure in (string[])["1,842,933", "798,175", "43.2 %", "scf5jbd957ds", "120,385", "94.4 %"]) Assert.Contains(lines, l => l.Contains(figure, StringComparison.Ordinal));
    }
}
