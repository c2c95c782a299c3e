using System.Net.Http.Headers;
using System.Text;

namespace Headroom.Cli.Proxy.Forwarding;

/// <summary>What a client sends reaches the provider, and nothing of the proxy's own does.</summary>
public sealed class RequestFaithfulnessTests
{
    [Fact]
    public async Task Headers_reach_the_provider_and_no_others_do()
    {
        await using FakeProvider provider = FakeProvider.OfJson("{}");
        await using RunningTestProxy proxy = await RunningTestProxy.StartAsync(provider);
        string body = Samples.Messages(Samples.Rows);
        string[] kept =
        [
            "authorization: Bearer sk-secret", "x-api-key: sk-ant", "anthropic-version: 2023-06-01", "anthropic-beta: a,b", "user-agent: agent/1.0 (x; y)", "content-type: application/json", "accept: */*",
            "cookie: a=1; b=2", "x-name: M\u00fcller", "x-stainless-lang: c#", "x-empty: ", "traceparent: 00-1-2-01", "accept-encoding: gzip, br", "openai-organization: org", "idempotency-key: k", "x-twice: 1, 2",
        ];
        string request = $"POST /v1/messages HTTP/1.1\r\nHost: localhost:1\r\n{string.Join("\r\n", kept)}\r\nConnection: X-Mine\r\nX-Mine: 1\r\nTE: trailers\r\nKeep-Alive: 5\r\nProxy-Connection: close\r\nExpect: 100-continue\r\nContent-Length: {body.Length}\r\n\r\n{body}";
        using (var client = new RawClient(proxy.Port))
        {
            await client.SendAsync(request);
            await client.ReadUntilAsync("{}");
        }

        string[] sent = provider.Requests.Single().Head.Split("\r\n", StringSplitOptions.RemoveEmptyEntries)[1..];
        Assert.Equal(
            kept.Append($"host: 127.0.0.1:{provider.Port}").Append($"content-length: {provider.Requests.Single().Body.Length}").Order(StringComparer.Ordinal),
            sent.Select(h => h[..h.IndexOf(':', StringComparison.Ordinal)].ToLowerInvariant() + h[h.IndexOf(':', StringComparison.Ordinal)..]).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("/v1/models?limit=2&after=%2F%2e%2e&x=a+b%20c")]
    [InlineData("/v1/a%2Fb/../c/./d//e")]
    [InlineData("/v1/%E2%82%AC/é")]
    [InlineData("/?")]
    [InlineData("//evil.example/x")]
    [InlineData("/@evil.example/")]
    public async Task Path_and_query_are_forwarded_as_they_are_spelled(string target)
    {
        await using FakeProvider provider = FakeProvider.OfJson("{}");
        await using RunningTestProxy proxy = await RunningTestProxy.StartAsync(provider);
        string spelled = Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(target));
        RawResponse response = await RawResponse.GetAsync(proxy.Port, $"GET {spelled} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        if (target.Contains('é', StringComparison.Ordinal)) Assert.StartsWith("HTTP/1.1 400", response.StatusLine, StringComparison.Ordinal); // such bytes are no request target
        else Assert.Equal($"GET {target} HTTP/1.1", provider.Requests.Single().Line);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("DELETE")]
    [InlineData("PATCH")]
    [InlineData("OPTIONS")]
    [InlineData("QUERY")]
    public async Task Any_method_passes(string method)
    {
        await using FakeProvider provider = FakeProvider.OfJson("{}");
        await using RunningTestProxy proxy = await RunningTestProxy.StartAsync(provider);
        await RawResponse.GetAsync(proxy.Port, $"{method} /v1/x HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        Assert.Equal($"{method} /v1/x HTTP/1.1", provider.Requests.Single().Line);
        Assert.Empty(provider.Requests.Single().Body);
        Assert.Null(provider.Requests.Single().Header("Transfer-Encoding"));
    }

    [Theory]
    [InlineData("POST", "")]
    [InlineData("POST", "Content-Length: 0\r\n")]
    [InlineData("GET", "Content-Type: application/json\r\n")]
    [InlineData("GET", "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\n")]
    public async Task A_request_without_a_body_gets_none(string method, string headers)
    {
        await using FakeProvider provider = FakeProvider.OfJson("{}");
        await using RunningTestProxy proxy = await RunningTestProxy.StartAsync(provider);
        using var client = new RawClient(proxy.Port);
        await client.SendAsync($"{method} /v1/messages HTTP/1.1\r\nHost: localhost\r\n{headers}\r\n");
        await client.ReadUntilAsync("{}");
        Assert.Empty(provider.Requests.Single().Body);
        Assert.Null(provider.Requests.Single().Header("Transfer-Encoding"));
        Assert.Null(provider.Requests.Single().Header("Upgrade"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Twenty_megabytes_pass(bool isChunked)
    {
        string image = $$$"""{"role":"user","content":[{"type":"image","source":{"type":"base64","media_type":"image/png","data":"{{{Convert.ToBase64String(new byte[15_000_000])}}}"}}]},""";
        string body = Samples.Messages(Samples.Rows).Replace("\"messages\":[", "\"messages\":[" + image, StringComparison.Ordinal);
        await using FakeProvider provider = FakeProvider.OfJson("{}");
        await using RunningTestProxy proxy = await RunningTestProxy.StartAsync(provider);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/messages") { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.TransferEncodingChunked = isChunked;
        using HttpResponseMessage response = await proxy.Client.SendAsync(request);
        Assert.True(response.IsSuccessStatusCode);
        Assert.Equal(isChunked, provider.Requests.Single().Header("Transfer-Encoding") == "chunked"); // what came in chunks goes on in chunks
        Assert.StartsWith(body[..20_000_000], provider.LastBody, StringComparison.Ordinal);
        Assert.StartsWith("# JSON as ", Samples.ResultIn(provider.LastBody), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_body_over_the_limit_passes_unread(bool isChunked)
    {
        string body = Samples.Messages(Samples.Rows + new string('x', 2_000_000));
        await using FakeProvider provider = FakeProvider.OfJson("{}");
        await using RunningTestProxy proxy = await RunningTestProxy.StartAsync(new ProxySettings { Upstreams = Upstreams.Of(provider.Url, null, null, []), MaxBody = 1_000_000 });
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/messages") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.TransferEncodingChunked = isChunked;
        using HttpResponseMessage response = await proxy.Client.SendAsync(request);
        Assert.True(response.IsSuccessStatusCode);
        Assert.Equal(body, provider.LastBody);
    }

    [Theory]
    [InlineData("gzip", true)]
    [InlineData("br", true)]
    [InlineData("deflate", true)]
    [InlineData("zstd", true)]
    [InlineData("compress", false)]
    public async Task An_encoded_body_is_read_where_the_encoding_is_known(string encoding, bool isKnown)
    {
        byte[] plain = Encoding.UTF8.GetBytes(Samples.Messages(Samples.Rows)), packed = Encoded.As(encoding, plain);
        await using FakeProvider provider = FakeProvider.OfJson("{}");
        await using RunningTestProxy proxy = await RunningTestProxy.StartAsync(provider);
        foreach (byte[] body in new[] { packed, packed[..^9], [0x28, 0xb5, 0x2f, 0xfd, 1, 2, 3], [], plain })
        {
            using var content = new ByteArrayContent(body);
            content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
            content.Headers.TryAddWithoutValidation("Content-Encoding", encoding);
            (await proxy.Client.PostAsync(new Uri("/v1/messages", UriKind.Relative), content)).Dispose();
            RecordedRequest sent = provider.Requests.Last();
            bool isRead = isKnown && sent.Header("Content-Encoding") is null;
            if (isRead) Assert.StartsWith("# JSON as ", Samples.ResultIn(provider.LastBody), StringComparison.Ordinal);
            else Assert.Equal(body, sent.Body); // unknown or damaged: as it came, its header with it
            if (!isRead) Assert.Equal(encoding, sent.Header("Content-Encoding"));
            if (body.Length == packed.Length) Assert.Equal(isKnown, isRead);
        }
    }

    [Fact]
    public async Task An_encoded_body_in_which_nothing_changes_goes_on_as_it_came()
    {
        byte[] packed = Encoded.As("gzip", Encoding.UTF8.GetBytes(Samples.Messages("short")));
        await using FakeProvider provider = FakeProvider.OfJson("{}");
        await using RunningTestProxy proxy = await RunningTestProxy.StartAsync(provider);
        using var content = new ByteArrayContent(packed) { Headers = { { "Content-Type", "application/json" }, { "Content-Encoding", "gzip" } } };
        (await proxy.Client.PostAsync(new Uri("/v1/messages", UriKind.Relative), content)).Dispose();
        Assert.Equal(packed, provider.Requests.Single().Body);
        Assert.Equal("gzip", provider.Requests.Single().Header("Content-Encoding"));
    }

    [Fact]
    public async Task Huge_headers_are_forwarded_and_monstrous_ones_refused()
    {
        await using FakeProvider provider = FakeProvider.OfJson("{}");
        await using RunningTestProxy proxy = await RunningTestProxy.StartAsync(provider);
        string huge = new('h', 200_000);
        await RawResponse.GetAsync(proxy.Port, $"GET /v1/models HTTP/1.1\r\nHost: localhost\r\nX-Huge: {huge}\r\nConnection: close\r\n\r\n");
        Assert.Equal(huge, provider.Requests.Single().Header("X-Huge"));

        using var client = new RawClient(proxy.Port);
        await client.SendAsync($"GET /v1/models HTTP/1.1\r\nHost: localhost\r\nX-Huge: {new string('h', 600_000)}");
        Assert.Contains(" 431 ", await client.ReadUntilAsync("\r\n"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GARBAGE\r\n\r\n", " 400 ")]
    [InlineData("GET /v1/models HTTP/1.1\r\n\r\n", " 400 ")] // no Host
    [InlineData("GET /v1/models HTTP/3.7\r\nHost: localhost\r\n\r\n", " 505 ")]
    [InlineData("POST /v1/messages HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\n\r\n", " 400 ")]
    [InlineData("POST /v1/messages HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", " 400 ")]
    public async Task What_is_no_request_is_refused(string request, string status)
    {
        await using FakeProvider provider = FakeProvider.OfJson("{}");
        await using RunningTestProxy proxy = await RunningTestProxy.StartAsync(provider);
        using var client = new RawClient(proxy.Port);
        await client.SendAsync(request);
        Assert.Contains(status, await client.ReadUntilAsync("\r\n"), StringComparison.Ordinal);
        Assert.Empty(provider.Requests);
    }

    [Fact]
    public async Task A_body_that_never_ends_reaches_nobody_and_hurts_nobody()
    {
        await using FakeProvider provider = FakeProvider.OfJson("{}");
        await using RunningTestProxy proxy = await RunningTestProxy.StartAsync(provider);
        using (var slow = new RawClient(proxy.Port))
        using (var half = new RawClient(proxy.Port))
        {
            await slow.SendAsync("POST /v1/messages HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{\"messages\":[");
            await half.SendAsync("POST /v1/messages HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{\"messages\":[");
            half.CloseSending();
            await half.ReadToEndAsync();
            (await proxy.PostAsync("/v1/messages", Samples.Messages("others are served"))).Dispose();
        }

        Assert.Contains("others are served", Assert.Single(provider.Requests).Body is { } body ? Encoding.UTF8.GetString(body) : "", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_that_closes_its_half_counts_as_gone_as_it_does_for_servers_at_large()
    {
        var closed = new TaskCompletionSource();
        await using var provider = new FakeProvider(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.UntilClosedAsync();
            closed.SetResult();
        });
        await using RunningTestProxy proxy = await RunningTestProxy.StartAsync(provider);
        using var client = new RawClient(proxy.Port);
        await client.SendAsync("GET /v1/models HTTP/1.1\r\nHost: localhost\r\n\r\n");
        while (provider.Requests.IsEmpty) await Task.Delay(10);
        client.CloseSending();
        await closed.Task.WaitAsync(TimeSpan.FromMinutes(1));
    }
}
