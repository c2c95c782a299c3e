using Headroom.Storage;
using Microsoft.Extensions.AI;

namespace Headroom.Extensions.AI.Ledger;

/// <summary>Tells conversations apart.</summary>
/// <remarks>
/// By what is there in the first request and never changes: the instructions, the system texts at the beginning, and the first user text before the
/// model's first turn. Where a service keeps the history, later requests do not hold these: then the id it gave leads to the key, as long as
/// it is remembered. Thread-safe; bounded.
/// </remarks>
/// <param name="names">Names the texts.</param>
internal sealed class ConversationKeys(TextNames names)
{
    /// <summary>Ids remembered, at about 200 bytes each.</summary>
    private const int Capacity = 16 * 1024;

    private readonly Lock _lock = new();
    private readonly Dictionary<(string Scope, string Id), string> _keys = [];
    private readonly Queue<(string Scope, string Id)> _oldest = new();

    /// <summary>The key of the conversation a request belongs to.</summary>
    public string Find(string scope, IReadOnlyList<ChatMessage> messages, ChatOptions? options)
    {
        if (options?.ConversationId is not { } id) return Of(scope, messages, options?.Instructions);
        lock (_lock) return _keys.GetValueOrDefault((scope, id)) ?? OriginalId.Compute($"{scope}\0id\0{id}", KeyLength);
    }

    /// <summary>Remembers the id a service gave.</summary>
    public void Add(string scope, string id, string key)
    {
        lock (_lock)
        {
            if (!_keys.TryAdd((scope, id), key)) return;
            _oldest.Enqueue((scope, id));
            if (_oldest.Count > Capacity) _keys.Remove(_oldest.Dequeue());
        }
    }

    /// <summary>130 bits: no two conversations share one by accident.</summary>
    private const int KeyLength = 26;

    private string Of(string scope, IReadOnlyList<ChatMessage> messages, string? instructions)
    {
        List<string> parts = [scope, names.Of(instructions ?? "")];
        foreach (ChatMessage message in messages)
        {
            if (message.Role == ChatRole.Assistant) break;
            string? text = FirstText(message.Contents);
            if (message.Role == ChatRole.User && text is not null)
            {
                parts.Add("user");
                parts.Add(names.Of(text));
                break;
            }

            if (message.Role != ChatRole.User) parts.Add(names.Of(text ?? ""));
        }

        return OriginalId.Compute(string.Join('\0', parts), KeyLength);
    }

    private static string? FirstText(IList<AIContent> contents)
    {
        for (int i = 0; i < contents.Count; i++)
        {
            if (contents[i] is TextContent { Text: { Length: > 0 } text }) return text;
        }

        return null;
    }
}
