using System.Diagnostics;
using System.Text.Json;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Headroom.Cli.Tests.Mcp.Gateway;

/// <summary>The life of the server behind the gateway.</summary>
public sealed class GatewayProcessTests : IDisposable
{
    private const string Ping = """{"jsonrpc":"2.0","id":1,"method":"ping"}""";

    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Theory]
    [InlineData("read x; exit 3", 3)]
    [InlineData("exit 0", 0)]
    [InlineData("read x; kill -KILL $$", 137)]
    [InlineData("exec >&-; exec sleep 100", 143)]
    public void A_server_that_ends_ends_the_gateway_and_every_request_is_answered(string script, int code)
    {
        ToolResult run = RunOpen(Ping, "mcp", "gateway", "--", "sh", "-c", script);
        Assert.Equal(code, run.ExitCode);
        JsonElement answer = JsonDocument.Parse(run.Text).RootElement;
        Assert.Equal((1, -32000), (answer.GetProperty("id").GetInt32(), answer.GetProperty("error").GetProperty("code").GetInt32()));
        Assert.Contains($"the MCP server sh ended with exit code {code}.", run.Talk, StringComparison.Ordinal);
    }

    [Fact]
    public void The_servers_stderr_is_passed_on_and_its_garbage_is_not()
    {
        ToolResult run = RunOpen(Ping, "mcp", "gateway", "--", "sh", "-c", "echo to stderr >&2; echo Listening; read x; echo '{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}'");
        Assert.Equal("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}\n", run.Text);
        Assert.Contains("to stderr", run.Talk, StringComparison.Ordinal);
        Assert.Contains("is no JSON-RPC message; it was not passed on", run.Talk, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(127, "there is no command no-such-server", "no-such-server")]
    [InlineData(126, "it is not executable", "./plain.txt")]
    public void A_server_that_cannot_start_is_said(int code, string message, string server)
    {
        _tool.WriteFile("plain.txt", "");
        ToolResult run = _tool.Run("", "mcp", "gateway", "--", server).Ended(code);
        Assert.Empty(run.Bytes);
        Assert.Contains(message, run.Talk, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cat > /dev/null; echo gone > gone")]
    [InlineData("trap 'echo gone > gone; exit' TERM; while :; do sleep 0.05; done")]
    [InlineData("trap '' TERM; (trap '' TERM; echo $$ > gone; sleep 60) & while :; do sleep 0.05; done")]
    public void A_client_that_ends_ends_the_server_however_stubborn(string script)
    {
        Stopwatch clock = Stopwatch.StartNew();
        _tool.Run("", "mcp", "gateway", "--", "sh", "-c", script).Ended(0);
        Assert.True(File.Exists(Path.Combine(_tool.Folder, "gone")));
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(30), "waited for a server that would not end");
    }

    [Fact]
    public async Task A_signal_ends_both()
    {
        using RawClient client = new(RawClient.Gateway(["sh", "-c", "echo $$ > pid; while read x; do :; done"]), _tool.Folder);
        string pid = Path.Combine(_tool.Folder, "pid");
        for (int i = 0; i < 600 && !(File.Exists(pid) && File.ReadAllText(pid).EndsWith('\n')); i++) await Task.Delay(50);
        using (Process kill = Process.Start("kill", ["-TERM", $"{client.Process.Id}"])) kill.WaitForExit();
        Assert.Equal(143, await client.ExitAsync());
        Assert.False(Directory.Exists($"/proc/{File.ReadAllText(pid).Trim()}") && OperatingSystem.IsLinux());
    }

    [Fact]
    public async Task The_newest_protocol_passes_too()
    {
        string[] server = ["dotnet", "exec", Path.Combine(AppContext.BaseDirectory, "headroom.dll"), "mcp"];
        string[] command = RawClient.Gateway(server);
        await using McpClient client = await McpClient.CreateAsync(new StdioClientTransport(new StdioClientTransportOptions
        {
            Command = command[0],
            Arguments = command[1..],
            EnvironmentVariables = new Dictionary<string, string?> { ["XDG_DATA_HOME"] = Path.Combine(_tool.Folder, "data") },
        }));
        Assert.Equal("2026-07-28", client.NegotiatedProtocolVersion);
        Assert.Equal(3, (await client.ListToolsAsync()).Count); // the server has a tool of our name: it stays the server's
        CallToolResult cut = await client.CallToolAsync("headroom_compress", new Dictionary<string, object?> { ["text"] = TestGateway.LongText });
        string text = cut.Content.OfType<TextContentBlock>().Single().Text;
        CallToolResult back = await client.CallToolAsync("headroom_retrieve", new Dictionary<string, object?> { ["id"] = text[10..20], ["max_tokens"] = 1_000_000 });
        Assert.Equal(TestGateway.LongText, back.Content.OfType<TextContentBlock>().Single().Text);
    }

    [Theory]
    [InlineData("name the MCP server", "mcp", "gateway")]
    [InlineData("name the MCP server", "mcp", "gateway", "--url", "http://127.0.0.1:1/mcp", "--", "server")]
    [InlineData("put -- before the command", "mcp", "gateway", "server", "--stdio")]
    [InlineData("--url ftp://x is not an address", "mcp", "gateway", "--url", "ftp://x")]
    [InlineData("--tool read is not understood", "mcp", "gateway", "--tool", "read", "--", "server")]
    [InlineData("--tool read=inherit is not understood", "mcp", "gateway", "--tool", "read=inherit", "--", "server")]
    [InlineData("--tool a*b=lossless is not understood", "mcp", "gateway", "--tool", "a*b=lossless", "--", "server")]
    [InlineData("--header is for --url", "mcp", "gateway", "--header", "A: b", "--", "server")]
    [InlineData("a --header is not understood", "mcp", "gateway", "--url", "http://127.0.0.1:1/mcp", "--header", "secret")]
    [InlineData("NO_SUCH_VARIABLE, which is not set", "mcp", "gateway", "--url", "http://127.0.0.1:1/mcp", "--header", "Authorization: Bearer ${NO_SUCH_VARIABLE}")]
    [InlineData("--http must be a port", "mcp", "gateway", "--http", "70000", "--", "server")]
    public void A_wrong_command_line_is_refused(string message, params string[] arguments)
    {
        ToolResult run = _tool.Run("", arguments).Ended(ExitCodes.Usage);
        Assert.Empty(run.Bytes);
        Assert.Contains(message, run.Talk, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", run.Talk, StringComparison.Ordinal);
    }

    /// <summary>Runs the tool with an input that stays open: it is the server that ends.</summary>
    private ToolResult RunOpen(string line, params string[] arguments)
    {
        using Process process = _tool.Start(arguments);
        process.StandardInput.WriteLine(line);
        process.StandardInput.Flush();
        Task<string> talk = process.StandardError.ReadToEndAsync(), output = process.StandardOutput.ReadToEndAsync();
        Assert.True(process.WaitForExit(60_000), "the gateway did not end");
        return new ToolResult(process.ExitCode, System.Text.Encoding.UTF8.GetBytes(output.Result), talk.Result);
    }
}
