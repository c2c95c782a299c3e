using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Headroom.Cli.Proxy.Forwarding;

/// <summary>What a provider answers reaches the client the same with and without the proxy: status, reason, headers, bytes, ends.</summary>
public sealed class ResponseFaithfulnessTests
{
    private const string Error = """{"type":"error","error":{"type":"overloaded_error","message":"Overloaded é"}}""";

    public static TheoryData<string, string> Responses => new()
    {
        { "ok", Whole("200 OK", "Content-Type: application/json\r\n", "{}") },
        { "reason", Whole("200 Very Fine Indeed", "X-Twice: a\r\nX-Twice: b, c\r\nrequest-id: req_1\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\n", "{}") },
        { "400", Whole("400 Bad Request", "Content-Type: application/json\r\n", Error) },
        { "401", Whole("401 Unauthorized", "WWW-Authenticate: Bearer realm=\"x\"\r\nContent-Type: application/json\r\n", Error) },
        { "429", Whole("429 Too Many Requests", "Retry-After: 17\r\nanthropic-ratelimit-requests-remaining: 0\r\nContent-Type: application/json\r\n", Error) },
        { "500", Whole("500 Internal Server Error", "Content-Type: application/json\r\n", Error) },
        { "529", Whole("529 ", "retry-after: 3\r\nx-should-retry: true\r\nContent-Type: application/json\r\n", Error) },
        { "html", Whole("502 Bad Gateway", "Content-Type: text/html\r\nServer: cloudflare\r\n", "<html><body><h1>502 Bad Gateway</h1></body></html>") },
        { "redirect", Whole("307 Temporary Redirect", "Location: https://elsewhere.example/v1\r\n", "") },
        { "no content", "HTTP/1.1 204 No Content\r\nX-A: 1\r\nConnection: close\r\n\r\n" },
        { "not modified", "HTTP/1.1 304 Not Modified\r\nETag: \"x\"\r\nConnection: close\r\n\r\n" },
        { "latin 1 header", Whole("200 OK", "X-Name: M\u00fcller\r\nX-Empty: \r\n", "{}") },
        { "hop by hop", Whole("200 OK", "Keep-Alive: timeout=5\r\nX-Hop: 1\r\nX-Stays: 1\r\n", "{}").Replace("Connection: close", "Connection: close, X-Hop", StringComparison.Ordinal) },
        { "chunks and trailers", "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTrailer: X-Sum\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n5\r\nhello\r\n1\r\n!\r\n0\r\nX-Sum: 6\r\n\r\n" },
        { "until closed", "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nConnection: close\r\n\r\nas long as it lasts" },
        { "HTTP/1.0", "HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 3\r\n\r\nold" },
        { "aborted in chunks", "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n" },
        { "aborted in a chunk", "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n64\r\nno more" },
        { "aborted before the length", "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"half\":" },
        { "closed without a word", "" },
    };

