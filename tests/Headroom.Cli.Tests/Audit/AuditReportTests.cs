using System.Text;
using System.Text.Json;
using System.Xml;
using System.Xml.Linq;
using Headroom.Cli.Audit;
using Headroom.Cli.Audit.Reports;
using Headroom.Cli.Audit.Reports.Page;
using Headroom.Cli.Tests.Transcripts;
using Spectre.Console;

namespace Headroom.Cli.Tests.Audit;

public sealed class AuditReportTests
{
    private const string Hostile = "<img src=x onerror=alert(1)>\"'&\u001b[31m\u202e</script>\ud800";

    private static readonly string[] s_all = [.. Directory.GetFiles(TestTranscripts.PathOf("")).Select(f => Path.GetFileName(f)!).Where(f => f != "README.md").Order(StringComparer.Ordinal)];

    private static async Task<AuditReport> HostileReport()
    {
        ConversationAudit audit = await AuditRun.Of(
            new AuditOptions(), AuditRun.User("hi"), AuditRun.Call("c", Hostile, "{}"), AuditRun.Result("c", "SECRET CONTENT of a result"), AuditRun.Answer("SECRET ANSWER")[..^1] + ",\"model\":" + JsonSerializer.Serialize(Hostile) + "}");
        return new AuditReport(new AuditOptions(), 10, [new FileAudit("/home/" + Hostile + ".jsonl") { Conversations = [audit] }]);
    }

    [Fact]
    public async Task Totals_are_the_sums_of_the_conversations()
    {
        AuditReport report = await AuditRun.Report(new AuditOptions(), s_all);
        Assert.Equal(report.Conversations.Sum(c => c.Audit.Figures.WholeWire.Before), report.Figures.WholeWire.Before);
        Assert.Equal(report.Conversations.Sum(c => c.Audit.Turns.Count), report.Requests);
        Assert.Equal(report.ByKind.Sum(g => g.WireSaved), report.ByTool.Sum(g => g.WireSaved));
        Assert.Equal(report.Conversations.Where(c => c.Audit.Cost.IsPriced).Sum(c => c.Audit.Cost.Without), report.Priced!.Without, 9);
        Assert.Equal(report.Items.Max(i => i.Item.WireBefore), report.Heaviest[0].Item.WireBefore);
        Assert.True(Math.Abs(report.Cache.Error!.Value) < 0.02); // the usage in these files was worked out from the same rules
    }

    [Fact]
    public async Task The_same_files_give_the_same_report()
    {
        byte[] Json(AuditReport report)
        {
            using var stream = new MemoryStream();
            AuditJson.Write(stream, report);
            return stream.ToArray();
        }

        Assert.Equal(Json(await AuditRun.Report(new AuditOptions(), s_all)), Json(await AuditRun.Report(new AuditOptions(), s_all)));
    }

    [Fact]
    public async Task The_page_is_well_formed_and_nothing_in_a_name_becomes_markup()
    {
        string page = AuditPage.Write(await HostileReport());
        Assert.DoesNotContain("<img", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("\u001b", page, StringComparison.Ordinal);
        Assert.DoesNotContain("\u202e", page, StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET", page, StringComparison.Ordinal);
        Assert.Contains("&lt;img src=x onerror=alert(1)&gt;&quot;&#39;&amp;", page, StringComparison.Ordinal);
        // But for the void elements of the head it is XML too, so a tag that is not closed shows.
        string body = page[page.IndexOf("<body>", StringComparison.Ordinal)..page.IndexOf("</html>", StringComparison.Ordinal)].Replace("<br>", "", StringComparison.Ordinal);
        XElement read = XElement.Load(XmlReader.Create(new StringReader(body), new XmlReaderSettings { CheckCharacters = false }));
        foreach (XElement svg in read.Descendants("svg"))
        {
            string[] ids = svg.Attribute("aria-labelledby")!.Value.Split(' ');
            Assert.Equal(ids, svg.Elements().Take(2).Select(e => e.Attribute("id")!.Value));
            Assert.Equal("img", svg.Attribute("role")!.Value);
            Assert.Contains(svg.Ancestors("figure").Single().Descendants(), e => e.Name == "table"); // the same for who cannot see it
        }
    }

    [Fact]
    public async Task The_page_loads_nothing_and_runs_nothing()
    {
        string page = AuditPage.Write(await AuditRun.Report(new AuditOptions(), s_all));
        Assert.Contains("default-src 'none'", page, StringComparison.Ordinal);
        Assert.DoesNotContain("http://", page, StringComparison.Ordinal);
        Assert.DoesNotContain("https://", page, StringComparison.Ordinal);
        Assert.DoesNotContain("url(", page, StringComparison.Ordinal);
        Assert.DoesNotContain("@import", page, StringComparison.Ordinal);
        Assert.DoesNotContain("port 5433", page, StringComparison.Ordinal); // a text of the conversation
    }

    [Theory]
    [InlineData(60)]
    [InlineData(80)]
    [InlineData(120)]
    public async Task Tables_fit_the_terminal_and_names_cannot_steer_it(int width)
    {
        foreach (AuditReport report in new[] { await HostileReport(), await AuditRun.Report(new AuditOptions(), s_all) })
        {
            using var writer = new StringWriter();
            IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Out = new AnsiConsoleOutput(writer) });
            console.Profile.Width = width;
            AuditText.Write(console, report);
            string text = writer.ToString();
            Assert.DoesNotContain("\u001b", text, StringComparison.Ordinal);
            Assert.DoesNotContain("\u202e", text, StringComparison.Ordinal);
            Assert.All(text.Split('\n'), line => Assert.True(line.TrimEnd('\r').Length <= width && line == line.TrimEnd(' '), line));
        }
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(7, 8)]
    [InlineData(36_600, 40_000)]
    [InlineData(58_000, 60_000)]
    [InlineData(90_000_000, 100_000_000)]
    public void An_axis_ends_at_a_round_number_above_all(double largest, double top)
    {
        var axis = new Axis(largest);
        Assert.Equal(top, axis.Top, 6);
        Assert.InRange(axis.Ticks.Count(), 2, 6);
    }

    [Fact]
    public void A_plot_of_ten_thousand_requests_stays_small()
    {
        AuditedTurn[] turns = [.. Enumerable.Range(1, 10_000).Select(i => new AuditedTurn { Number = i, Without = new(i, 10, 0), Sent = new(i / 2, 10, 0), Retrievals = 0, ModelledRead = 0 })];
        List<TurnStep> steps = TurnChart.Steps(turns);
        Assert.InRange(steps.Count, 300, 360);
        Assert.Equal((1, 10_000), (steps[0].First, steps[^1].Last));
        Assert.True(Encoding.UTF8.GetByteCount(TurnChart.Draw("t", "t", steps, []).ToString()) < 60_000);
    }
}
