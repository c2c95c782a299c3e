using System.Text.Json;
using Headroom.Tokens;

namespace Headroom.Cli.Proxy.Figures;

/// <summary>What the proxy counts, and shows.</summary>
public sealed class LedgerTests
{
    private const string Answer = """{"id":"msg_1","type":"message","model":"claude-sonnet-5","content":[],"usage":{"input_tokens":10,"cache_read_input_tokens":90,"output_tokens":5}}""";

    [Fact]
    public async Task A_conversation_sent_twice_counts_twice_on_the_wire_and_once_as_new_input_and_by_kind()
    {
        await using FakeProvider provider = FakeProvider.OfJson(Answer);
        await using RunningTestProxy proxy = await RunningTestProxy.StartAsync(provider);
        (await proxy.PostAsync("/v1/messages", Samples.Messages(Samples.Rows))).Dispose();
        JsonElement once = (await Eventually.RequestsAsync(proxy, 1)).GetProperty("total");
        (await proxy.PostAsync("/v1/messages", Samples.Messages(Samples.Rows))).Dispose();
        JsonElement stats = await Eventually.RequestsAsync(proxy, 2), total = stats.GetProperty("total");
        long rows = O200kTokenCounter.Instance.Count(Samples.Rows);
        Assert.Equal(rows, total.GetProperty("touchedItems").GetProperty("before").GetInt64());
        Assert.Equal(2 * Count(once, "wholeWire", "before"), Count(total, "wholeWire", "before"));
        Assert.Equal(Count(once, "newInput", "before"), Count(total, "newInput", "before"));
        Assert.True(Count(total, "wholeWire", "net") > rows);
        JsonElement kind = Assert.Single(stats.GetProperty("kinds").EnumerateArray());
        Assert.Equal(("json", 1, 1, rows), (kind.GetProperty("kind").GetString(), kind.GetProperty("items").GetInt32(), kind.GetProperty("changed").GetInt32(), kind.GetProperty("before").GetInt64()));
        Assert.Equal(1, stats.GetProperty("reasons").GetProperty("compressed").GetInt32());
        JsonElement session = Assert.Single(stats.GetProperty("sessions").EnumerateArray());
        Assert.Equal(("claude-sonnet-5", 2), (session.GetProperty("model").GetString(), session.GetProperty("requests").GetInt32()));
        Assert.Equal((200, 180, 10), (Reported(total, "input"), Reported(total, "cachedRead"), Reported(total, "output")));
        Assert.True(total.GetProperty("dollars").GetProperty("net").GetDouble() > 0);
    }

    [Fact]
    public async Task Conversations_are_told_apart_by_their_first_question_and_their_session()
    {
        await using FakeProvider provider = FakeProvider.OfJson(Answer);
        await using RunningTestProxy proxy = await RunningTestProxy.StartAsync(provider);
        foreach (string body in new[]
        {
            Samples.Messages("a"), Samples.Messages("b"), Samples.Messages("a").Replace("What failed?", "Why?", StringComparison.Ordinal),
            Samples.Messages("a").Replace("\"max_tokens\"", "\"metadata\":{\"user_id\":\"session_1\"},\"max_tokens\"", StringComparison.Ordinal),
        }) (await proxy.PostAsync("/v1/messages", body)).Dispose();
        JsonElement stats = await Eventually.RequestsAsync(proxy, 4);
        Assert.Equal([1, 1, 2], stats.GetProperty("sessions").EnumerateArray().Select(s => s.GetProperty("requests").GetInt32()).Order());
    }

    [Fact]
    public async Task A_history_the_provider_keeps_leads_back_to_its_conversation_by_the_answers_id()
    {
        int answers = 0;
        await using var provider = new FakeProvider(async connection =>
        {
            while (await connection.ReadRequestAsync())
                await connection.SendAsync(FakeProvider.Response("200 OK", "Content-Type: application/json\r\n", $$$"""{"id":"resp_{{{++answers}}}","object":"response","model":"gpt-6-sol","output":[],"usage":{"input_tokens":5,"output_tokens":1}}"""));
        });
        await using RunningTestProxy proxy = await RunningTestProxy.StartAsync(provider);
        (await proxy.PostAsync("/v1/responses", """{"input":"go"}""")).Dispose();
        await Eventually.RequestsAsync(proxy, 1);
        for (int i = 1; i <= 2; i++)
        {
            (await proxy.PostAsync("/v1/responses", $$"""{"previous_response_id":"resp_{{i}}","input":[{"type":"function_call_output","call_id":"c","output":"x"}]}""")).Dispose();
            await Eventually.RequestsAsync(proxy, i + 1);
        }

        JsonElement session = Assert.Single((await proxy.StatsAsync()).GetProperty("sessions").EnumerateArray());
        Assert.Equal((3, 2), (session.GetProperty("requests").GetInt32(), session.GetProperty("partialRequests").GetInt32()));
    }