    [Theory]
    [MemberData(nameof(Responses))]
    public async Task A_response_is_the_same_with_and_without_the_proxy(string name, string response)
    {
        await using var provider = new FakeProvider(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.SendAsync(Encoding.Latin1.GetBytes(response)); // and closes
        });
        await using RunningTestProxy proxy = await RunningTestProxy.StartAsync(provider);
        foreach (string path in new[] { "/v1/messages", "/v1/other" })
        {
            string request = Post(path, Samples.Messages("short"));
            RawResponse direct = await RawResponse.GetAsync(provider.Port, request), through = await RawResponse.GetAsync(proxy.Port, request);
            // Framing and version are those of each connection; a response of this proxy is HTTP/1.1.
            RawResponse.AssertSame(Normal(direct, name), Normal(through, name));
        }
    }

    [Fact]
    public async Task A_response_to_HEAD_has_the_headers_and_no_body()
    {
        await using var provider = new FakeProvider(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 77\r\nContent-Type: text/plain\r\n\r\n");
        });
        await using RunningTestProxy proxy = await RunningTestProxy.StartAsync(provider);
        RawResponse response = await RawResponse.GetAsync(proxy.Port, "HEAD /v1/models HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        Assert.Contains("content-length: 77", response.Headers);
        Assert.Equal("", response.Rest);
    }

    [Fact]
    public async Task A_client_of_HTTP_1_0_is_answered_as_one()
    {
        await using var provider = new FakeProvider(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.SendAsync("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            await connection.SendChunkAsync("one ");
            await connection.SendChunkAsync("two");
            await connection.SendAsync("0\r\n\r\n");
        });
        await using RunningTestProxy proxy = await RunningTestProxy.StartAsync(provider);
        RawResponse response = await RawResponse.GetAsync(proxy.Port, "GET /v1/models HTTP/1.0\r\n\r\n");
        Assert.Equal("one two", response.Rest); // no chunks, closed at the end
    }

    [Fact]
    public async Task An_encoded_response_passes_as_it_is_and_is_read_along()
    {
        byte[] plain = Encoding.UTF8.GetBytes("""{"id":"x","type":"message","model":"claude-sonnet-5","usage":{"input_tokens":7,"output_tokens":3},"content":[]}""");
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true)) await gzip.WriteAsync(plain);
        byte[] body = packed.ToArray();
        await using var provider = new FakeProvider(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.SendAsync($"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\nContent-Length: {body.Length}\r\n\r\n");
            foreach (byte b in body) await connection.SendAsync([b]);
        });
        await using RunningTestProxy proxy = await RunningTestProxy.StartAsync(provider);
        using HttpResponseMessage response = await proxy.PostAsync("/v1/messages", Samples.Messages("short"));
        Assert.Equal(["gzip"], response.Content.Headers.ContentEncoding);
        Assert.Equal(body, await response.Content.ReadAsByteArrayAsync());
        Assert.Equal(7, (await Eventually.RequestsAsync(proxy, 1)).GetProperty("total").GetProperty("reported").GetProperty("input").GetInt64());
    }

    [Fact]
    public async Task A_provider_that_cannot_be_reached_is_named()
    {
        var gone = new FakeProvider(_ => Task.CompletedTask);
        await using RunningTestProxy proxy = await RunningTestProxy.StartAsync(gone);
        await gone.DisposeAsync();
        using HttpResponseMessage response = await proxy.PostAsync("/v1/messages", Samples.Messages("short"));
        string body = await response.Content.ReadAsStringAsync();
        Assert.Equal(502, (int)response.StatusCode);
        Assert.Contains($"{gone.Url} cannot be reached: ", body, StringComparison.Ordinal);
        Assert.Contains("\"type\":\"error\"", body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nX-Bad: a\u0001b\r\nContent-Length: 0\r\n\r\n")]
    public async Task What_is_no_http_is_a_bad_gateway(string response)
    {
        await using var provider = new FakeProvider(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.SendAsync(response);
        });
        await using RunningTestProxy proxy = await RunningTestProxy.StartAsync(provider);
        using HttpResponseMessage answer = await proxy.PostAsync("/v1/messages", Samples.Messages("short"));
        Assert.Equal(502, (int)answer.StatusCode);
        Assert.Contains("answers with ", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static string Post(string path, string body) =>
        $"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}";

    private static string Whole(string status, string headers, string body) => string.Create(
        CultureInfo.InvariantCulture, $"HTTP/1.1 {status}\r\n{headers}Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n\r\n{Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(body))}");

    /// <summary>Framing is each connection's own: how bytes are cut into chunks means nothing, whether they end does.</summary>
    private static RawResponse Normal(RawResponse response, string name)
    {
        bool isChunked = response.Headers.Remove("transfer-encoding: chunked");
        if (isChunked) response = response with { Rest = Unframed(response.Rest, withEnd: name != "until closed") };
        return name switch
        {
            "HTTP/1.0" => response with { StatusLine = response.StatusLine.Replace("HTTP/1.0", "HTTP/1.1", StringComparison.Ordinal) },
            "hop by hop" => response with { Headers = [.. response.Headers.Where(h => h != "keep-alive: timeout=5" && h != "x-hop: 1")] },
            _ => response,
        };
    }

    /// <summary>What stands in the chunks, the last of which may be cut short; then how they end.</summary>
    private static string Unframed(string text, bool withEnd)
    {
        var whole = new StringBuilder();
        while (text.Length > 0)
        {
            int end = text.IndexOf("\r\n", StringComparison.Ordinal), size = int.Parse(text[..end], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            if (size == 0) return whole + (withEnd ? " end:" + text[(end + 2)..] : "");
            text = text[(end + 2)..];
            whole.Append(text.AsSpan(0, Math.Min(size, text.Length)));
            text = text[Math.Min(size + 2, text.Length)..];
        }

        return whole + " no end";
    }
}
