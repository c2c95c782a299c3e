using System.Text.Json;
using Headroom.Tokens;

namespace Headroom.Cli.Tests.Commands;

public sealed class NdjsonTests : IDisposable
{
    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public void Older_results_of_a_conversation_give_way_as_the_window_fills_up()
    {
        using var tool = new Tool();
        IEnumerable<string> messages = Enumerable.Range(0, 12).SelectMany(i => new[]
        {
            $$$"""{"role":"assistant","tool_calls":[{"id":"c{{{i}}}","function":{"name":"read","arguments":"{}"}}]}""",
            $$$"""{"role":"tool","tool_call_id":"c{{{i}}}","content":{{{JsonSerializer.Serialize(string.Join('\n', Enumerable.Range(0, 40).Select(k => $"value {i * 7919 + k * 31} of row {k} belongs to part {i * k % 1013}")))}}}}""",
        });
        string line = $$$"""{"id":"a","messages":[{{{string.Join(',', messages)}}}]}""" + "\n";
        ToolResult result = tool.Run(line, "compress", "--conversations", "--context-window", "4000", "--store", tool.Folder);
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("left out to make room", result.Text);
        Assert.Contains("\"reason\":\"madeRoom\"", result.Text);
        Assert.DoesNotContain("left out to make room", tool.Run(line, "compress", "--conversations", "--store", tool.Folder).Text);
    }

    [Theory]
    [InlineData("--conversations", "10", "balanced", "2,000")]
    [InlineData("--conversations", "50000", "lossless", "lossless never does")]
    [InlineData("--ndjson", "50000", "balanced", "is for conversations")]
    public void A_context_window_that_makes_no_sense_is_refused(string protocol, string window, string mode, string says)
    {
        using var tool = new Tool();
        ToolResult result = tool.Run("", "compress", protocol, "--mode", mode, "--context-window", window);
        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains(says, result.Talk);
    }

    [Fact]
    public void An_item_is_answered_with_its_outcome()
    {
        int tokens = O200kTokenCounter.Instance.Count("hello");
        Assert.Equal(
            $"{{\"id\":\"a\",\"text\":\"hello\",\"form\":\"unchanged\",\"kind\":\"text\",\"reason\":\"tooSmall\",\"tokensBefore\":{tokens},\"tokensAfter\":{tokens}}}",
            _tool.Run("""{"id":"a","text":"hello"}""" + "\n", "compress", "--ndjson").Ended(ExitCodes.Success).Lines.Single());
    }

    [Fact]
    public void Answers_come_in_the_order_of_the_lines()
    {
        // Large and small in turn, so that side by side the small ones are done first.
        string[] texts = [.. Enumerable.Range(0, 120).Select(i => string.Concat(Enumerable.Range(0, i % 7 == 0 ? 4_000 : 1).Select(n => $"line {n} of {i}\n")))];
        string input = string.Concat(texts.Select((t, i) => JsonSerializer.Serialize(new { id = i, text = t }) + "\n"));
        ToolResult result = _tool.Run(input, "compress", "--ndjson").Ended(ExitCodes.Success);
        Assert.Equal(Enumerable.Range(0, 120), result.Lines.Select(l => JsonDocument.Parse(l).RootElement.GetProperty("id").GetInt32()));
        Assert.Equal(result.Text, _tool.Run(input, "compress", "--ndjson").Text);
    }

    [Fact]
    public void The_id_comes_back_as_it_was_spelled() => Assert.Contains(
        "\"id\":{ \"n\": 1.0e2, \"s\":\"\\u00e9\" },", _tool.Run("""{"text":"t","id":{ "n": 1.0e2, "s":"\u00e9" }}""", "compress", "--ndjson").Text, StringComparison.Ordinal);

