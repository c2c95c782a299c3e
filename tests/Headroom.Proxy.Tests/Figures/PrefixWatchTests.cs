using System.Text.Json;
using System.Text.Json.Nodes;
using Headroom.Cli.Proxy.Accounts;
using Headroom.Cli.Proxy.Bodies;
using Headroom.Economics;

namespace Headroom.Cli.Proxy.Figures;

/// <summary>What breaks the prompt cache between two requests is counted with its place, said once, and never shown as text.</summary>
public sealed class PrefixWatchTests
{
    private const string Answer = """{"id":"i","type":"message","model":"claude-sonnet-5","content":[],"usage":{"input_tokens":10,"output_tokens":5}}""";

    [Fact]
    public async Task A_clock_in_the_system_prompt_is_counted_every_time_and_said_once()
    {
        (JsonElement cache, List<string> said, string metrics) = await SendAsync(
            Request("It is 2026-11-22T10:33:12Z. Be brief.", 1), Request("It is 2026-11-22T10:34:55Z. Be brief.", 2), Request("It is 2026-11-22T10:35:01Z. Be brief.", 3));
        Assert.Equal(2, cache.GetProperty("breaks").GetInt32());
        JsonElement place = Assert.Single(cache.GetProperty("places").EnumerateArray());
        Assert.Equal(("the instructions", "volatileText", "dateTime", 2), (Text(place, "part"), Text(place, "change"), Text(place, "volatile"), place.GetProperty("count").GetInt32()));
        Assert.Equal("It is 2026-11-22T10:3".Length, place.GetProperty("offset").GetInt32()); // where the last two parted
        Assert.True(cache.GetProperty("lostTokens").GetInt64() > 0);
        Assert.Equal(("dateTime", 6), (Text(cache.GetProperty("volatile")[0], "kind"), cache.GetProperty("volatile")[0].GetProperty("offset").GetInt32()));
        string line = Assert.Single(said);
        Assert.Contains("the instructions, character 21: a date and time in it changed", line, StringComparison.Ordinal);
        Assert.DoesNotContain("10:3", line + cache.GetRawText(), StringComparison.Ordinal); // places, never content
        Assert.Contains("headroom_prompt_cache_breaks_total{change=\"volatileText\"} 2\n", metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_conversation_that_grows_breaks_nothing()
    {
        (JsonElement cache, List<string> said, _) = await SendAsync(Request("Be brief.", 1), Request("Be brief.", 2), Request("Be brief.", 2), Request("Be brief.", 4));
        Assert.Equal((0, 0), (cache.GetProperty("breaks").GetInt32(), said.Count));
    }

    [Fact]
    public async Task Tools_in_another_order_are_named()
    {
        (JsonElement cache, _, _) = await SendAsync(Request("Be brief.", 1, "read", "write"), Request("Be brief.", 2, "write", "read"));
        JsonElement place = Assert.Single(cache.GetProperty("places").EnumerateArray());
        Assert.Equal(("tool write", "toolsReordered"), (Text(place, "part"), Text(place, "change")));
    }

    [Fact]
    public async Task A_result_that_was_cleared_later_is_named_with_its_message()
    {
        string cleared = Request("Be brief.", 3).Replace("result 1 ", "[cleared] ", StringComparison.Ordinal);
        (JsonElement cache, _, _) = await SendAsync(Request("Be brief.", 2), cleared);
        JsonElement place = Assert.Single(cache.GetProperty("places").EnumerateArray());
        Assert.Equal(("message 3 (result of read)", 3, "textChanged", 0), (Text(place, "part"), place.GetProperty("message").GetInt32(), Text(place, "change"), place.GetProperty("offset").GetInt32()));
    }

    [Fact]
    public async Task Another_errand_that_begins_with_the_same_question_is_no_break()
    {
        string title = """{"model":"claude-sonnet-5","max_tokens":9,"system":"Write a title.","messages":[{"role":"user","content":"What failed?"}]}""";
        (JsonElement cache, _, _) = await SendAsync(title, Request("Be brief.", 1), title, Request("Be brief.", 2));
        Assert.Equal(0, cache.GetProperty("breaks").GetInt32());
    }

    [Fact]
    public async Task What_claude_code_says_of_itself_breaks_the_cache_of_everybody_but_anthropic()
    {
        // This provider is not Anthropic.
        (JsonElement cache, _, _) = await SendAsync(Request("x-anthropic-billing-header: cc_version=2.1.175; cch=36ee5;", 1), Request("x-anthropic-billing-header: cc_version=2.1.175; cch=0aaa9;", 2));
        Assert.Equal(1, cache.GetProperty("breaks").GetInt32());
    }

    [Theory]
    [InlineData("https://api.anthropic.com", 0, true)]
    [InlineData("https://gateway.example.com", 1, false)]
    public async Task Anthropic_takes_it_away_before_its_cache_looks_and_so_do_the_accounts(string address, int breaks, bool isRead)
    {
        var compressor = new ConversationCompressor();
        var accounts = new ProxyAccounts(compressor, _ => { });
        var rewriter = new RequestRewriter(compressor, accounts.Failed);
        for (int i = 0; i < 2; i++)
        {
            JsonNode request = JsonNode.Parse(Request("", 1 + i))!;
            request["system"] = new JsonArray(Text($"x-anthropic-billing-header: cch={i};"), Text(string.Concat(Enumerable.Range(0, 3_000).Select(n => $"Rule {n}. "))));
            request["system"]![1]!["cache_control"] = new JsonObject { ["type"] = "ephemeral" };
            byte[] bytes = JsonSerializer.SerializeToUtf8Bytes(request);
            RewrittenRequest rewritten = await rewriter.RewriteAsync(WireFormat.Messages, bytes, default);
            LedgerEntry entry = accounts.Prepare(rewritten, bytes, Upstream.Parse("anthropic", "", address), TimeSpan.FromSeconds(i))!;
            accounts.Record(entry, null);
        }

        Assert.Equal(breaks, accounts.Prefixes.Figures.Breaks.Values.Sum());
        Assert.Equal(isRead, accounts.Ledger.Snapshot().Total.CacheSent.CachedRead > 5_000);

        static JsonObject Text(string text) => new() { ["type"] = "text", ["text"] = text };
    }

    /// <summary>A request of Anthropic's with so many calls and results.</summary>
    private static string Request(string system, int turns, params string[] tools)
    {
        JsonArray messages = [new JsonObject { ["role"] = "user", ["content"] = "What failed?" }];
        for (int i = 1; i <= turns; i++)
        {
            messages.Add(new JsonObject { ["role"] = "assistant", ["content"] = new JsonArray(new JsonObject { ["type"] = "tool_use", ["id"] = $"toolu_{i}", ["name"] = "read", ["input"] = new JsonObject { ["path"] = $"{i}.log" } }) });
            messages.Add(new JsonObject { ["role"] = "user", ["content"] = new JsonArray(new JsonObject { ["type"] = "tool_result", ["tool_use_id"] = $"toolu_{i}", ["content"] = $"result {i} of a tool that found nothing" }) });
        }

        var declared = new JsonArray([.. tools.Select(t => new JsonObject { ["name"] = t, ["description"] = $"To {t}.", ["input_schema"] = new JsonObject { ["type"] = "object" } })]);
        return new JsonObject { ["model"] = "claude-sonnet-5", ["max_tokens"] = 9, ["tools"] = declared, ["system"] = system, ["messages"] = messages }.ToJsonString();
    }

    private static async Task<(JsonElement Cache, List<string> Said, string Metrics)> SendAsync(params string[] requests)
    {
        await using FakeProvider provider = FakeProvider.OfJson(Answer);
        List<string> said = [];
        await using RunningTestProxy proxy = await RunningTestProxy.StartAsync(new ProxySettings { Upstreams = Upstreams.Of(provider.Url, null, null, []) }, talk: line =>
        {
            lock (said) said.Add(line);
        });
        for (int i = 0; i < requests.Length; i++)
        {
            (await proxy.PostAsync("/v1/messages", requests[i])).Dispose();
            await Eventually.RequestsAsync(proxy, i + 1); // in order
        }

        return ((await proxy.StatsAsync()).GetProperty("promptCache"), said, await proxy.Client.GetStringAsync(new Uri("/headroom/metrics", UriKind.Relative)));
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;
}
