using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Headroom.Cli.Audit;
using Headroom.Cli.Audit.Reports.Page;
using Headroom.Cli.Tests.Audit;

namespace Headroom.Cli.Tests.Commands;

/// <summary>Opens the page of an audit in a real browser, on a light and a dark screen and on a phone.</summary>
public sealed partial class AuditPageInBrowserTests : IDisposable
{
    /// <summary>Debian's, and the one that is ready on hosted build machines.</summary>
    private static readonly string[] s_browsers = ["/usr/bin/chromium", "/usr/bin/google-chrome"];

    private readonly string _folder = Directory.CreateTempSubdirectory("headroom-page-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [BrowserTheory]
    [InlineData(1_200, false)]
    [InlineData(1_200, true)]
    [InlineData(500, false)] // no narrower window is to be had
    public async Task The_page_shows_its_plots_and_the_browser_complains_of_nothing(int width, bool isDark)
    {
        AuditReport report = await AuditRun.Report(new AuditOptions(), "claude-code-session.jsonl", "codex-rollout.jsonl", "chat-requests.jsonl");
        // The page itself runs no script, so a copy that may measures what the browser made of it.
        string page = AuditPage.Write(report);
        string measured = page.Replace("style-src 'unsafe-inline'", "script-src 'unsafe-inline'; style-src 'unsafe-inline'", StringComparison.Ordinal)
            .Replace("</body>", "<script>" + Measure + "</script></body>", StringComparison.Ordinal);
        (string dom, string console) = Open(measured, width, isDark, "--dump-dom");
        Assert.DoesNotContain("CONSOLE", console, StringComparison.Ordinal);
        Match found = Measured().Match(dom);
        Assert.True(found.Success, "the browser did not measure the page: " + dom[..Math.Min(dom.Length, 500)]);
        string[] plots = found.Groups["plots"].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["kinds", "heaviest", .. report.Conversations.Select((_, i) => $"turns-{i + 1}")], plots.Select(p => p.Split(':')[0]));
        foreach (string plot in plots)
        {
            int[] size = [.. plot.Split(':')[1].Split('x').Select(n => int.Parse(n, CultureInfo.InvariantCulture))];
            Assert.True(size[0] >= 300 && size[1] >= 100 && size[2] >= 4, plot); // wide, high, and so many shapes that can be seen
        }

        Assert.InRange(int.Parse(found.Groups["wide"].Value, CultureInfo.InvariantCulture), 1, width); // nothing makes the page scroll sideways
        Assert.Equal(isDark ? "rgb(20, 24, 28)" : "rgb(251, 251, 249)", found.Groups["background"].Value);
    }

    [BrowserFact]
    public async Task The_page_as_written_can_be_drawn_and_the_browser_complains_of_nothing()
    {
        string picture = Path.Combine(_folder, "page.png");
        string page = AuditPage.Write(await AuditRun.Report(new AuditOptions(), "claude-code-session.jsonl"));
        (_, string console) = Open(page, 1_200, isDark: false, "--screenshot=" + picture);
        Assert.DoesNotContain("CONSOLE", console, StringComparison.Ordinal);
        Assert.True(new FileInfo(picture).Length > 20_000, "the picture is as good as empty");
    }

    /// <summary>Width, height and visible shapes of every plot; how wide the page is; its background.</summary>
    private const string Measure =
        """
        const plots = [...document.querySelectorAll('svg')].map(s => { const b = s.getBoundingClientRect();
          const shapes = [...s.querySelectorAll('rect,path,line')].filter(e => { const r = e.getBoundingClientRect(); return r.width > 0.5 || r.height > 0.5; }).length;
          return `${s.id}:${Math.round(b.width)}x${Math.round(b.height)}x${shapes}`; }).join(' ');
        document.body.setAttribute('data-measured', `plots=${plots}; wide=${document.documentElement.scrollWidth}; background=${getComputedStyle(document.body).backgroundColor}`);
        """;

    [GeneratedRegex("data-measured=\"plots=(?<plots>[^;]*); wide=(?<wide>[0-9]+); background=(?<background>[^\"]*)\"")]
    private static partial Regex Measured();

    private (string Output, string Console) Open(string page, int width, bool isDark, string what)
    {
        string file = Path.Combine(_folder, "page.html");
        File.WriteAllText(file, page);
        var start = new ProcessStartInfo(Array.Find(s_browsers, File.Exists) ?? s_browsers[0]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in new[]
        {
            "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
            "--hide-scrollbars", "--enable-logging=stderr", "--log-level=0", $"--user-data-dir={Path.Combine(_folder, "profile")}", $"--window-size={width},1000",
            $"--blink-settings=preferredColorScheme={(isDark ? 0 : 1)}", what, new Uri(file).AbsoluteUri,
        }) start.ArgumentList.Add(argument);
        using Process browser = Process.Start(start)!;
        Task<string> output = browser.StandardOutput.ReadToEndAsync(), console = browser.StandardError.ReadToEndAsync();
        Assert.True(browser.WaitForExit(120_000), "the browser did not end");
        return (output.Result, console.Result);
    }

    /// <summary>Why a test that needs the browser is not run; <see langword="null"/> where it is. In CI it must be there.</summary>
    private static string? WhyNot => Array.Exists(s_browsers, File.Exists) || Environment.GetEnvironmentVariable("CI") == "true" ? null : "needs /usr/bin/chromium; to run this test: apt-get install chromium";

    private sealed class BrowserFactAttribute : FactAttribute
    {
        public BrowserFactAttribute() => Skip = WhyNot;
    }

    private sealed class BrowserTheoryAttribute : TheoryAttribute
    {
        public BrowserTheoryAttribute() => Skip = WhyNot;
    }
}
