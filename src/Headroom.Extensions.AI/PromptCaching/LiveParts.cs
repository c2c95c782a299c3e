using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Headroom.Extensions.AI.Messages;
using Headroom.PromptCaching;
using Microsoft.Extensions.AI;

namespace Headroom.Extensions.AI.PromptCaching;

/// <summary>The parts of one request, in the order prompts are cached in: tools, instructions, messages. Borrows its memory; dispose it.</summary>
internal ref struct LiveParts
{
    /// <summary>What tools declare, as text; written once a tool.</summary>
    private static readonly ConditionalWeakTable<AITool, string> s_declarations = [];

    private readonly LivePart[] _parts;
    private int _count;

    public LiveParts(IReadOnlyList<ChatMessage> messages, ChatOptions? options)
    {
        int most = (options?.Tools?.Count ?? 0) + 1;
        for (int m = 0; m < messages.Count; m++) most += messages[m].Contents.Count;
        _parts = ArrayPool<LivePart>.Shared.Rent(most);
        foreach (AITool tool in options?.Tools ?? []) Add(PromptPartKind.ToolDeclaration, -1, tool.Name, s_declarations.GetValue(tool, Declaration));
        if (options?.Instructions is { Length: > 0 } instructions) Add(PromptPartKind.System, -1, null, instructions);
        for (int m = 0; m < messages.Count; m++)
        {
            IList<AIContent> contents = messages[m].Contents; // no enumerators: one a message is more than all the rest
            for (int c = 0; c < contents.Count; c++) Add(messages[m].Role, m, contents[c]);
        }

        while (PinnedCount < _count && _parts[PinnedCount].IsPinned) PinnedCount++;
        for (int i = PinnedCount; i < _count && FirstCall is null; i++)
        {
            if (_parts[i].Kind == PromptPartKind.ToolCall) FirstCall = (string)_parts[i].Value!;
            else if (_parts[i].Kind == PromptPartKind.Assistant) FirstReply ??= _parts[i].Value as string;
        }
    }

    /// <summary>All parts.</summary>
    public readonly ReadOnlySpan<LivePart> All => _parts.AsSpan(0, _count);

    /// <summary>How many tools and system prompts they begin with.</summary>
    public int PinnedCount { get; private set; }

    /// <summary>What an application sends with every request.</summary>
    public readonly ReadOnlySpan<LivePart> Pinned => All[..PinnedCount];

    /// <summary>The conversation.</summary>
    public readonly ReadOnlySpan<LivePart> Rest => All[PinnedCount..];

    /// <summary>The id of the first tool call, which no other conversation has.</summary>
    public string? FirstCall { get; private set; }

    /// <summary>The first text of the model, which other conversations may have too.</summary>
    public string? FirstReply { get; private set; }

    /// <summary>Gives the memory back.</summary>
    public readonly void Dispose() => ArrayPool<LivePart>.Shared.Return(_parts, clearArray: true);

    /// <summary>Parts with names and texts, for a comparison that names what it finds.</summary>
    /// <param name="parts">The parts.</param>
    /// <param name="from">The first that is wanted.</param>
    public static PromptPart[] Named(ReadOnlySpan<LivePart> parts, int from)
    {
        Dictionary<string, string> tools = new(StringComparer.Ordinal);
        foreach (LivePart part in parts)
        {
            if (part is { Kind: PromptPartKind.ToolCall, Value: string id }) tools[id] = part.Label!; // results have the id, and readers want the name
        }

        var named = new PromptPart[parts.Length - from];
        for (int i = 0; i < named.Length; i++)
        {
            LivePart part = parts[from + i];
            named[i] = part.Kind == PromptPartKind.ToolDeclaration ? PromptPart.OfTool(part.Label!, part.Text())
                : part.Message < 0 ? PromptPart.OfInstructions(part.Text())
                : part.Kind == PromptPartKind.ToolCall ? PromptPart.OfMessage(part.Message + 1, part.Kind, part.Text(), part.Label)
                : PromptPart.OfMessage(part.Message + 1, part.Kind, part.Text(), tools.GetValueOrDefault(part.Label ?? "")) with { Id = part.Label };
        }

        return named;
    }

    private void Add(ChatRole role, int message, AIContent content)
    {
        PromptPartKind kind = PartKinds.Of(role, content);
        switch (content)
        {
            case UsageContent:
                break; // never sent
            case TextContent text:
                Add(kind, message, null, text.Text);
                break;
            case TextReasoningContent reasoning:
                Add(kind, message, null, reasoning.ProtectedData ?? reasoning.Text);
                break;
            case FunctionCallContent call:
                Add(kind, message, call.Name, call.CallId);
                break;
            case FunctionResultContent result:
                // Any other object may be as large as it likes, and is the caller's to keep: only that it is there is compared.
                if (result.Result is string answer) Add(kind, message, result.CallId, answer);
                else if (result.Result is JsonElement element) _parts[_count++] = new LivePart(kind, message, result.CallId, result.Result, LivePart.LengthOf(element));
                else _parts[_count++] = new LivePart(kind, message, result.CallId, null, 0);
                break;
            case UriContent uri:
                _parts[_count++] = new LivePart(kind, message, uri.MediaType, uri.Uri, 0);
                break;
            case DataContent data:
                _parts[_count++] = new LivePart(kind, message, data.MediaType, null, 0); // to ask for its length may decode it
                break;
            default:
                _parts[_count++] = new LivePart(kind, message, content.GetType().Name, null, 0);
                break;
        }
    }

    private void Add(PromptPartKind kind, int message, string? label, string text) => _parts[_count++] = new LivePart(kind, message, label, text, text.Length);

    private static string Declaration(AITool tool) => tool is AIFunctionDeclaration { JsonSchema: { ValueKind: not JsonValueKind.Undefined } schema }
        ? string.Create(CultureInfo.InvariantCulture, $"{tool.Description}\n{CompactJson.Write(schema)}")
        : tool.Description;
}
