using System.Text.Json;

namespace Headroom.Extensions.AI;

/// <summary>Histories with everything that goes wrong in them: ids that occur twice, results without calls, calls without results, values of all sorts.</summary>
internal static class RandomHistory
{
    public static ChatMessage Message(int seed)
    {
        var random = new Random(seed);
        string Text(int lines) => string.Join('\n', Enumerable.Range(random.Next(5), lines).Select(i => $"{(i % 7 == 0 ? "ERROR" : "INFO")} row {i} of part {random.Next(3)} took {i * 7919 % 97} ms"));
        string Id() => "call_" + random.Next(6);
        object? Value() => random.Next(9) switch
        {
            0 => Text(random.Next(1, 60)),
            1 => JsonSerializer.SerializeToElement(Text(random.Next(1, 60))),
            2 => JsonSerializer.SerializeToElement(Enumerable.Range(0, random.Next(1, 50)).Select(i => new { id = i, name = $"name {i % 5}", state = "open" })),
            3 => new AIContent[] { new TextContent(Text(20)), new DataContent(new byte[] { 1, 2 }, "image/png"), new TextContent("end") },
            4 => new TextContent(Text(30)),
            5 => new List<int> { 1, 2, random.Next(3) },
            6 => JsonSerializer.SerializeToElement(new { content = new[] { new { type = "text", text = Text(30) } }, isError = random.Next(2) == 0 }),
            7 => random.Next(2) == 0 ? null : random.Next(100),
            _ => Text(80),
        };
        AIContent Content(int kind) => kind switch
        {
            0 => new TextContent(Text(random.Next(1, 4))),
            1 => new TextContent(Text(40)).AsCompressible(random.Next(2) == 0 ? null : "row 3"),
            2 => new FunctionCallContent(Id(), random.Next(3) == 0 ? "other" : "rows", new Dictionary<string, object?> { ["page"] = random.Next(4), ["value"] = random.Next(5) == 0 ? 0.5 : "x" }),
            3 => new FunctionResultContent(Id(), Value()) { Exception = random.Next(12) == 0 ? new IOException("failed") : null },
            4 => new TextReasoningContent("hm " + random.Next(5)),
            _ => new DataContent(new byte[] { 1 }, "image/png"),
        };
        ChatRole role = random.Next(10) switch { 0 => ChatRole.System, 1 or 2 => ChatRole.User, 3 or 4 or 5 => ChatRole.Assistant, _ => ChatRole.Tool };
        int[] kinds = role == ChatRole.System ? [0] : role == ChatRole.User ? [0, 1, 5] : role == ChatRole.Assistant ? [0, 2, 2, 4] : [3];
        return new ChatMessage(role, [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Content(kinds[random.Next(kinds.Length)]))]);
    }

    /// <summary>Changes a history the way a caller might.</summary>
    public static void Edit(Random random, List<ChatMessage> history)
    {
        int at = random.Next(history.Count);
        switch (random.Next(10))
        {
            case 0:
                history.RemoveRange(at, Math.Min(2, history.Count - at));
                break;
            case 1:
                history[at] = Message(random.Next(1_000));
                break;
            case 2:
                history.Insert(at, Message(random.Next(1_000)));
                break;
            case 3:
                int to = random.Next(history.Count);
                (history[at], history[to]) = (history[to], history[at]);
                break;
            case 4 when history[at].Contents.OfType<FunctionResultContent>().FirstOrDefault() is { } result: // in place
                result.Result = "written over " + random.Next(1_000);
                break;
            case 5 when history[at].Contents.OfType<TextContent>().FirstOrDefault() is { } text:
                text.Text += " and more";
                break;
            case 6:
                history.Add(history[at]); // the same instance twice
                break;
            default:
                for (int i = random.Next(1, 4); i > 0; i--) history.Add(Message(random.Next(1_000)));
                break;
        }

        if (history.Count == 0) history.Add(Message(random.Next(1_000)));
    }

    /// <summary>The same message in new instances, as when a history is loaded anew.</summary>
    public static ChatMessage Copy(ChatMessage message) => new(message.Role, [.. message.Contents.Select(Copy)]);

    public static string[] Shape(IEnumerable<ChatMessage> messages) =>
        [.. messages.Select(m => m.Role + " " + string.Join(',', m.Contents.Select(c => c.GetType().Name + (c is ToolResultContent result ? result.CallId : c is ToolCallContent call ? call.CallId : ""))))];

    private static AIContent Copy(AIContent content) => content switch
    {
        TextContent text => new TextContent(new string(text.Text)) { AdditionalProperties = text.AdditionalProperties?.Clone() },
        FunctionCallContent call => new FunctionCallContent(call.CallId, call.Name, call.Arguments is null ? null : new Dictionary<string, object?>(call.Arguments)),
        FunctionResultContent result => new FunctionResultContent(result.CallId, result.Result switch
        {
            string text => new string(text),
            JsonElement json => JsonDocument.Parse(json.GetRawText()).RootElement,
            AIContent[] contents => contents.Select(Copy).ToArray(),
            TextContent text => Copy(text),
            var other => other,
        })
        { Exception = result.Exception },
        _ => content,
    };
}