    [Fact]
    public void Lone_surrogates_survive_as_escapes_and_everything_else_is_raw()
    {
        ToolResult result = _tool.Run("""{"id":1,"text":"a\ud800b \udc00\ud83d\ude00 \u0007 \u00e9 \u2028 \/ \"\\"}""", "compress", "--ndjson").Ended(ExitCodes.Success);
        Assert.Contains("\"text\":\"a\\ud800b \\udc00\U0001F600 \\u0007 é \u2028 / \\\"\\\\\"", result.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Windows_line_ends_blank_lines_and_a_byte_order_mark_are_taken() =>
        Assert.Equal(2, _tool.Run("\uFEFF{\"id\":1,\"text\":\"a\"}\r\n\r\n  \n{\"id\":2,\"text\":\"b\"}", "compress", "--ndjson").Ended(ExitCodes.Success).Lines.Length);

    [Theory]
    [InlineData("{\"id\":1}", "no string member \"text\"")]
    [InlineData("{\"id\":1,\"text\":7}", "no string member \"text\"")]
    [InlineData("[1]", "not a JSON object")]
    [InlineData("{\"id\":1,", "not valid JSON")]
    [InlineData("{} {}", "not valid JSON")]
    public void A_bad_line_is_answered_in_its_place_and_the_others_as_ever(string bad, string why)
    {
        ToolResult result = _tool.Run("{\"id\":1,\"text\":\"a\"}\n" + bad + "\n{\"id\":3,\"text\":\"c\"}\n", "compress", "--ndjson").Ended(ExitCodes.BadData);
        Assert.Equal(3, result.Lines.Length);
        Assert.StartsWith("{\"error\":\"line 2: ", result.Lines[1], StringComparison.Ordinal);
        Assert.Contains("headroom: line 2: " + why, result.Talk, StringComparison.Ordinal);
        Assert.StartsWith("{\"id\":3,", result.Lines[2], StringComparison.Ordinal);
    }

    [Fact]
    public void Invalid_utf8_in_a_line_is_reported()
    {
        byte[] line = [.. "{\"id\":1,\"text\":\""u8, 0xff, .. "\"}\n"u8];
        Assert.Equal("{\"error\":\"line 1: not valid UTF-8\"}", _tool.Run(line, "compress", "--ndjson").Ended(ExitCodes.BadData).Lines.Single());
    }

    [Fact]
    public void A_line_nested_a_hundred_thousand_deep_ends()
    {
        string deep = new string('[', 100_000) + new string(']', 100_000);
        ToolResult result = _tool.Run("{\"id\":1,\"extra\":" + deep + ",\"text\":\"a\"}\n", "compress", "--ndjson").Ended(ExitCodes.Success);
        Assert.StartsWith("{\"id\":1,\"text\":\"a\"", result.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_caller_may_write_one_line_and_wait_for_its_answer()
    {
        using System.Diagnostics.Process process = _tool.Start("compress", "--ndjson");
        for (int i = 0; i < 3; i++)
        {
            process.StandardInput.Write($"{{\"id\":{i},\"text\":\"hello\"}}\n");
            process.StandardInput.Flush();
            Assert.StartsWith($"{{\"id\":{i},", process.StandardOutput.ReadLine(), StringComparison.Ordinal);
        }

        process.StandardInput.Close();
        Assert.True(process.WaitForExit(60_000));
        Assert.Equal(ExitCodes.Success, process.ExitCode);
    }

    [Fact]
    public void Expand_decodes_what_compress_answered()
    {
        CorpusFile[] files = [.. CorpusFile.All.Where(f => f.Text.Length < 60_000)];
        string input = string.Concat(files.Select(f => JsonSerializer.Serialize(new { id = f.Id, text = f.Text }) + "\n"));
        ToolResult compressed = _tool.Run(input, "compress", "--ndjson", "--mode", "lossless").Ended(ExitCodes.Success);
        ToolResult expanded = _tool.Run(compressed.Bytes, "expand", "--ndjson").Ended(ExitCodes.Success);
        Assert.Equal(files.Length, expanded.Lines.Length);
        for (int i = 0; i < files.Length; i++)
        {
            JsonElement outcome = JsonDocument.Parse(compressed.Lines[i]).RootElement;
            JsonElement answer = JsonDocument.Parse(expanded.Lines[i]).RootElement;
            Assert.Equal(files[i].Id, answer.GetProperty("id").GetString());
            if (outcome.GetProperty("form").GetString() == "unchanged") Assert.Equal(files[i].Text, outcome.GetProperty("text").GetString());
            Assert.Contains(outcome.GetProperty("form").GetString(), new[] { "unchanged", "reformatted" });
            Assert.True(outcome.GetProperty("tokensAfter").GetInt32() <= outcome.GetProperty("tokensBefore").GetInt32());
        }
    }

    [Fact]
    public void Without_retrieval_nothing_is_cut_in_any_mode()
    {
        string input = string.Concat(CorpusFile.All.Select(f => JsonSerializer.Serialize(new { id = f.Id, text = f.Text }) + "\n"));
        ToolResult result = _tool.Run(input, "compress", "--ndjson", "--mode", "aggressive", "--no-retrieval").Ended(ExitCodes.Success);
        Assert.DoesNotContain("\"form\":\"elided\"", result.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("\"originalId\"", result.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_store_that_cannot_be_written_cuts_nothing()
    {
        string blocked = _tool.WriteFile("blocked", "a file where the folder should be");
        string input = string.Concat(CorpusFile.All.Select(f => JsonSerializer.Serialize(new { id = f.Id, text = f.Text }) + "\n"));
        ToolResult result = _tool.Run(input, "compress", "--ndjson", "--mode", "aggressive", "--store", blocked).Ended(ExitCodes.Success);
        Assert.DoesNotContain("\"form\":\"elided\"", result.Text, StringComparison.Ordinal);
    }
}
