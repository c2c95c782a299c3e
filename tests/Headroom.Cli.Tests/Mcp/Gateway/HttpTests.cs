using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Headroom.Cli.Tests.Mcp.Gateway;

/// <summary>The gateway over Streamable HTTP, on either side.</summary>
public sealed class HttpTests : IDisposable
{
    private readonly Tool _tool = new();
    private readonly List<Process> _started = [];
    private readonly string _log;

    public HttpTests() => _log = _tool.WriteFile("service.log", TestGateway.LongText);

    public void Dispose()
    {
        foreach (Process process in _started)
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
            process.Dispose();
        }

        _tool.Dispose();
    }

    [NpmFact]
    public async Task Serves_over_http_what_a_server_says_over_stdio()
    {
        Uri url = await ServeAsync(["--", .. NpmServers.Filesystem(_tool.Folder)]);
        await using McpClient one = await ConnectAsync(url), two = await ConnectAsync(url);
        Assert.Equal("headroom_retrieve", (await one.ListToolsAsync())[^1].Name);
        CallToolResult cut = await one.CallToolAsync("read_text_file", new Dictionary<string, object?> { ["path"] = _log });
        string id = cut.Content.OfType<TextContentBlock>().Single().Text[10..20];
        CallToolResult back = await one.CallToolAsync("headroom_retrieve", new Dictionary<string, object?> { ["id"] = id, ["max_tokens"] = 1_000_000 });
        Assert.Equal(TestGateway.LongText, back.Content.OfType<TextContentBlock>().Single().Text);
        CallToolResult unlisted = await two.CallToolAsync("read_text_file", new Dictionary<string, object?> { ["path"] = _log });
        Assert.DoesNotContain("[headroom ", unlisted.Content.OfType<TextContentBlock>().Single().Text, StringComparison.Ordinal); // this client was told of no tool
    }

    [NpmFact]
    public async Task Requests_of_the_server_progress_and_notifications_reach_an_http_client()
    {
        Uri url = await ServeAsync(["--", .. NpmServers.Everything]);
        var updated = new TaskCompletionSource();
        var progress = new ConcurrentQueue<double>();
#pragma warning disable MCP9005 // Sampling and logging are on their way out of the protocol; until then they pass.
        await using McpClient client = await ConnectAsync(url, new McpClientOptions
        {
            Handlers = new McpClientHandlers
            {
                SamplingHandler = (_, _, _) => ValueTask.FromResult(new CreateMessageResult { Model = "m", Role = Role.Assistant, Content = [new TextContentBlock { Text = "sampled over http" }] }),
                NotificationHandlers = [new("notifications/message", (_, _) => { updated.TrySetResult(); return default; })],
            },
        });
#pragma warning restore MCP9005
        await client.CallToolAsync("trigger-long-running-operation", new Dictionary<string, object?> { ["duration"] = 0.3, ["steps"] = 3 }, new Progress(progress));
        for (int i = 0; i < 600 && progress.Count < 3; i++) await Task.Delay(50);
        Assert.Equal([1, 2, 3], progress.Order()); // the client hands them on side by side
        await client.ListToolsAsync();
        CallToolResult sampled = await client.CallToolAsync("trigger-sampling-request", new Dictionary<string, object?> { ["prompt"] = "p" });
        Assert.Contains("sampled over http", sampled.Content.OfType<TextContentBlock>().Single().Text, StringComparison.Ordinal);
        await client.CallToolAsync("toggle-simulated-logging");
        await updated.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [NpmFact]
    public async Task Stands_in_front_of_a_server_reached_over_http()
    {
        Uri server = await EverythingAsync();
        using RawClient through = new(RawClient.Gateway([], "--url", server.AbsoluteUri), _tool.Folder), direct = new(NpmServers.Everything, _tool.Folder);
        foreach (RawClient client in new[] { through, direct }) await client.InitializeAsync();
        Assert.Contains("headroom_retrieve", await through.AskAsync("tools/list"), StringComparison.Ordinal);
        await direct.AskAsync("tools/list");
        foreach ((string method, string parameters) in new[] { ("prompts/list", "{}"), ("resources/templates/list", "{}"), ("tools/call", """{"name":"echo","arguments":{"message":"é"}}"""), ("tools/call", """{"name":"get-tiny-image"}"""), ("prompts/get", """{"name":"none"}""") })
        {
            JsonElement expected = JsonDocument.Parse(await direct.AskAsync(method, parameters)).RootElement, heard = JsonDocument.Parse(await through.AskAsync(method, parameters)).RootElement;
            Assert.True(JsonElement.DeepEquals(expected, heard), $"{expected}\n{heard}");
        }

        await through.AskAsync("tools/call", """{"name":"trigger-long-running-operation","arguments":{"duration":0.2,"steps":2},"_meta":{"progressToken":"tok"}}""");
        await through.HearAsync("notifications/progress");
        Assert.Equal(0, await through.EndAsync());
    }

    [NpmFact]
    public async Task Http_on_both_sides_works_too()
    {
        Uri url = await ServeAsync(["--url", (await EverythingAsync()).AbsoluteUri]);
        await using McpClient client = await ConnectAsync(url);
        Assert.Equal("headroom_retrieve", (await client.ListToolsAsync())[^1].Name);
        Assert.Equal("Echo: hello", (await client.CallToolAsync("echo", new Dictionary<string, object?> { ["message"] = "hello" })).Content.OfType<TextContentBlock>().Single().Text);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_an_error_to_whoever_asks()
    {
        using RawClient client = new(RawClient.Gateway([], "--url", "http://127.0.0.1:9/mcp"), _tool.Folder);
        Assert.Contains("http://127.0.0.1:9/mcp cannot be reached", await client.AskAsync("initialize", """{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"n","version":"1"}}"""), StringComparison.Ordinal);
        Assert.Equal(0, await client.EndAsync());
    }

    [Fact]
    public async Task Headers_reach_the_server_and_its_refusal_the_client()
    {
        using var listener = new HttpListener();
        int port = FreePort();
        listener.Prefixes.Add($"http://127.0.0.1:{port}/");
        listener.Start();
        var authorization = new TaskCompletionSource<string?>();
        _ = Task.Run(async () =>
        {
            while (true)
            {
                HttpListenerContext context = await listener.GetContextAsync();
                authorization.TrySetResult(context.Request.Headers["Authorization"]);
                context.Response.StatusCode = 401;
                context.Response.Close();
            }
        });
        using RawClient client = new(RawClient.Gateway([], "--url", $"http://127.0.0.1:{port}/mcp", "--header", "Authorization: Bearer ${XDG_DATA_HOME}"), _tool.Folder);
        Assert.Contains("401", await client.AskAsync("initialize", """{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"n","version":"1"}}"""), StringComparison.Ordinal);
        Assert.Equal("Bearer " + Path.Combine(_tool.Folder, "data"), await authorization.Task);
    }

    [Fact]
    public async Task Refuses_what_is_not_from_this_machine_or_no_mcp()
    {
        Uri url = await ServeAsync(["--", "sh", "-c", "read x; echo '{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"protocolVersion\":\"2025-06-18\"}}'; while read x; do :; done"]);
        using var http = new HttpClient();
        const string Initialize = """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{}}""";
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(http, url, HttpMethod.Post, Initialize, ("Host", "evil.example")));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(http, url, HttpMethod.Post, Initialize, ("Origin", "https://evil.example")));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(http, url, HttpMethod.Post, Initialize, ("Origin", "null")));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(http, new Uri(url, "/other"), HttpMethod.Post, Initialize));
        Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync(http, url, HttpMethod.Post, "{broken"));
        Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync(http, url, HttpMethod.Post, """{"jsonrpc":"2.0","id":1,"method":"tools/list"}"""));
        Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync(http, url, HttpMethod.Get, null));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(http, url, HttpMethod.Post, Initialize, ("Mcp-Session-Id", "no-such-session")));
        Assert.Equal(HttpStatusCode.MethodNotAllowed, await StatusAsync(http, url, HttpMethod.Put, "{}"));

        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new StringContent(Initialize.Replace(",", ",\r\n ", StringComparison.Ordinal), Encoding.UTF8, "application/json") };
        request.Headers.Add("Origin", "http://localhost:5173");
        using HttpResponseMessage opened = await http.SendAsync(request);
        Assert.Equal("text/event-stream", opened.Content.Headers.ContentType!.MediaType);
        Assert.Equal("event: message\ndata: {\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"protocolVersion\":\"2025-06-18\"}}\n\n", await opened.Content.ReadAsStringAsync());
        string session = opened.Headers.GetValues("Mcp-Session-Id").Single();
        Assert.Equal(HttpStatusCode.Accepted, await StatusAsync(http, url, HttpMethod.Post, """{"jsonrpc":"2.0","method":"notifications/initialized"}""", ("Mcp-Session-Id", session)));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(http, url, HttpMethod.Delete, null, ("Mcp-Session-Id", session)));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(http, url, HttpMethod.Post, "{\"jsonrpc\":\"2.0\",\"method\":\"n\"}", ("Mcp-Session-Id", session)));
    }

    [Fact]
    public void A_port_that_is_taken_is_said()
    {
        using var taken = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        ToolResult run = _tool.Run("", "mcp", "gateway", "--http", $"{((IPEndPoint)taken.LocalEndpoint).Port}", "--", "cat").Ended(ExitCodes.CannotConnect);
        Assert.Contains("cannot listen on 127.0.0.1:", run.Talk, StringComparison.Ordinal);
    }

    private sealed class Progress(ConcurrentQueue<double> seen) : IProgress<ProgressNotificationValue>
    {
        public void Report(ProgressNotificationValue value) => seen.Enqueue(value.Progress);
    }

    private static Task<McpClient> ConnectAsync(Uri url, McpClientOptions? options = null) =>
        McpClient.CreateAsync(new HttpClientTransport(new HttpClientTransportOptions { Endpoint = url, TransportMode = HttpTransportMode.StreamableHttp }), options);

    private static async Task<HttpStatusCode> StatusAsync(HttpClient http, Uri url, HttpMethod method, string? body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, url);
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        foreach ((string name, string value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        using HttpResponseMessage response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return response.StatusCode;
    }

    /// <summary>Starts the gateway on a free port.</summary>
    private async Task<Uri> ServeAsync(string[] behind)
    {
        Process process = _tool.Start(["mcp", "gateway", "--http", "0", .. behind]);
        _started.Add(process);
        _ = process.StandardOutput.ReadToEndAsync();
        string? line = await process.StandardError.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60));
        Assert.StartsWith("headroom: serving MCP on ", line, StringComparison.Ordinal);
        _ = process.StandardError.ReadToEndAsync();
        return new Uri(line!["headroom: serving MCP on ".Length..]);
    }

    /// <summary>Starts the reference server over HTTP.</summary>
    private async Task<Uri> EverythingAsync()
    {
        int port = FreePort();
        var start = new ProcessStartInfo(NpmServers.Everything[0], [NpmServers.Everything[1], "streamableHttp"]) { RedirectStandardError = true, RedirectStandardOutput = true, Environment = { ["PORT"] = $"{port}" } };
        Process server = Process.Start(start)!;
        _started.Add(server);
        _ = server.StandardOutput.ReadToEndAsync();
        _ = server.StandardError.ReadToEndAsync();
        using var http = new HttpClient();
        for (int i = 0; i < 300; i++)
        {
            try
            {
                await http.GetAsync(new Uri($"http://127.0.0.1:{port}/mcp"));
                break;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(100);
            }
        }

        return new Uri($"http://127.0.0.1:{port}/mcp");
    }

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
