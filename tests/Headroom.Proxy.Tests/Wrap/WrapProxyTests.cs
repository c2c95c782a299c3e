using System.Diagnostics;
using System.Text.Json;
using Headroom.Cli.Tests;

namespace Headroom.Cli.Proxy.Wrap;

/// <summary>Which proxy an agent is given: one of the user's own that does what is wanted, or one that ends with the agent; never two in a row, never a stranger's.</summary>
public sealed class WrapProxyTests : IDisposable
{
    /// <summary>Says who answers at the base URL.</summary>
    private const string Who = "curl --silent --noproxy '*' $ANTHROPIC_BASE_URL/headroom/health";

    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    [UnixFact]
    public async Task Requests_become_smaller_and_the_savings_are_said_when_the_agent_has_ended()
    {
        await using FakeProvider provider = FakeProvider.OfJson("""{"id":"i","type":"message","model":"claude-sonnet-5","content":[],"usage":{"input_tokens":10,"output_tokens":5}}""");
        _tool.Environment["ANTHROPIC_BASE_URL"] = provider.Url;
        string body = _tool.WriteFile("body.json", Samples.Messages(Samples.Rows));
        string[] agent = ["--", "sh", "-c", $"curl --silent --output /dev/null --write-out '%{{http_code}}' --noproxy '*' -H 'Content-Type: application/json' --data-binary @{body} $ANTHROPIC_BASE_URL/v1/messages"];
        ToolResult run = _tool.Run("", ["wrap", "--port", "0", .. agent]).Ended(0);
        Assert.Equal("200", run.Text);
        Assert.True(provider.LastBody.Length < new FileInfo(body).Length);
        Assert.Matches(@"^headroom: 1 request: [0-9,]+ tokens were sent instead of [0-9,]+ \([0-9.]+ % less\), the whole wire counted with o200k_base\.\n$", run.Talk);
        Assert.Equal("", _tool.Run("", ["wrap", "--port", "0", "--quiet", .. agent]).Ended(0).Talk);
        Assert.Contains(" tokens would have been sent ", _tool.Run("", ["wrap", "--port", "0", "--shadow", .. agent]).Ended(0).Talk, StringComparison.Ordinal);
        Assert.Equal(await File.ReadAllTextAsync(body), provider.LastBody);
    }

    [UnixFact]
    public async Task A_store_that_cannot_be_used_is_said_when_the_agent_has_ended()
    {
        await using FakeProvider provider = FakeProvider.OfJson("{}");
        _tool.Environment["ANTHROPIC_BASE_URL"] = provider.Url;
        string body = _tool.WriteFile("body.json", Samples.Messages(Samples.LongLog, Samples.MessagesTool()));
        ToolResult run = _tool.Run("", "wrap", "--port", "0", "--store", Path.Combine(body, "store.db"), "--", "sh", "-c",
            $"curl --silent --output /dev/null --noproxy '*' -H 'Content-Type: application/json' --data-binary @{body} $ANTHROPIC_BASE_URL/v1/messages; echo the agent has ended >&2").Ended(0);
        Assert.StartsWith("the agent has ended\nheadroom: originals cannot be kept, so nothing is cut.", run.Talk, StringComparison.Ordinal);
    }

