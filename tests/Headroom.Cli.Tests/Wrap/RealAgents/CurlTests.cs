namespace Headroom.Cli.Tests.Wrap.RealAgents;

/// <summary>A command that is no agent, as simple as one can be.</summary>
public sealed class CurlTests : IAsyncDisposable
{
    private const string Ask = "curl --silent --fail -H 'Content-Type: application/json' -H 'X-Mine: 1' --data-binary @body.json $OPENAI_BASE_URL/chat/completions?a=b";

    private const string Text = "2026-03-04T10:11:12Z INFO 1\\n2026-03-04T10:11:12Z INFO 2\\n";

    private readonly AgentRun _run = new();

    public ValueTask DisposeAsync() => _run.DisposeAsync();

    [UnixFact]
    public void Curl_reaches_its_provider_through_the_proxy_and_what_need_not_change_arrives_byte_for_byte()
    {
        string body = WriteBody();
        _run.Tool.Environment["OPENAI_BASE_URL"] = _run.Model.Url + "/v1";
        ToolResult result = _run.Wrap("--", "sh", "-c", Ask).Ended(0);
        Assert.Contains(FakeModel.Answer, result.Text, StringComparison.Ordinal);
        Proxy.RecordedRequest request = Assert.Single(Posts);
        Assert.Equal(("POST /v1/chat/completions?a=b HTTP/1.1", "1", body), (request.Line, request.Header("X-Mine"), System.Text.Encoding.UTF8.GetString(request.Body)));
    }

    [UnixFact]
    public void An_address_of_ours_that_rules_out_websockets_leads_to_the_same_provider()
    {
        WriteBody();
        _run.Tool.Environment["OPENAI_BASE_URL"] = _run.Model.Url + "/v1";
        string tool = $"dotnet exec '{Path.Combine(AppContext.BaseDirectory, "headroom.dll")}' wrap --port 0 --mode lossless --";
        _run.Wrap("--", "sh", "-c", $"OPENAI_BASE_URL=${{OPENAI_BASE_URL%/v1}}/headroom/http/v1 {tool} sh -c \"{Ask.Replace("$", "\\$", StringComparison.Ordinal)}\"").Ended(0);
        Assert.Equal("POST /v1/chat/completions?a=b HTTP/1.1", Assert.Single(Posts).Line);
    }

    private IEnumerable<Proxy.RecordedRequest> Posts => _run.Model.Requests.Where(r => r.Line.StartsWith("POST", StringComparison.Ordinal)); // wrap asks who stands at the address first

    private string WriteBody()
    {
        string body = $$$"""{ "model":"m", "stream":true, "messages":[{"role":"user","content":"What failed?"},{"role":"assistant","tool_calls":[{"id":"c","function":{"name":"f","arguments":"{}"}}]},{"role":"tool","tool_call_id":"c","content":"{{{Text}}}"}] }""";
        _run.Tool.WriteFile("body.json", body);
        return body;
    }
}
