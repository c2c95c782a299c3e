using System.Text.Json;
using System.Text.RegularExpressions;

namespace Headroom.Cli.Tests.Mcp.Gateway;

/// <summary>The reference server that has every feature of the protocol, with and without the gateway.</summary>
public sealed partial class EverythingTests : IDisposable
{
    private const string Capabilities = """{"sampling":{},"elicitation":{"form":{},"url":{}},"roots":{"listChanged":true}}""";

    private static readonly Dictionary<string, string> Answers = new()
    {
        ["sampling/createMessage"] = """{"role":"assistant","content":{"type":"text","text":"a sampled text"},"model":"m","stopReason":"endTurn"}""",
        ["elicitation/create"] = """{"action":"accept","content":{"name":"Ada","check":true}}""",
        ["roots/list"] = """{"roots":[{"uri":"file:///tmp/root","name":"a root"}]}""",
    };

    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    [NpmFact]
    public async Task Every_answer_is_the_servers_own()
    {
        using RawClient direct = Client(NpmServers.Everything), through = Client(RawClient.Gateway(NpmServers.Everything));
        Assert.Equal(await direct.InitializeAsync(Capabilities), await through.InitializeAsync(Capabilities));
        await Task.WhenAll(direct.HearAsync("notifications/tools/list_changed"), through.HearAsync("notifications/tools/list_changed")); // more tools, once it knows the client

        string tools = await direct.AskAsync("tools/list"), withOurs = await through.AskAsync("tools/list");
        Assert.Equal(tools, OurTool().Replace(withOurs, ""));
        Assert.NotEqual(tools, withOurs);
        (string Method, string Parameters)[] questions =
        [
            ("prompts/list", "{}"), ("resources/list", "{}"), ("resources/templates/list", "{}"), ("ping", "{}"),
            ("prompts/get", """{"name":"simple-prompt"}"""), ("prompts/get", """{"name":"args-prompt","arguments":{"city":"Paris"}}"""), ("prompts/get", """{"name":"no such prompt"}"""),
            ("completion/complete", """{"ref":{"type":"ref/prompt","name":"completable-prompt"},"argument":{"name":"department","value":"E"}}"""),
            ("completion/complete", """{"ref":{"type":"ref/resource","uri":"demo://resource/dynamic/text/{resourceId}"},"argument":{"name":"resourceId","value":"1"}}"""),
            ("resources/read", """{"uri":"demo://resource/static/document/architecture.md"}"""), ("resources/read", """{"uri":"demo://resource/dynamic/text/3"}"""),
            ("resources/read", """{"uri":"demo://resource/dynamic/blob/4"}"""), ("resources/read", """{"uri":"no://such"}"""),
            ("resources/subscribe", """{"uri":"demo://resource/dynamic/text/3"}"""), ("resources/unsubscribe", """{"uri":"demo://resource/dynamic/text/3"}"""),
            ("logging/setLevel", """{"level":"debug"}"""), ("logging/setLevel", """{"level":"loud"}"""), ("no/such/method", """{"a":[1.0]}"""),
            ("tools/call", """{"name":"echo","arguments":{"message":"é \u0000 \ud83d\ude00"}}"""), ("tools/call", """{"name":"echo","arguments":{}}"""), ("tools/call", """{"name":"no such tool"}"""),
            ("tools/call", """{"name":"get-sum","arguments":{"a":2,"b":3.5}}"""), ("tools/call", """{"name":"get-tiny-image"}"""),
            ("tools/call", """{"name":"get-annotated-message","arguments":{"messageType":"error","includeImage":true}}"""),
            ("tools/call", """{"name":"get-resource-links","arguments":{"count":3}}"""), ("tools/call", """{"name":"get-resource-reference","arguments":{"resourceType":"Text","resourceId":2}}"""),
            ("tools/call", """{"name":"get-structured-content","arguments":{"location":"Chicago"}}"""), ("tools/call", """{"name":"get-roots-list"}"""),
            ("tools/call", """{"name":"trigger-sampling-request","arguments":{"prompt":"p","maxTokens":10}}"""), ("tools/call", """{"name":"trigger-elicitation-request"}"""),
            ("tools/call", """{"name":"trigger-long-running-operation","arguments":{"duration":0.2,"steps":2},"_meta":{"progressToken":"tok"}}"""),
            ("tools/call", """{"name":"gzip-file-as-resource","arguments":{"name":"x.gz","data":"data:text/plain,hello","outputType":"resourceLink"}}"""),
            ("tasks/list", "{}"), ("tasks/get", """{"taskId":"no such task"}"""),
        ];
        foreach ((string method, string parameters) in questions)
            Assert.Equal(WithoutTimes(await direct.AskAsync(method, parameters)), WithoutTimes(await through.AskAsync(method, parameters)));

        foreach (string method in new[] { "sampling/createMessage", "elicitation/create", "roots/list", "notifications/progress" })
            Assert.Equal(WithoutTimes(await direct.HearAsync(method)), WithoutTimes(await through.HearAsync(method)));
        Assert.Equal(2, through.Unasked.Count(m => m.Contains("notifications/progress", StringComparison.Ordinal)));
        Assert.Equal(0, await through.EndAsync());
    }

    [NpmFact]
    public async Task Notifications_and_cancelling_pass()
    {
        using RawClient client = Client(RawClient.Gateway(NpmServers.Everything));
        await client.InitializeAsync();
        await client.AskAsync("logging/setLevel", """{"level":"debug"}""");
        await client.AskAsync("resources/subscribe", """{"uri":"demo://resource/dynamic/text/1"}""");
        await client.ResultAsync("tools/call", """{"name":"toggle-simulated-logging"}""");
        await client.ResultAsync("tools/call", """{"name":"toggle-subscriber-updates"}""");
        await client.HearAsync("notifications/message");
        await client.HearAsync("notifications/resources/updated");

        Task<string> slow = client.AskAsync("tools/call", """{"name":"trigger-long-running-operation","arguments":{"duration":30,"steps":100},"_meta":{"progressToken":9}}""");
        await client.HearAsync("notifications/progress");
        await client.SendAsync("""{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":6}}""");
        await client.AskAsync("ping");
        Assert.False(slow.IsCompleted); // this server says no more about what was called off
    }

    private RawClient Client(string[] command) => new(command, _tool.Folder, Answers);

    private static string WithoutTimes(string line) => Times().Replace(line, "TIME");

    [GeneratedRegex(""",\{"name":"headroom_retrieve".*?"openWorldHint":false\}\}""")]
    private static partial Regex OurTool();

    [GeneratedRegex(@"\d{1,2}:\d\d:\d\d( [AP]M)?|\d{4}-\d\d-\d\dT[\d:.]+Z")]
    private static partial Regex Times();
}
