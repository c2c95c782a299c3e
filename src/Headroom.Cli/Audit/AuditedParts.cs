using Headroom.Cli.Transcripts;
using Headroom.Economics;
using Headroom.Tokens;

namespace Headroom.Cli.Audit;

/// <summary>Makes prompt parts of recorded messages, each once: ties results to their calls, counts tokens, hashes. Not thread-safe.</summary>
internal sealed class AuditedParts(ITokenCounter tokens)
{
    private readonly Dictionary<RecordedMessage, AuditedPart[]> _known = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, PromptBlock> _tools = new(StringComparer.Ordinal);
    private readonly Dictionary<string, RecordedPart> _calls = new(StringComparer.Ordinal);
    private readonly Queue<RecordedPart> _unnamed = new();

    public AuditedPart[] Of(RecordedMessage message)
    {
        if (!_known.TryGetValue(message, out AuditedPart[]? parts)) _known.Add(message, parts = [.. message.Parts.Select(p => Make(message, p))]);
        return parts;
    }

    /// <summary>The block of a tool declaration, which comes back with every request.</summary>
    public PromptBlock Tool(string declaration)
    {
        if (!_tools.TryGetValue(declaration, out PromptBlock block)) _tools.Add(declaration, block = Block(declaration));
        return block;
    }

    public PromptBlock Block(string text) => PromptBlock.Of(text, tokens.Count(text));

    private AuditedPart Make(RecordedMessage message, RecordedPart part)
    {
        if (part.Kind == RecordedPartKind.Call)
        {
            if (part.CallId is { } id) _calls[id] = part; // ids that come twice: the result follows its own call
            else _unnamed.Enqueue(part);
        }

        return new AuditedPart { Recorded = part, Line = message.Line, Item = Item(message.Role, part), Block = Block(part.Wire) };
    }

    private ContextItem? Item(ItemRole role, RecordedPart part)
    {
        if (part.Kind == RecordedPartKind.Text) return new ContextItem { Text = part.Text, Role = role };
        if (part.Kind != RecordedPartKind.Result) return null;
        RecordedPart? call = part.CallId is { } id ? _calls.GetValueOrDefault(id) : _unnamed.TryDequeue(out RecordedPart? next) ? next : null;
        return new ContextItem { Text = part.Text, ToolName = call?.Name ?? part.Name, CallId = part.CallId, Arguments = call?.Text, IsError = part.IsError };
    }
}
