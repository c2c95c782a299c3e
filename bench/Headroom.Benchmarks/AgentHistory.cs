using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Headroom.Benchmarks;

/// <summary>The history of an agent: a question, then calls of tools and their results, of 5 KB a message on average.</summary>
/// <remarks>Results are what tools of .NET give: a text, a text as JSON, or an object as JSON, in turn, of real tool output and no two the same.</remarks>
internal sealed class AgentHistory
{
    /// <summary>Characters of a result: with the short turns of the model between them this comes to 5 KB a message.</summary>
    public const int ResultCharacters = 9_500;

    private readonly string[] _chunks = [.. new[] { "json", "log", "search", "code", "diff", "listing" }.SelectMany(k => CorpusTexts.Of(k, 400_000).Chunk(ResultCharacters).Take(40).Select(c => new string(c)))];

    /// <summary>The beginning of the history. Each time in instances of its own, down to the strings, as when it is loaded anew.</summary>
    public List<ChatMessage> Take(int messages) => [.. Enumerable.Range(0, messages).Select(i => Message(i))];

    /// <summary>The message at a place, in instances of its own.</summary>
    /// <param name="at">The place.</param>
    /// <param name="characters">Characters of a result at most.</param>
    public ChatMessage Message(int at, int characters = ResultCharacters)
    {
        if (at == 0) return new ChatMessage(ChatRole.System, "You are a careful engineer. " + new string('x', 8_000));
        if (at == 1) return new ChatMessage(ChatRole.User, $"Find out why orders are late, and mend it.");
        int turn = (at - 2) / 2;
        if (at % 2 == 0)
        {
            var arguments = new Dictionary<string, object?> { ["path"] = JsonSerializer.SerializeToElement($"src/part{turn % 17}/file{turn}.cs"), ["limit"] = 2_000 };
            return new ChatMessage(ChatRole.Assistant, [new TextContent($"Step {turn}: I look at the next part, since what I saw so far does not explain it."), new FunctionCallContent($"call_{turn}", "read", arguments)]);
        }

        string text = $"{turn}: {_chunks[turn * 7 % _chunks.Length].AsSpan(0, characters)}";
        object result = (turn % 3) switch
        {
            0 => text,
            1 => JsonSerializer.SerializeToElement(text),
            _ => JsonSerializer.SerializeToElement(new { file = turn, lines = text.Split('\n') }),
        };
        return new ChatMessage(ChatRole.Tool, [new FunctionResultContent($"call_{turn}", result)]);
    }

    /// <summary>The same as items, for the engine alone.</summary>
    public static ContextItem Item(ChatMessage message) => message.Contents[^1] is FunctionResultContent result
        ? new ContextItem { Text = result.Result!.ToString()!, ToolName = "read", CallId = result.CallId }
        : new ContextItem { Text = message.Text, Role = message.Role == ChatRole.User ? ItemRole.User : message.Role == ChatRole.System ? ItemRole.System : ItemRole.Assistant, IsPinned = true };
}
