using System.Text.Json;
using Headroom.Cli.Mcp;
using Headroom.Cli.Mcp.Gateway;
using Headroom.Storage;

namespace Headroom.Cli.Tests.Mcp.Gateway;

/// <summary>A gateway between a client and a server that a test plays.</summary>
internal sealed class TestGateway : IAsyncDisposable
{
    private int _id = 100;

    public TestGateway(GatewaySettings? settings = null, IOriginalStore? store = null)
    {
        Session = new GatewaySession(Client, Server, settings ?? new GatewaySettings(), store ?? new InMemoryOriginalStore(), Figures, Talk).RunAsync(CancellationToken.None);
    }

    public QueueChannel Client { get; } = new();

    public QueueChannel Server { get; } = new();

    public StringWriter Talk { get; } = new();

    public McpFigures Figures { get; } = new();

    /// <summary>Done when one side has ended; whether it was the server.</summary>
    public Task<bool> Session { get; }

    /// <summary>A log of which most lines are left out in balanced mode.</summary>
    public static string LongText { get; } = string.Concat(Enumerable.Range(1, 1500).Select(i => $"2026-03-04T09:00:01Z INFO worker-{i % 7} handled request {i * 7919 % 100003} in {i * 31 % 90} ms\n"));

    public static string LongTextToken { get; } = JsonSerializer.Serialize(LongText);

    /// <summary>A result that is this log and nothing else.</summary>
    public static string LongResult { get; } = $$$"""{"content":[{"type":"text","text":{{{LongTextToken}}}}]}""";

    /// <summary>The client asks, the server answers, and the client hears.</summary>
    /// <param name="method">What is asked.</param>
    /// <param name="parameters">With which parameters.</param>
    /// <param name="result">What the server answers with.</param>
    public async Task<string> ExchangeAsync(string method, string parameters, string result)
    {
        int id = _id++;
        string request = $$"""{"jsonrpc":"2.0","id":{{id}},"method":"{{method}}","params":{{parameters}}}""";
        Client.Say(request);
        Assert.Equal(request, await Server.HearAsync());
        string response = $$"""{"result":{{result}},"jsonrpc":"2.0","id":{{id}}}""";
        Server.Say(response);
        string heard = await Client.HearAsync();
        Assert.StartsWith("{\"result\":", heard, StringComparison.Ordinal);
        Assert.EndsWith($$""","jsonrpc":"2.0","id":{{id}}}""", heard, StringComparison.Ordinal);
        return heard["{\"result\":".Length..^$$""","jsonrpc":"2.0","id":{{id}}}""".Length];
    }

    /// <summary>The client asks for the tools.</summary>
    /// <returns>What it is told.</returns>
    public Task<string> ListAsync(string tools = """{"name":"read","inputSchema":{"type":"object"}}""") => ExchangeAsync("tools/list", "{}", $$"""{"tools":[{{tools}}]}""");

    public Task<string> CallAsync(string result, string tool = "read") => ExchangeAsync("tools/call", $$$"""{"name":"{{{tool}}}","arguments":{"path":"a.log"}}""", result);

    /// <summary>The client asks for an original, which the server never hears of.</summary>
    public async Task<JsonElement> RetrieveAsync(string arguments, string meta = "")
    {
        Client.Say($$$"""{"jsonrpc":"2.0","id":"r","method":"tools/call","params":{"name":"headroom_retrieve","arguments":{{{arguments}}}{{{meta}}}}}""");
        JsonElement answer = JsonDocument.Parse(await Client.HearAsync()).RootElement;
        Assert.Equal("r", answer.GetProperty("id").GetString());
        Assert.True(Server.IsSilent);
        return answer.GetProperty("result");
    }

    public async ValueTask DisposeAsync()
    {
        Client.End();
        await Session;
    }
}
