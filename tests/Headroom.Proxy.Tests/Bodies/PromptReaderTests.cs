using System.Text;

namespace Headroom.Cli.Proxy.Bodies;

/// <summary>Which texts of a request are items, and what the engine is told of them.</summary>
public sealed class PromptReaderTests
{
    [Fact]
    public void Anthropic_blocks_are_items_in_the_order_they_are_read() => Assert.Equal(
        [
            "System: sys", "User: u1", "User: u2", "Assistant: a1", "Tool read({\"p\": 1.0}) t1: whole", "Tool read({\"p\": 1.0}) t1: part", "Tool t9: unknown call", "Tool read({\"p\": 1.0}) t1 error: failed", "User: after",
        ],
        Read(WireFormat.Messages, """
            {"messages":[{"role":"user","content":"u1"},{"content":[{"type":"text","text":"u2"},{"type":"image","source":{"data":"text"}},{"type":"document","source":{"type":"text","data":"d"}}],"role":"user"},
            {"role":"assistant","content":[{"type":"thinking","thinking":"hm","signature":"s"},{"type":"redacted_thinking","data":"x"},{"text":"a1","type":"text"},{"type":"tool_use","id":"t1","name":"read","input":{"p": 1.0}}]},
            {"role":"user","content":[{"type":"tool_result","content":"whole","tool_use_id":"t1"},{"type":"tool_result","tool_use_id":"t1","content":[{"type":"text","text":"part","cache_control":{"type":"ephemeral"}},{"type":"image"},{"type":"search_result","content":[{"type":"text","text":"cited"}]}]},
            {"type":"tool_result","tool_use_id":"t9","content":"unknown call"},{"type":"tool_result","tool_use_id":"t1","content":"failed","is_error":true},{"type":"tool_result","tool_use_id":"t1"},{"type":"text","text":"after"}]}],
            "system":[{"type":"text","text":"sys","cache_control":{"type":"ephemeral"}}]}
            """));

    [Fact]
    public void Chat_messages_are_items_in_the_order_they_are_read() => Assert.Equal(
        ["System: sys", "System: dev", "User: u", "Assistant: a", "Tool ls({}) c1: r1", "Tool ls({}) c1: r2", "Tool patch(raw) c2: r3", "Tool named c9: r4", "Tool old({\"x\":1}) function old: r5"],
        Read(WireFormat.Chat, """
            {"messages":[{"role":"system","content":"sys"},{"role":"developer","content":[{"type":"text","text":"dev"}]},{"role":"user","content":[{"type":"text","text":"u"},{"type":"image_url","image_url":{"url":"x"}}]},
            {"role":"assistant","content":"a","refusal":null,"tool_calls":[{"id":"c1","type":"function","function":{"name":"ls","arguments":"{}"}},{"id":"c2","type":"custom","custom":{"name":"patch","input":"raw"}}]},
            {"role":"tool","tool_call_id":"c1","content":[{"type":"text","text":"r1"},{"type":"text","text":"r2"}]},{"content":"r3","role":"tool","tool_call_id":"c2"},{"role":"tool","tool_call_id":"c9","name":"named","content":"r4"},
            {"role":"assistant","content":null,"function_call":{"name":"old","arguments":"{\"x\":1}"}},{"role":"function","name":"old","content":"r5"},{"role":"wizard","content":"?"},7,null]}
            """));