    [Fact]
    public async Task What_headroom_adds_is_charged_to_it()
    {
        await using FakeProvider provider = FakeProvider.OfJson("""{"type":"message","model":"m","content":[{"type":"tool_use","id":"t2","name":"mcp__headroom__headroom_retrieve","input":{"id":"x"}}],"usage":{"input_tokens":9,"output_tokens":40}}""");
        await using RunningTestProxy proxy = await RunningTestProxy.StartAsync(provider);
        string first = Samples.Messages(Samples.LongLog, Samples.MessagesTool());
        (await proxy.PostAsync("/v1/messages", first)).Dispose();
        JsonElement once = (await Eventually.RequestsAsync(proxy, 1)).GetProperty("total");
        Assert.True(Count(once, "wholeWire", "toolDeclaration") > 0);
        Assert.True(Count(once, "wholeWire", "markers") > 0);
        Assert.Equal(40, once.GetProperty("retrievalOutput").GetInt32()); // the answer only asked for retrieval
        string second = first[..^2] + """
            ,{"role":"assistant","content":[{"type":"tool_use","id":"t2","name":"mcp__headroom__headroom_retrieve","input":{"id":"x"}}]},{"role":"user","content":[{"type":"tool_result","tool_use_id":"t2","content":"what was asked back"}]}]}
            """;
        (await proxy.PostAsync("/v1/messages", second)).Dispose();
        JsonElement twice = (await Eventually.RequestsAsync(proxy, 2)).GetProperty("total");
        Assert.Equal(1, twice.GetProperty("retrievalRounds").GetInt32());
        Assert.Equal(Count(once, "wholeWire", "before"), Count(twice, "wholeWire", "before")); // without Headroom the second would not exist
        Assert.True(Count(twice, "wholeWire", "retrieval") > Count(once, "wholeWire", "sent")); // so all of it is overhead
    }

    [Fact]
    public async Task Failures_of_our_own_are_counted_and_the_request_goes_on()
    {
        await using FakeProvider provider = FakeProvider.OfJson("{\"usage\":", headers: ""); // cut short
        await using RunningTestProxy proxy = await RunningTestProxy.StartAsync(provider);
        using HttpResponseMessage response = await proxy.PostAsync("/v1/messages", Samples.Messages("x"));
        Assert.Equal("{\"usage\":", await response.Content.ReadAsStringAsync());
        JsonElement stats = await Eventually.RequestsAsync(proxy, 1);
        Assert.Equal(1, stats.GetProperty("failures").GetProperty("usage").GetInt32());
    }

    [Fact]
    public async Task Requests_are_counted_by_what_became_of_them()
    {
        await using FakeProvider provider = FakeProvider.OfJson(Answer);
        await using RunningTestProxy proxy = await RunningTestProxy.StartAsync(provider);
        (await proxy.PostAsync("/v1/messages", Samples.Messages(Samples.Rows))).Dispose();
        (await proxy.PostAsync("/v1/messages", Samples.Messages("short"))).Dispose();
        (await proxy.PostAsync("/v1/messages", "{")).Dispose();
        (await proxy.PostAsync("/v1/other", "{}")).Dispose();
        await Eventually.RequestsAsync(proxy, 2);
        JsonElement stats = await proxy.StatsAsync();
        Assert.Equal(
            ["passed whole 1", "rewritten whole 1", "unchanged whole 1", "unread whole 1"],
            stats.GetProperty("requests").EnumerateArray().Select(r => $"{r.GetProperty("body")} {r.GetProperty("delivery")} {r.GetProperty("count")}"));
    }

