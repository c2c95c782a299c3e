using System.Text;

namespace Headroom.Cli.Proxy.Forwarding;

/// <summary>Nothing is held back, in either direction: shown by hand-shakes, never by time.</summary>
public sealed class StreamingTests
{
    private const string EventStream = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";

    [Theory]
    [InlineData("/v1/messages")]
    [InlineData("/v1/chat/completions")]
    [InlineData("/v1/anything")]
    public async Task Each_event_arrives_before_the_provider_sends_the_next(string path)
    {
        using var goOn = new SemaphoreSlim(0);
        await using var provider = new FakeProvider(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.SendAsync(EventStream); // the head, and nothing else
            for (int i = 0; i < 5; i++)
            {
                await goOn.WaitAsync();
                await connection.SendChunkAsync($"event: e{i}\ndata: {{\"n\":{i}}}\n\n");
            }

            await goOn.WaitAsync();
            await connection.SendAsync("0\r\n\r\n");
        });
        await using RunningTestProxy proxy = await RunningTestProxy.StartAsync(provider);
        using var client = new RawClient(proxy.Port);
        string body = Samples.Messages(Samples.Rows);
        await client.SendAsync($"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}");
        await client.ReadUntilAsync("\r\n\r\n"); // the head arrives before the first event exists
        for (int i = 0; i < 5; i++)
        {
            goOn.Release();
            Assert.EndsWith($"data: {{\"n\":{i}}}\n\n", await client.ReadUntilAsync("\n\n"), StringComparison.Ordinal);
        }