    [Fact]
    public void Items_of_responses_are_items_in_the_order_they_are_read() => Assert.Equal(
        [
            "System: ins", "User: u", "System: dev", "Assistant: said", "Tool read({}) c1: r1", "Tool read({}) c1: r2", "Tool apply(raw) c2: r3", "Tool shell({\"command\":[\"ls\"]}) s1: r4", "Tool shell({\"commands\":[\"ls\"]}) c4: out",
            "Tool shell({\"commands\":[\"ls\"]}) c4: err", "Tool apply_patch({\"type\":\"update_file\"}) c5: done", "Tool apply_patch({\"type\":\"update_file\"}) c5 error: no", "Tool remote({\"q\":1}) pinned: theirs",
        ],
        Read(WireFormat.Responses, """
            {"instructions":"ins","input":[{"role":"user","content":[{"type":"input_text","text":"u"},{"type":"input_image","image_url":"x"}]},{"type":"message","role":"developer","content":"dev"},
            {"type":"reasoning","summary":[{"type":"summary_text","text":"thought"}],"encrypted_content":"x"},{"type":"message","role":"assistant","content":[{"type":"output_text","text":"said"},{"type":"refusal","refusal":"no"}]},
            {"type":"function_call","call_id":"c1","name":"read","arguments":"{}"},{"type":"function_call_output","call_id":"c1","output":"r1"},{"type":"function_call_output","call_id":"c1","output":[{"type":"input_text","text":"r2"},{"type":"input_image"}]},
            {"type":"custom_tool_call","call_id":"c2","name":"apply","input":"raw"},{"type":"custom_tool_call_output","call_id":"c2","output":"r3"},
            {"type":"local_shell_call","id":"x","call_id":"s1","action":{"command":["ls"]}},{"type":"local_shell_call_output","id":"s1","output":"r4"},
            {"type":"shell_call","call_id":"c4","action":{"commands":["ls"]}},{"type":"shell_call_output","call_id":"c4","output":[{"stdout":"out","stderr":"err","outcome":{"type":"exit","exit_code":1}},{"stdout":"","stderr":""}]},
            {"type":"apply_patch_call","call_id":"c5","operation":{"type":"update_file"}},{"type":"apply_patch_call_output","call_id":"c5","status":"completed","output":"done"},{"type":"apply_patch_call_output","call_id":"c5","status":"failed","output":"no"},
            {"type":"mcp_call","id":"m","server_label":"s","name":"remote","arguments":"{\"q\":1}","output":"theirs"},{"type":"computer_call_output","call_id":"c6","output":{"type":"computer_screenshot"}},{"type":"web_search_call","id":"w"}]}
            """));

    [Fact]
    public void A_text_for_input_is_the_users() => Assert.Equal(["User: hello"], Read(WireFormat.Responses, """{"input":"hello"}"""));

    [Fact]
    public void What_the_agent_says_in_the_users_name_is_not_the_question() => Assert.Equal(
        ["User: real", "System: <system-reminder>todo</system-reminder>\n", "User: <system-reminder>a</system-reminder> and mine"],
        Read(WireFormat.Messages, """{"messages":[{"role":"user","content":[{"type":"text","text":"real"},{"type":"text","text":"<system-reminder>todo</system-reminder>\n"},{"type":"text","text":"<system-reminder>a</system-reminder> and mine"}]}]}"""));

    [Theory]
    [InlineData("""{"messages":[{"role":"user","content":[{"type":"tool_result","tool_use_id":"a","tool_use_id":"b","content":"x"}]}]}""")]
    [InlineData("""{"messages":[{"role":"user","content":[{"type":"tool_result","tool_use_id":"a","content":"x","content":"y"}]}]}""")]
    [InlineData("""{"messages":[{"role":"user","content":[{"type":"tool_result","tool_use_id":"a","content":[{"type":"text","text":"x","\u0074ext":"y"}]}]}]}""")]
    [InlineData("""{"messages":[{"role":"user","role":"assistant","content":[{"type":"tool_result","tool_use_id":"a","content":"x"}]}]}""")]
    public void A_result_that_could_be_read_in_two_ways_is_no_item(string body) => Assert.Empty(Read(WireFormat.Messages, body));

    [Theory]
    [InlineData("""{"messages":[],"messages":[]}""")]
    [InlineData("[1]")]
    [InlineData("{\"messages\":[}")]
    [InlineData("{} {}")]
    [InlineData("")]
    [InlineData("not json")]
    public void What_is_not_one_clear_object_is_not_read(string body) => Assert.Null(new PromptReader().Read(WireFormat.Messages, Encoding.UTF8.GetBytes(body)));

    [Fact]
    public void Bytes_that_are_no_utf8_are_not_read() => Assert.Null(new PromptReader().Read(WireFormat.Chat, (byte[])[.. "{\"a\":\""u8, 0xff, .. "\"}"u8]));

    [Theory]
    [InlineData(100, true)]
    [InlineData(1_000_000, false)] // no request is nested like this; it is forwarded as it came, and costs no time
    public void Depth_is_bounded(int depth, bool isRead) => Assert.Equal(
        isRead, new PromptReader().Read(WireFormat.Chat, Encoding.UTF8.GetBytes("""{"x":""" + new string('[', depth) + new string(']', depth) + ""","messages":[{"role":"user","content":"u"}]}""")) is not null);

