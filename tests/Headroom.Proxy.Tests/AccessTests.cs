using Headroom.Cli.Proxy.Access;
using Headroom.Cli.Proxy.Forwarding;

namespace Headroom.Cli.Proxy;

/// <summary>Who may come in, and where requests can go.</summary>
public sealed class AccessTests
{
    private const string Token = "0123456789-abcdef";

    [Theory]
    [InlineData("localhost", true)]
    [InlineData("LOCALHOST:8787", true)]
    [InlineData("127.0.0.1:9", true)]
    [InlineData("127.1.2.3", true)]
    [InlineData("[::1]:8787", true)]
    [InlineData("app.localhost", true)]
    [InlineData("evil.example", false)]
    [InlineData("localhost.evil.example", false)]
    [InlineData("127.0.0.1.evil.example", false)]
    [InlineData("192.168.1.5", false)]
    [InlineData("notlocalhost", false)]
    public async Task Without_a_token_only_names_of_this_machine_are_let_in(string host, bool isLetIn)
    {
        await using FakeProvider provider = FakeProvider.OfJson("{}");
        await using RunningTestProxy proxy = await RunningTestProxy.StartAsync(provider);
        foreach (string path in new[] { "/v1/models", "/headroom/stats" })
        {
            RawResponse response = await RawResponse.GetAsync(proxy.Port, $"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
            Assert.Equal(isLetIn ? "HTTP/1.1 200 OK" : "HTTP/1.1 421 Misdirected Request", response.StatusLine);
        }

        Assert.Equal(isLetIn ? 1 : 0, provider.Requests.Count);
    }

    [Fact]
    public async Task With_a_token_only_who_brings_it_is_let_in_and_it_goes_no_further()
    {
        await using FakeProvider provider = FakeProvider.OfJson("{}");
        await using RunningTestProxy proxy = await RunningTestProxy.StartAsync(new ProxySettings { Upstreams = Upstreams.Of(provider.Url, null, null, []), Token = Token });
        foreach (string path in new[] { "/v1/models", "/headroom/health", "/headroom/stats", "/headroom/", "/headroom/token/wrong/v1/models", "/headroom/token/", $"/headroom/token/{Token}x/v1/models" })
            Assert.StartsWith("HTTP/1.1 401", (await Get(proxy, path)).StatusLine, StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 401", (await Get(proxy, "/v1/models", $"{Gate.TokenHeader}: {Token}x\r\n")).StatusLine, StringComparison.Ordinal);
        Assert.Empty(provider.Requests);

        Assert.Equal("HTTP/1.1 200 OK", (await Get(proxy, "/v1/models?a=1", $"{Gate.TokenHeader}: {Token}\r\n")).StatusLine);
        Assert.Equal("HTTP/1.1 200 OK", (await Get(proxy, $"/headroom/token/{Token}/v1/models?a=1")).StatusLine);
        Assert.Equal("HTTP/1.1 200 OK", (await Get(proxy, $"/headroom/token/{Token}/headroom/health")).StatusLine);
        Assert.Equal("HTTP/1.1 308 Permanent Redirect", (await Get(proxy, $"/headroom/token/{Token}/headroom")).StatusLine);
        Assert.Equal(["GET /v1/models?a=1 HTTP/1.1", "GET /v1/models?a=1 HTTP/1.1"], provider.Requests.Select(r => r.Line));
        Assert.All(provider.Requests, r => Assert.DoesNotContain(Token, r.Head, StringComparison.Ordinal));
        Assert.Equal("HTTP/1.1 200 OK", (await RawResponse.GetAsync(proxy.Port, $"GET /v1/models HTTP/1.1\r\nHost: any.example\r\n{Gate.TokenHeader}: {Token}\r\nConnection: close\r\n\r\n")).StatusLine);
    }

    [Theory]
    [InlineData("GET http://evil.example/v1/models HTTP/1.1\r\nHost: evil.example\r\n")]
    [InlineData("GET http://localhost/v1/models HTTP/1.1\r\nHost: localhost\r\n")]
    [InlineData("CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example:443\r\n")]
    [InlineData("OPTIONS * HTTP/1.1\r\nHost: localhost\r\n")]
    public async Task A_client_cannot_choose_where_a_request_goes(string request)
    {
        await using FakeProvider provider = FakeProvider.OfJson("{}");
        await using RunningTestProxy proxy = await RunningTestProxy.StartAsync(provider);
        Assert.Equal("HTTP/1.1 400 Bad Request", (await RawResponse.GetAsync(proxy.Port, request + "Connection: close\r\n\r\n")).StatusLine);
        Assert.Empty(provider.Requests);
    }

    [Theory]
    [InlineData("/v1/messages", "", "anthropic")]
    [InlineData("/v1/messages/count_tokens", "", "anthropic")]
    [InlineData("/v1/models", "anthropic-version: 2023-06-01\r\n", "anthropic")]
    [InlineData("/v1/models", "", "openai")]
    [InlineData("/api/hello", "", "anthropic")] // Claude Code's, without a header that would tell
    [InlineData("/api/oauth/usage", "", "anthropic")]
    [InlineData("/api/chat/completions", "", "openai")]
    [InlineData("/v1/sessions", "anthropic-beta: oauth-2025-04-20\r\n", "anthropic")]
    [InlineData("/v1/messagesx", "", "openai")]
    [InlineData("/v1/chat/completions", "", "openai")]
    [InlineData("/azure/v1/messages", "", "/azure")]
    [InlineData("/azure", "", "/azure")]
    [InlineData("/azurex", "", "openai")]
    [InlineData("/azure/deep/x", "", "/azure/deep")]
    public async Task Paths_and_families_choose_among_the_providers_that_were_set(string path, string header, string name)
    {
        await using FakeProvider anthropic = Named("anthropic"), openAI = Named("openai"), azure = Named("/azure"), deep = Named("/azure/deep");
        await using RunningTestProxy proxy = await RunningTestProxy.StartAsync(new ProxySettings
        {
            Upstreams = Upstreams.Of(null, anthropic.Url, openAI.Url, [$"/azure={azure.Url}/base/", $"/azure/deep={deep.Url}"]),
        });
        Assert.Equal($"\"{name}\"", (await Get(proxy, path, header)).Rest);
        FakeProvider asked = name switch { "anthropic" => anthropic, "openai" => openAI, "/azure" => azure, _ => deep };
        string sent = name == "/azure" ? "/base" + path["/azure".Length..] : name == "/azure/deep" ? "/x" : path;
        Assert.Equal($"GET {sent} HTTP/1.1", asked.Requests.Single().Line);
    }

    [Fact]
    public async Task What_a_route_leads_to_decides_whether_a_body_is_read()
    {
        await using FakeProvider provider = FakeProvider.OfJson("{}");
        await using RunningTestProxy proxy = await RunningTestProxy.StartAsync(new ProxySettings { Upstreams = Upstreams.Of(null, null, null, [$"/mine={provider.Url}/api/v1"]) });
        (await proxy.PostAsync("/mine/messages", Samples.Messages(Samples.Rows))).Dispose();
        Assert.Equal("POST /api/v1/messages HTTP/1.1", provider.Requests.Single().Line);
        Assert.StartsWith("# JSON as ", Samples.ResultIn(provider.LastBody), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ftp://x")]
    [InlineData("x")]
    [InlineData("http://user:pass@x")]
    [InlineData("http://x/?a=b")]
    [InlineData("https://x/v1")]
    [InlineData("https://x/api/v1/")]
    public void An_address_no_request_can_go_to_is_refused_at_once(string address) => Assert.Equal(ExitCodes.Usage, Assert.Throws<CliException>(() => Upstreams.Of(address, null, null, [])).ExitCode);

    [Theory]
    [InlineData("azure=https://x")]
    [InlineData("/=https://x")]
    [InlineData("/a")]
    [InlineData("/headroom=https://x")]
    [InlineData("/headroom/x=https://x")]
    [InlineData("/a?b=https://x")]
    public void A_route_that_makes_no_sense_is_refused_at_once(string route) => Assert.Equal(ExitCodes.Usage, Assert.Throws<CliException>(() => Upstreams.Of(null, null, null, [route])).ExitCode);

    private static FakeProvider Named(string name) => FakeProvider.OfJson($"\"{name}\"");

    private static Task<RawResponse> Get(RunningTestProxy proxy, string path, string headers = "") =>
        RawResponse.GetAsync(proxy.Port, $"GET {path} HTTP/1.1\r\nHost: localhost\r\n{headers}Connection: close\r\n\r\n");
}