    [Fact]
    public async Task Metrics_are_in_the_format_of_prometheus()
    {
        await using FakeProvider provider = FakeProvider.OfJson(Answer);
        await using RunningTestProxy proxy = await RunningTestProxy.StartAsync(provider);
        (await proxy.PostAsync("/v1/messages", Samples.Messages(Samples.Rows))).Dispose();
        await Eventually.RequestsAsync(proxy, 1);
        using HttpResponseMessage response = await proxy.Client.GetAsync(new Uri("/headroom/metrics", UriKind.Relative));
        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        string text = await response.Content.ReadAsStringAsync();
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        HashSet<string> declared = [];
        foreach (string line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.StartsWith("# TYPE ", StringComparison.Ordinal)) Assert.True(declared.Add(line.Split(' ')[2]), line);
            else if (!line.StartsWith("# HELP ", StringComparison.Ordinal))
            {
                Assert.Matches("^[a-z_]+(\\{[a-z_]+=\"[A-Za-z0-9_]+\"(,[a-z_]+=\"[A-Za-z0-9_]+\")*\\})? [0-9.E+-]+$", line);
                Assert.Contains(line.Split('{', ' ')[0], declared);
            }
        }

        Assert.Contains("\nheadroom_reported_tokens_total{type=\"cached_read\"} 90\n", text, StringComparison.Ordinal);
        Assert.Contains("\nheadroom_http_requests_total{body=\"rewritten\",delivery=\"whole\"} 1\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_that_was_said_is_in_any_figure()
    {
        const string Secret = "xyzzy-plugh";
        await using FakeProvider provider = FakeProvider.OfJson(Answer.Replace("\"content\":[]", $$"""  "content":[{"type":"text","text":"{{Secret}}"}]""", StringComparison.Ordinal));
        await using RunningTestProxy proxy = await RunningTestProxy.StartAsync(provider);
        string body = Samples.Messages(Samples.Rows.Replace("item", Secret, StringComparison.Ordinal)).Replace("What failed?", Secret, StringComparison.Ordinal).Replace("read_log", Secret, StringComparison.Ordinal);
        (await proxy.PostAsync("/v1/messages", body.Replace("\"max_tokens\"", $$"""  "metadata":{"user_id":"{{Secret}}"},"max_tokens" """, StringComparison.Ordinal))).Dispose();
        (await proxy.PostAsync("/v1/" + Secret, Secret)).Dispose();
        await Eventually.RequestsAsync(proxy, 1);
        foreach (string path in new[] { "stats", "metrics", "health", "" })
            Assert.DoesNotContain(Secret, await proxy.Client.GetStringAsync(new Uri("/headroom/" + path, UriKind.Relative)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Health_says_who_answers_and_how_it_is_set_up()
    {
        await using FakeProvider provider = FakeProvider.OfJson("{}");
        await using RunningTestProxy proxy = await RunningTestProxy.StartAsync(new ProxySettings
        {
            Upstreams = Upstreams.Of(provider.Url, null, null, ["/x=https://x.example/y"]),
            Options = new HeadroomOptions { Mode = CompressionMode.Aggressive },
            Store = "/originals",
        });
        JsonElement health = JsonDocument.Parse(await proxy.Client.GetStringAsync(new Uri("/headroom/health", UriKind.Relative))).RootElement;
        Assert.Equal(("headroom", "ok", "aggressive", "/originals", Environment.ProcessId), (
            health.GetProperty("name").GetString(), health.GetProperty("status").GetString(), health.GetProperty("mode").GetString(), health.GetProperty("store").GetString(), health.GetProperty("pid").GetInt32()));
        Assert.Matches("^[0-9]+\\.[0-9]+\\.[0-9]+", health.GetProperty("version").GetString());
        Assert.Equal(
            [("/x", "/x", "https://x.example/y"), ("anthropic", "", provider.Url), ("openai", "", provider.Url)],
            health.GetProperty("upstreams").EnumerateArray().Select(u => (u.GetProperty("name").GetString(), u.GetProperty("prefix").GetString(), u.GetProperty("address").GetString())));
    }

    [Theory]
    [InlineData("GET", "/headroom/nothing", 404)]
    [InlineData("POST", "/headroom/stats", 405)]
    [InlineData("HEAD", "/headroom/health", 200)]
    [InlineData("GET", "/headroom", 308)]
    [InlineData("GET", "/headroomx", 200)] // the provider's
    public async Task Own_addresses_never_reach_a_provider(string method, string path, int status)
    {
        await using FakeProvider provider = FakeProvider.OfJson("{}");
        await using RunningTestProxy proxy = await RunningTestProxy.StartAsync(provider);
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using HttpResponseMessage response = await proxy.Client.SendAsync(request);
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(path == "/headroomx" ? 1 : 0, provider.Requests.Count);
    }

    private static long Count(JsonElement figures, string of, string what) => figures.GetProperty(of).GetProperty(what).GetInt64();

    private static int Reported(JsonElement figures, string what) => figures.GetProperty("reported").GetProperty(what).GetInt32();
}