    [Theory]
    [InlineData("headroom_retrieve", true)]
    [InlineData("mcp__headroom__headroom_retrieve", true)]
    [InlineData("headroom.headroom_retrieve", true)]
    [InlineData("headroom-headroom_retrieve", true)]
    [InlineData("myheadroom_retrieve", false)]
    [InlineData("headroom_retrieve_all", false)]
    [InlineData("HEADROOM_RETRIEVE", false)]
    public void The_retrieval_tool_is_known_behind_the_name_of_its_server(string name, bool declares)
    {
        Assert.Equal(declares, Prompt(WireFormat.Messages, $$"""{{{Samples.MessagesTool(name)}}"messages":[]}""").DeclaresRetrieval);
        Assert.Equal(declares, Prompt(WireFormat.Chat, $$"""{{{Samples.ChatTool(name)}}"messages":[]}""").DeclaresRetrieval);
        Assert.Equal(declares, Prompt(WireFormat.Responses, $$"""{{{Samples.ResponsesTool(name)}}"input":[]}""").DeclaresRetrieval);
    }

    [Theory]
    [InlineData((int)WireFormat.Messages, """{"tools":[{"name":"headroom_retrieve","defer_loading":true}]}""", false)] // loaded on the way, or never
    [InlineData((int)WireFormat.Responses, """{"tools":[{"type":"namespace","name":"mcp__headroom__","tools":[{"type":"function","name":"headroom_retrieve"}]}]}""", true)]
    [InlineData((int)WireFormat.Responses, """{"tools":[{"type":"namespace","name":"n","defer_loading":true,"tools":[{"type":"function","name":"headroom_retrieve"}]}]}""", false)]
    [InlineData((int)WireFormat.Responses, """{"tools":[{"type":"mcp","server_label":"headroom_retrieve"}]}""", false)]
    [InlineData((int)WireFormat.Responses, """{"input":[{"type":"additional_tools","role":"developer","tools":[{"type":"namespace","name":"mcp__headroom","tools":[{"type":"function","name":"headroom_retrieve"}]}]}]}""", true)]
    [InlineData((int)WireFormat.Responses, """{"input":[{"type":"additional_tools","tools":[{"type":"function","name":"headroom_retrieve","defer_loading":true}]}]}""", false)]
    [InlineData((int)WireFormat.Responses, """{"input":[{"type":"additional_tools","tools":[],"tools":[{"type":"function","name":"headroom_retrieve"}]}]}""", false)]
    [InlineData((int)WireFormat.Responses, """{"input":[{"type":"function_call_output","call_id":"c","output":"r"},{"type":"additional_tools","tools":[{"type":"function","name":"headroom_retrieve"}]}]}""", false)] // what stands before it was sent without it
    [InlineData((int)WireFormat.Chat, """{"functions":[{"name":"headroom_retrieve"}]}""", true)]
    [InlineData((int)WireFormat.Chat, """{"tools":[{"type":"function","function":{"name":"other","description":"headroom_retrieve"}}]}""", false)]
    [InlineData((int)WireFormat.Messages, """{"messages":[{"role":"user","content":"headroom_retrieve"}]}""", false)]
    public void Only_a_tool_the_model_can_call_at_once_counts(int format, string body, bool declares) => Assert.Equal(declares, Prompt((WireFormat)format, body).DeclaresRetrieval);

    [Theory]
    [InlineData("""{"input":[]}""", false)]
    [InlineData("""{"input":[],"previous_response_id":"resp_1"}""", true)]
    [InlineData("""{"input":[],"previous_response_id":null}""", false)]
    [InlineData("""{"input":[],"conversation":"conv_1"}""", true)]
    [InlineData("""{"input":[],"conversation":{"id":"conv_1"}}""", true)]
    [InlineData("""{"input":[{"type":"item_reference","id":"msg_1"}]}""", true)]
    public void A_history_the_provider_keeps_makes_a_request_partial(string body, bool isPartial) => Assert.Equal(isPartial, Prompt(WireFormat.Responses, body).IsPartial);

    [Theory]
    [InlineData("", true)]
    [InlineData(""",{"role":"user","content":"and now?"}""", false)]
    [InlineData(""",{"role":"user","content":"<system-reminder>x</system-reminder>"}""", true)]
    [InlineData(""",{"role":"tool","tool_call_id":"c2","content":"other"}""", false)]
    [InlineData(""",{"role":"assistant","content":"done"}""", false)]
    public void A_request_that_only_hands_in_what_was_asked_back_is_known(string more, bool only) => Assert.Equal(only, Prompt(WireFormat.Chat, $$$"""
        {"messages":[{"role":"user","content":"u"},{"role":"assistant","content":"let me see","tool_calls":[{"id":"c1","function":{"name":"mcp__h__headroom_retrieve","arguments":"{}"}}]},{"role":"tool","tool_call_id":"c1","content":"lines"}{{{more}}}]}
        """).OnlyAnswersRetrieval);

