using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace Headroom.Cli.Proxy;

/// <summary>The tool as its users run it: a process, asked with curl and with <c>headroom stats</c>.</summary>
public sealed class ToolTests : IDisposable
{
    private const string Token = "0123456789abcdef";

    private readonly string _folder = Directory.CreateTempSubdirectory("headroom-proxy-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_proxy_starts_serves_is_found_and_stops()
    {
        await using FakeProvider provider = FakeProvider.OfJson("""{"id":"i","type":"message","model":"claude-sonnet-5","content":[],"usage":{"input_tokens":10,"cache_read_input_tokens":90,"output_tokens":5}}""");
        using Process proxy = Start("proxy", "--port", "0", "--upstream", provider.Url, "--token", Token);
        string line = (await proxy.StandardError.ReadLineAsync())!;
        Assert.StartsWith("headroom: proxy on http://127.0.0.1:", line, StringComparison.Ordinal);
        string url = line[line.IndexOf("http", StringComparison.Ordinal)..line.IndexOf(',', StringComparison.Ordinal)], port = url[(url.LastIndexOf(':') + 1)..];

        string state = Path.Combine(_folder, "data", "headroom", "proxy", port + ".json");
        JsonElement found = JsonDocument.Parse(await File.ReadAllTextAsync(state)).RootElement;
        Assert.Equal((url, Token, proxy.Id), (found.GetProperty("address").GetString(), found.GetProperty("token").GetString(), found.GetProperty("pid").GetInt32()));
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(state)); // it holds the token

        string body = Samples.Messages(Samples.LongLog, Samples.MessagesTool());
        string request = Path.Combine(_folder, "body.json");
        await File.WriteAllTextAsync(request, body);
        Assert.Equal("200", await CurlAsync("-o", "/dev/null", "-w", "%{http_code}", "-H", "Content-Type: application/json", "-H", $"X-Headroom-Token: {Token}", "--data-binary", "@" + request, url + "/v1/messages"));
        string cut = Samples.ResultIn(provider.LastBody);
        Assert.StartsWith("[headroom ", cut, StringComparison.Ordinal);
        Assert.Equal("401", await CurlAsync("-o", "/dev/null", "-w", "%{http_code}", "--data-binary", "@" + request, url + "/v1/messages"));

        ToolRun retrieved = await RunAsync("retrieve", cut.Split(' ', ':')[1]);
        Assert.Equal((0, Samples.LongLog), (retrieved.ExitCode, retrieved.Output)); // from the store the proxy wrote to

        ToolRun table = await RunAsync("stats", "--port", port);
        Assert.Equal(0, table.ExitCode);
        Assert.Matches("(?m)^ *total +1 +[0-9,]+ +[0-9,]+ +[0-9,]+ +[0-9,]+ +[0-9.]+ % +90.0 % +\\$", table.Output);
        Assert.Matches("(?m)^ *log +1 +1 ", table.Output);
        Assert.DoesNotContain("\u001b", table.Output, StringComparison.Ordinal); // no colour where nobody looks at a screen
        ToolRun csv = await RunAsync("stats", "--port", port, "--csv", "--of", "touched-items");
        string[][] rows = [.. csv.Output.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Select(r => r.Split(','))];
        Assert.Equal(["scope", "total", "session", "kind"], rows.Select(r => r[0]));
        Assert.All(rows, r => Assert.Equal(rows[0].Length, r.Length));
        ToolRun json = await RunAsync("stats", "--url", url, "--token", Token, "--json");
        Assert.Equal("headroom", JsonDocument.Parse(json.Output).RootElement.GetProperty("proxy").GetProperty("name").GetString());
        Assert.Contains("wants its token", (await RunAsync("stats", "--url", url)).Talk, StringComparison.Ordinal);

        ToolRun second = await RunAsync("proxy", "--port", port);
        Assert.Equal(ExitCodes.CannotConnect, second.ExitCode);
        Assert.Contains("cannot listen on 127.0.0.1:" + port, second.Talk, StringComparison.Ordinal);

        if (OperatingSystem.IsWindows()) return;
        using (Process kill = Process.Start("kill", ["-TERM", proxy.Id.ToString(null, null)])) await kill.WaitForExitAsync();
        Assert.True(proxy.WaitForExit(60_000), "the proxy did not stop");
        Assert.Equal(ExitCodes.Success, proxy.ExitCode);
        Assert.False(File.Exists(state));
        ToolRun gone = await RunAsync("stats", "--port", port);
        Assert.Equal((ExitCodes.CannotConnect, ""), (gone.ExitCode, gone.Output));
        Assert.Contains("no proxy answers", gone.Talk, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_breaks_the_prompt_cache_is_in_its_log_once_and_in_the_doctor()
    {
        await using FakeProvider provider = FakeProvider.OfJson("""{"id":"i","type":"message","model":"claude-sonnet-5","content":[],"usage":{"input_tokens":10,"output_tokens":5}}""");
        using Process proxy = Start("proxy", "--port", "0", "--upstream", provider.Url);
        try
        {
            string line = (await proxy.StandardError.ReadLineAsync())!, url = line[line.IndexOf("http", StringComparison.Ordinal)..line.IndexOf(',', StringComparison.Ordinal)];
            using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri(url) };
            for (int minute = 10; minute < 13; minute++)
            {
                string system = $"\"system\":\"It is 2026-11-22T10:{minute}:12Z. Be brief.\",";
                using var content = new StringContent(Samples.Messages("nothing found", system), Encoding.UTF8, "application/json");
                (await client.PostAsync(new Uri("/v1/messages", UriKind.Relative), content)).Dispose();
                for (int i = 0; i < 600 && !(await StatsAsync()).Contains($"\"requests\":{minute - 9},\"retrievalRounds", StringComparison.Ordinal); i++) await Task.Delay(50); // in order
            }

            string said = (await proxy.StandardError.ReadLineAsync())!;
            Assert.Contains("the prompt cache breaks within conversation", said, StringComparison.Ordinal);
            ToolRun doctor = await RunAsync("doctor", "--offline");
            Assert.Equal(0, doctor.ExitCode);
            Assert.Contains($"{url}: a date and time in the instructions, character 6: it is likely to differ next time", doctor.Output, StringComparison.Ordinal);
            Assert.Contains($"{url}: the instructions, character 21: a date and time in it changed, in 2 requests; up to", doctor.Output, StringComparison.Ordinal);
            Assert.DoesNotContain("2026-11-22T", said + doctor.Output, StringComparison.Ordinal);

            Task<string> StatsAsync() => client.GetStringAsync(new Uri("/headroom/stats", UriKind.Relative));
        }
        finally
        {
            proxy.Kill();
        }
    }

    [Theory]
    [InlineData("lets others in", "--bind", "0.0.0.0")]
    [InlineData("lets others in", "--bind", "::")]
    [InlineData("must be an address", "--bind", "localhost")]
    [InlineData("16 characters or more", "--token", "short")]
    [InlineData("16 characters or more", "--token", "0123456789abcdef/")]
    [InlineData("from 0 to 65535", "--port", "65536")]
    [InlineData("give it alone", "--upstream", "http://a", "--upstream-openai", "http://b")]
    [InlineData("lossless never does", "--mode", "lossless", "--context-window", "50000")]
    [InlineData("ends with /v1", "--upstream-openai", "http://b/v1")]
    [InlineData("is not understood", "--route", "x")]
    [InlineData("is this proxy itself", "--port", "8799", "--upstream", "http://localhost:8799/")]
    [InlineData("1 to 1,024 MB", "--max-body", "0")]
    public async Task A_command_line_that_makes_no_sense_is_refused_with_what_to_do(string says, params string[] arguments)
    {
        ToolRun run = await RunAsync(["proxy", .. arguments]);
        Assert.Equal(ExitCodes.Usage, run.ExitCode);
        Assert.Contains(says, run.Talk, StringComparison.Ordinal);
    }

    private sealed record ToolRun(int ExitCode, string Output, string Talk);

    private async Task<ToolRun> RunAsync(params string[] arguments)
    {
        using Process process = Start(arguments);
        Task<string> output = process.StandardOutput.ReadToEndAsync(), talk = process.StandardError.ReadToEndAsync();
        Assert.True(process.WaitForExit(120_000), "the tool did not end");
        return new ToolRun(process.ExitCode, await output, await talk);
    }

    private Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, StandardOutputEncoding = Encoding.UTF8, WorkingDirectory = _folder };
        foreach (string argument in (IEnumerable<string>)["exec", Path.Combine(AppContext.BaseDirectory, "headroom.dll"), .. arguments]) start.ArgumentList.Add(argument);
        start.Environment["XDG_DATA_HOME"] = Path.Combine(_folder, "data");
        return Process.Start(start)!;
    }

    private static async Task<string> CurlAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("curl") { RedirectStandardOutput = true };
        foreach (string argument in (IEnumerable<string>)["--silent", "--noproxy", "*", .. arguments]) start.ArgumentList.Add(argument);
        using Process curl = Process.Start(start)!;
        string output = await curl.StandardOutput.ReadToEndAsync();
        await curl.WaitForExitAsync();
        return output;
    }
}