        goOn.Release();
        await client.ReadUntilAsync("0\r\n\r\n");
    }

    [Fact]
    public async Task Characters_cut_in_two_by_the_network_pass_byte_by_byte_and_the_usage_is_read()
    {
        byte[] events = Encoding.UTF8.GetBytes("""
            event: message_start
            data: {"type":"message_start","message":{"id":"msg_1","model":"claude-sonnet-5","usage":{"input_tokens":12,"cache_read_input_tokens":100,"cache_creation_input_tokens":8,"output_tokens":1}}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"𝄞é漢字 \"usage\""}}

            event: message_delta
            data: {"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":42}}


            """.ReplaceLineEndings("\n"));
        await using var provider = new FakeProvider(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.SendAsync(EventStream);
            foreach (byte b in events) await connection.SendChunkAsync([b]);
            await connection.SendAsync("0\r\n\r\n");
        });
        await using RunningTestProxy proxy = await RunningTestProxy.StartAsync(provider);
        using HttpResponseMessage response = await proxy.PostAsync("/v1/messages", Samples.Messages("short"));
        Assert.Equal(events, await response.Content.ReadAsByteArrayAsync());
        var reported = (await Eventually.RequestsAsync(proxy, 1)).GetProperty("total").GetProperty("reported");
        Assert.Equal(
            (120, 100, 8, 42),
            (reported.GetProperty("input").GetInt32(), reported.GetProperty("cachedRead").GetInt32(), reported.GetProperty("cacheWritten").GetInt32(), reported.GetProperty("output").GetInt32()));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_that_is_not_looked_at_is_sent_on_while_it_comes(bool isChunked)
    {
        var firstHalf = new TaskCompletionSource();
        await using var provider = new FakeProvider(async connection =>
        {
            await connection.ReadHeadAsync();
            Assert.Equal("first half, "u8.ToArray(), isChunked ? await connection.ReadChunkAsync() : await connection.ReadBodyAsync(12));
            firstHalf.SetResult();
            Assert.Equal("second half"u8.ToArray(), isChunked ? await connection.ReadChunkAsync() : await connection.ReadBodyAsync(11));
            if (isChunked) Assert.Empty(await connection.ReadChunkAsync());
            await connection.SendAsync(FakeProvider.Response("200 OK", "", "thanks"));
        });
        await using RunningTestProxy proxy = await RunningTestProxy.StartAsync(provider);
        using var client = new RawClient(proxy.Port);
        await client.SendAsync($"POST /v1/files HTTP/1.1\r\nHost: localhost\r\n{(isChunked ? "Transfer-Encoding: chunked" : "Content-Length: 23")}\r\nConnection: close\r\n\r\n");
        await client.SendAsync(isChunked ? "c\r\nfirst half, \r\n" : "first half, ");
        await firstHalf.Task.WaitAsync(TimeSpan.FromMinutes(1)); // the provider has it, and the client has not sent the rest
        await client.SendAsync(isChunked ? "b\r\nsecond half\r\n0\r\n\r\n" : "second half");
        Assert.EndsWith("thanks", Encoding.ASCII.GetString((await client.ReadToEndAsync()).Bytes), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_that_goes_away_is_gone_for_the_provider_too()
    {
        var closed = new TaskCompletionSource();
        await using var provider = new FakeProvider(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.SendAsync(EventStream);
            await connection.SendChunkAsync("data: {}\n\n");
            await connection.UntilClosedAsync(); // it would stall for ever
            closed.SetResult();
        });
        await using RunningTestProxy proxy = await RunningTestProxy.StartAsync(provider);
        using (var client = new RawClient(proxy.Port))
        {
            string body = Samples.Messages("short");
            await client.SendAsync($"POST /v1/messages HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}");
            await client.ReadUntilAsync("data: {}\n\n");
        }

        await closed.Task.WaitAsync(TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task Two_hundred_streams_run_side_by_side()
    {
        const int Streams = 200;
        using var all = new CountdownEvent(Streams);
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var provider = new FakeProvider(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.SendAsync(EventStream);
            await connection.SendChunkAsync("data: {\"n\":1}\n\n");
            all.Signal();
            if (all.CurrentCount == 0) goOn.TrySetResult();
            await goOn.Task; // no stream ends before all have begun
            await connection.SendChunkAsync($"data: {connection.Request.Body.Length}\n\n");
            await connection.SendAsync("0\r\n\r\n");
        });
        await using RunningTestProxy proxy = await RunningTestProxy.StartAsync(provider);
        string[] answers = await Task.WhenAll(Enumerable.Range(0, Streams).Select(async i =>
        {
            using HttpResponseMessage response = await proxy.PostAsync("/v1/messages", Samples.Messages($"{i} {Samples.Rows}"));
            return await response.Content.ReadAsStringAsync();
        }));
        Assert.All(answers, a => Assert.StartsWith("data: {\"n\":1}\n\ndata: ", a, StringComparison.Ordinal));
        Assert.Equal(Streams, (await Eventually.RequestsAsync(proxy, Streams)).GetProperty("total").GetProperty("requests").GetInt32());
    }

    [Fact]
    public async Task A_websocket_passes_both_ways()
    {
        await using var provider = new FakeProvider(async connection =>
        {
            await connection.ReadHeadAsync();
            Assert.Equal("websocket", connection.Request.Header("Upgrade"));
            await connection.SendAsync("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: x\r\n\r\n");
            byte[] said = await connection.ReadBodyAsync(4);
            await connection.SendAsync([.. said, .. said]);
            await connection.UntilClosedAsync();
        });
        await using RunningTestProxy proxy = await RunningTestProxy.StartAsync(provider);
        using var client = new RawClient(proxy.Port);
        await client.SendAsync("GET /v1/realtime HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: k\r\nSec-WebSocket-Version: 13\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 101 ", await client.ReadUntilAsync("\r\n\r\n"), StringComparison.Ordinal);
        await client.SendAsync("ping");
        Assert.Equal("pingping", await client.ReadUntilAsync("pingping"));
    }

    [Fact]
    public async Task A_client_that_is_to_speak_http_is_told_so_at_once()
    {
        await using FakeProvider provider = FakeProvider.OfJson("{}");
        await using RunningTestProxy proxy = await RunningTestProxy.StartAsync(provider);
        using (var client = new RawClient(proxy.Port))
        {
            await client.SendAsync("GET /headroom/http/v1/responses HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: k\r\nSec-WebSocket-Version: 13\r\n\r\n");
            Assert.StartsWith("HTTP/1.1 426 ", await client.ReadUntilAsync("\r\n\r\n"), StringComparison.Ordinal);
        }

        using HttpResponseMessage response = await proxy.PostAsync("/headroom/http/v1/responses?a=b", Samples.Responses(Samples.Rows));
        Assert.Equal("POST /v1/responses?a=b HTTP/1.1", provider.Requests.Single().Line);
        Assert.NotEqual(Samples.Rows, Samples.ResultIn(provider.LastBody)); // read like any other
    }
}