    [Fact]
    public void What_was_asked_back_is_told_as_such_under_any_name() => Assert.Equal(
        ["Tool headroom_retrieve({\"id\":\"x\"}) t1: original"],
        Read(WireFormat.Messages, """{"messages":[{"role":"assistant","content":[{"type":"tool_use","id":"t1","name":"mcp__headroom__headroom_retrieve","input":{"id":"x"}}]},{"role":"user","content":[{"type":"tool_result","tool_use_id":"t1","content":"original"}]}]}"""));

    [Fact]
    public void Long_texts_are_the_same_whether_they_are_remembered_or_not()
    {
        var reader = new PromptReader();
        byte[] body = Encoding.UTF8.GetBytes(Samples.Messages(Samples.LongLog)), other = Encoding.UTF8.GetBytes(Samples.Messages(Samples.LongLog.Replace("job 7", "job 8", StringComparison.Ordinal)));
        string first = reader.Read(WireFormat.Messages, body)!.Items[1].Text;
        Assert.Equal(Samples.LongLog, first);
        Assert.NotEqual(first, reader.Read(WireFormat.Messages, other)!.Items[1].Text);
        Assert.Same(first, reader.Read(WireFormat.Messages, (byte[])body.Clone())!.Items[1].Text);
    }

    [Fact]
    public void Remembering_texts_is_bounded()
    {
        var texts = new TokenTexts(maxBytes: 4_000);
        for (int i = 0; i < 50; i++)
        {
            string text = new string('a', 300 + i % 7) + (i % 11);
            Assert.Equal(text, texts.Decode(Encoding.UTF8.GetBytes($"\"{text}\"")));
        }
    }

    [Theory]
    [InlineData("""{"messages":[{"role":"user","content":"a"}]}""", "")]
    [InlineData("""{"tools":[{"name":"t"},{"name":"u","cache_control":{"type":"ephemeral"}}],"system":[{"type":"text","text":"s","cache_control":{"type":"ephemeral","ttl":"1h"}}],"messages":[{"role":"user","content":"a"}]}""", "1 2")]
    [InlineData("""{"messages":[{"role":"user","content":[{"type":"text","text":"a","cache_control":null},{"type":"image","source":{},"cache_control":{"type":"ephemeral"}},{"type":"text","text":"b"}]}]}""", "0")]
    [InlineData("""{"messages":[{"role":"user","content":[{"type":"image","source":{},"cache_control":{"type":"ephemeral"}},{"type":"text","text":"b"}]}]}""", "")]
    [InlineData("""{"messages":[{"role":"assistant","content":[{"type":"tool_use","id":"1","name":"t","input":{}}]},{"role":"user","content":[{"type":"tool_result","tool_use_id":"1","cache_control":{"type":"ephemeral"},"content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]}]}]}""", "2")]
    [InlineData("""{"messages":[{"role":"assistant","content":[{"type":"tool_use","id":"1","name":"t","input":{}}]},{"role":"user","content":[{"type":"tool_result","tool_use_id":"1","content":[{"type":"text","text":"a","cache_control":{"type":"ephemeral"}},{"type":"text","text":"b"}]}]}]}""", "1")]
    [InlineData("""{"cache_control":{"type":"ephemeral"},"messages":[{"role":"user","content":"a"}]}""", null)] // the provider sets them itself
    public void Breakpoints_are_known_by_the_pieces_they_end(string body, string? breakpoints) =>
        Assert.Equal(breakpoints, Prompt(WireFormat.Messages, body).Breakpoints is { } read ? string.Join(' ', read) : null);

    [Fact]
    public void Other_formats_have_no_breakpoints() => Assert.Null(Prompt(WireFormat.Chat, """{"messages":[{"role":"user","content":"a"}]}""").Breakpoints);

    private static Prompt Prompt(WireFormat format, string body) => new PromptReader().Read(format, Encoding.UTF8.GetBytes(body))!;

    private static string[] Read(WireFormat format, string body)
    {
        Prompt prompt = Prompt(format, body);
        for (int i = 0; i < prompt.Items.Count; i++)
            Assert.Equal(prompt.Items[i].Text, prompt.Tokens[i].TextOf(Encoding.UTF8.GetBytes(body))); // every token is where it is said to be
        return [.. prompt.Items.Select(i => i.Role == ItemRole.Tool
            ? $"Tool {i.ToolName}{(i.Arguments is null ? "" : $"({i.Arguments})")}{(i.ToolName is null ? "" : " ")}{i.CallId}{(i.IsError ? " error" : "")}{(i.IsPinned ? "pinned" : "")}: {i.Text}"
            : $"{i.Role}: {i.Text}")];
    }
}
