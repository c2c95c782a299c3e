using System.Diagnostics;

namespace Headroom.Cli.Proxy.Figures;

/// <summary>Opens the live page in a real browser.</summary>
public sealed class PageInBrowserTests : IDisposable
{
    /// <summary>Debian's, and the one that is ready on hosted build machines.</summary>
    private static readonly string[] s_browsers = ["/usr/bin/chromium", "/usr/bin/google-chrome"];

    private readonly string _folder = Directory.CreateTempSubdirectory("headroom-live-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [BrowserTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_page_shows_the_figures_and_the_browser_complains_of_nothing(bool withToken)
    {
        const string Token = "0123456789abcdef";
        await using FakeProvider provider = FakeProvider.OfJson("""{"id":"i","type":"message","model":"claude-<b>sonnet</b>","content":[],"usage":{"input_tokens":10,"cache_read_input_tokens":90,"output_tokens":5}}""");
        await using RunningTestProxy proxy = await RunningTestProxy.StartAsync(new ProxySettings { Upstreams = Upstreams.Of(provider.Url, null, null, []), Token = withToken ? Token : null });
        string begin = withToken ? "/headroom/token/" + Token : "";
        (await proxy.PostAsync(begin + "/v1/messages", Samples.Messages(Samples.Rows).Replace("claude-sonnet-5", "claude-<b>sonnet</b>", StringComparison.Ordinal))).Dispose();
        (string dom, string console) = Open($"{proxy.Url}{begin}/headroom", "--virtual-time-budget=8000", "--dump-dom"); // by way of the redirect
        Assert.DoesNotContain("CONSOLE", console, StringComparison.Ordinal);
        Assert.Contains("claude-&lt;b&gt;sonnet&lt;/b&gt;", dom, StringComparison.Ordinal); // a name is text, not markup
        Assert.Contains("""<b id="cached">90.0 %</b>""", dom, StringComparison.Ordinal);
        Assert.Contains("<td>json</td><td>1</td><td>1</td>", dom, StringComparison.Ordinal);
        Assert.Contains("1 rewritten, whole", dom, StringComparison.Ordinal);
        Assert.DoesNotContain("""<b id="net">0</b>""", dom, StringComparison.Ordinal);
    }

    private (string Output, string Console) Open(string url, params string[] more)
    {
        var start = new ProcessStartInfo(Array.Find(s_browsers, File.Exists) ?? s_browsers[0]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in (IEnumerable<string>)
        [
            "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
            "--no-proxy-server", "--enable-logging=stderr", "--log-level=0", $"--user-data-dir={Path.Combine(_folder, "profile")}", "--window-size=1200,1000", .. more, url,
        ]) start.ArgumentList.Add(argument);
        using Process browser = Process.Start(start)!;
        Task<string> output = browser.StandardOutput.ReadToEndAsync(), console = browser.StandardError.ReadToEndAsync();
        Assert.True(browser.WaitForExit(120_000), "the browser did not end");
        return (output.Result, console.Result);
    }

    private sealed class BrowserTheoryAttribute : TheoryAttribute
    {
        /// <summary>In CI it must be there.</summary>
        public BrowserTheoryAttribute() => Skip = Array.Exists(s_browsers, File.Exists) || Environment.GetEnvironmentVariable("CI") == "true" ? null : "needs /usr/bin/chromium; to run this test: apt-get install chromium";
    }
}