    [UnixFact]
    public async Task A_proxy_of_the_user_that_does_what_is_wanted_is_used_and_lives_on()
    {
        await using FakeProvider provider = FakeProvider.OfJson("{}");
        await using UserProxy proxy = await UserProxy.StartAsync(_tool, "--upstream", provider.Url, "--token", "0123456789abcdef");
        (_tool.Environment["ANTHROPIC_BASE_URL"], _tool.Environment["OPENAI_BASE_URL"]) = (provider.Url, provider.Url + "/v1");
        string body = _tool.WriteFile("body.json", Samples.Messages(Samples.Rows));
        string curl = $"curl --silent --output /dev/null --noproxy '*' -H 'Content-Type: application/json' --data-binary @{body} $ANTHROPIC_BASE_URL/v1/messages";
        ToolResult run = _tool.Run("", "wrap", "--port", proxy.Port, "--", "sh", "-c", $"{Who}; {curl}; {curl}; {Counted(2)}").Ended(0);
        Assert.Equal(proxy.Id, JsonDocument.Parse(run.Text).RootElement.GetProperty("pid").GetInt32());
        Assert.StartsWith("headroom: 2 requests: ", run.Talk, StringComparison.Ordinal);
        ToolResult second = _tool.Run("", "wrap", "--port", proxy.Port, "--", "sh", "-c", $"{curl}; {Counted(3)}").Ended(0);
        Assert.StartsWith("headroom: 1 request: ", second.Talk, StringComparison.Ordinal); // only its own
        ToolResult dry = _tool.Run("", "wrap", "--port", proxy.Port, "--dry-run", "--", "true").Ended(0);
        Assert.Contains(", which runs already\n", dry.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("0123456789abcdef", dry.Text, StringComparison.Ordinal);

        static string Counted(int requests) => $"until curl --silent --noproxy '*' $ANTHROPIC_BASE_URL/headroom/stats | grep -q '\"requests\":{requests}[,}}]'; do sleep 0.05; done";
    }

    [UnixFact]
    public async Task A_token_is_never_among_the_arguments_of_an_agent_which_everybody_on_the_machine_can_read()
    {
        const string Token = "0123456789abcdef";
        _tool.Environment["HOME"] = _tool.Folder;
        _tool.AddCommand("codex", "#!/bin/sh\necho \"$@\"\n");
        await using UserProxy proxy = await UserProxy.StartAsync(_tool, "--route", "/codex=https://chatgpt.com/backend-api/codex", "--token", Token);
        ToolResult run = _tool.Run("", "wrap", "--port", proxy.Port, "codex").Ended(0);
        Assert.Contains("openai_base_url=\"http://127.0.0.1:", run.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Token, run.Text, StringComparison.Ordinal);
        Assert.Contains($"port {proxy.Port} is taken", run.Talk, StringComparison.Ordinal); // so it has one of its own
    }

    [UnixFact]
    public async Task A_store_named_from_the_folder_at_hand_is_the_same_to_both()
    {
        await using UserProxy proxy = await UserProxy.StartAsync(_tool, "--store", "my.db");
        JsonElement health = JsonDocument.Parse(_tool.Run("", "wrap", "--port", proxy.Port, "--store", "my.db", "--", "sh", "-c", Who).Ended(0).Text).RootElement;
        Assert.Equal(Path.Combine(_tool.Folder, "my.db"), health.GetProperty("store").GetString());
        Assert.Equal(proxy.Id, health.GetProperty("pid").GetInt32());
    }

    [UnixTheory]
    [InlineData("--mode", "lossless")]
    [InlineData("--mode", "aggressive")]
    [InlineData("--shadow", "--quiet")]
    [InlineData("--context-window", "50000")]
    [InlineData("--store", "other.db")]
    public async Task A_proxy_that_does_something_else_is_not_used(params string[] options)
    {
        await using UserProxy proxy = await UserProxy.StartAsync(_tool);
        ToolResult run = _tool.Run("", ["wrap", "--port", proxy.Port, .. options, "--", "sh", "-c", Who]).Ended(0);
        Assert.NotEqual(proxy.Id, JsonDocument.Parse(run.Text).RootElement.GetProperty("pid").GetInt32());
        Assert.StartsWith($"headroom: port {proxy.Port} is taken; the proxy is on ", run.Talk, StringComparison.Ordinal);
    }

    [UnixFact]
    public async Task A_proxy_to_another_provider_is_not_used()
    {
        await using UserProxy proxy = await UserProxy.StartAsync(_tool, "--upstream", "https://gateway.example");
        JsonElement health = JsonDocument.Parse(_tool.Run("", "wrap", "--port", proxy.Port, "--", "sh", "-c", Who).Ended(0).Text).RootElement;
        Assert.NotEqual(proxy.Id, health.GetProperty("pid").GetInt32());
        Assert.Equal("https://api.anthropic.com", health.GetProperty("upstreams")[0].GetProperty("address").GetString());
    }

    [UnixFact]
    public async Task A_file_older_than_the_process_it_names_is_that_of_a_proxy_that_ended_and_its_token_is_given_to_nobody()
    {
        await using FakeProvider stranger = FakeProvider.OfJson(Health(_tool.StoreFile));
        string file = Path.Combine(Directory.CreateDirectory(Path.Combine(_tool.Folder, "data", "headroom", "proxy")).FullName, $"{stranger.Port}.json");
        await File.WriteAllTextAsync(file, $$"""{"address":"{{stranger.Url}}","token":"0123456789abcdef","pid":{{Environment.ProcessId}}}""");
        File.SetLastWriteTimeUtc(file, new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        _tool.Run("", "wrap", "--port", $"{stranger.Port}", "--", "true").Ended(0);
        Assert.Empty(stranger.Requests);
        _tool.Run("", "stats", "--port", $"{stranger.Port}").Ended(ExitCodes.CannotConnect);
        Assert.DoesNotContain("0123456789abcdef", string.Concat(stranger.Requests.Select(r => r.Head)), StringComparison.Ordinal);
    }

    [UnixFact]
    public async Task What_answers_on_the_port_but_was_not_started_by_this_user_is_given_nothing()
    {
        // It says what a proxy of ours would say, to be given the agent's keys.
        await using FakeProvider stranger = FakeProvider.OfJson(Health(_tool.StoreFile));
        ToolResult run = _tool.Run("", "wrap", "--port", $"{stranger.Port}", "--", "sh", "-c", Who).Ended(0);
        Assert.Equal("sh", JsonDocument.Parse(run.Text).RootElement.GetProperty("wrap").GetString());
        Assert.Empty(stranger.Requests);
    }

    [UnixFact]
    public void A_wrap_in_a_wrap_uses_the_same_proxy_or_the_real_provider_but_never_two_in_a_row()
    {
        _tool.Environment["OPENAI_BASE_URL"] = "https://models.example/openai"; // goes by a route
        string headroom = $"dotnet exec '{Path.Combine(AppContext.BaseDirectory, "headroom.dll")}' wrap --port 0";
        string[] lines = _tool.Run("", "wrap", "--port", "0", "--", "sh", "-c", $"{Who}; echo $OPENAI_BASE_URL; {headroom} -- sh -c '{Who.Replace("'*'", "\"*\"", StringComparison.Ordinal)}; echo $OPENAI_BASE_URL'; {headroom} --mode aggressive -- sh -c '{Who.Replace("'*'", "\"*\"", StringComparison.Ordinal)}; echo $OPENAI_BASE_URL'").Ended(0).Lines;
        Assert.Equal(6, lines.Length);
        Assert.Equal((lines[0], lines[1]), (lines[2], lines[3])); // the very same
        JsonElement outer = JsonDocument.Parse(lines[0]).RootElement, other = JsonDocument.Parse(lines[4]).RootElement;
        Assert.NotEqual(outer.GetProperty("pid").GetInt32(), other.GetProperty("pid").GetInt32());
        Assert.Equal(outer.GetProperty("upstreams").GetRawText(), other.GetProperty("upstreams").GetRawText());
        Assert.Contains("https://models.example/openai", lines[4], StringComparison.Ordinal);
    }

    [UnixFact]
    public async Task Two_wraps_at_once_have_a_proxy_each_since_the_one_ends_before_the_other()
    {
        using var free = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        free.Start();
        string port = $"{((System.Net.IPEndPoint)free.LocalEndpoint).Port}";
        free.Stop();
        using Process first = _tool.Start("wrap", "--port", port, "--", "sh", "-c", $"{Who}; read line; {Who}");
        JsonElement one = JsonDocument.Parse((await first.StandardOutput.ReadLineAsync())!).RootElement;
        ToolResult second = _tool.Run("", "wrap", "--port", port, "--", "sh", "-c", Who).Ended(0);
        Assert.NotEqual(one.GetProperty("pid").GetInt32(), JsonDocument.Parse(second.Text).RootElement.GetProperty("pid").GetInt32());
        ToolResult stats = _tool.Run("", "stats", "--port", port).Ended(0); // the first one is found by its port
        Assert.Contains("total", stats.Text, StringComparison.Ordinal);
        await first.StandardInput.WriteLineAsync();
        Assert.Equal(one.GetRawText(), (await first.StandardOutput.ReadLineAsync())!);
        await first.WaitForExitAsync();
        Assert.Equal(0, first.ExitCode);
    }

    [UnixFact]
    public async Task A_wrap_that_was_killed_leaves_nothing_the_next_one_minds()
    {
        using Process killed = _tool.Start("wrap", "--port", "0", "--", "sh", "-c", "echo $ANTHROPIC_BASE_URL; read line");
        string dead = (await killed.StandardOutput.ReadLineAsync())!;
        killed.Kill();
        await killed.WaitForExitAsync();
        string states = Path.Combine(_tool.Folder, "data", "headroom", "proxy");
        Assert.Single(Directory.GetFiles(states));
        Assert.NotEqual(dead, _tool.Run("", "wrap", "--port", new Uri(dead).Port.ToString(null, null), "--", "sh", "-c", "true; echo $ANTHROPIC_BASE_URL; ls " + states).Ended(0).Text.Trim());
        Assert.Empty(Directory.GetFiles(states));
    }

    /// <summary>What a proxy of this process would say of itself.</summary>
    private static string Health(string store) =>
        $$"""{"name":"headroom","status":"ok","pid":{{Environment.ProcessId}},"mode":"balanced","shadow":false,"contextWindow":null,"store":"{{store}}","wrap":null,"upstreams":[{"name":"anthropic","prefix":"","address":"https://api.anthropic.com"},{"name":"openai","prefix":"","address":"https://api.openai.com"}]}""";

    /// <summary>A proxy as a user starts it, on a port of its own.</summary>
    private sealed class UserProxy(Process process, string port) : IAsyncDisposable
    {
        public int Id => process.Id;

        public string Port => port;

        public static async Task<UserProxy> StartAsync(Tool tool, params string[] options)
        {
            Process process = tool.Start(["proxy", "--port", "0", .. options]);
            string line = (await process.StandardError.ReadLineAsync())!;
            string address = line[line.IndexOf("http", StringComparison.Ordinal)..line.IndexOf(',', StringComparison.Ordinal)];
            return new UserProxy(process, address[(address.LastIndexOf(':') + 1)..]);
        }

        public async ValueTask DisposeAsync()
        {
            Assert.False(process.HasExited); // no wrap may end it
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }
    }
}
