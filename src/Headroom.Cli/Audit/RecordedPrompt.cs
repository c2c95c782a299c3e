using Headroom.Cli.Transcripts;
using Headroom.PromptCaching;

namespace Headroom.Cli.Audit;

/// <summary>Recorded requests as a prompt cache sees them.</summary>
internal static class RecordedPrompt
{
    /// <summary>Where a request stops being a continuation of the one before; <see langword="null"/> where it does not.</summary>
    public static PrefixBreak? Compare(RecordedRequest before, RecordedRequest request, AuditedParts parts) => PromptComparer.Compare(PartsOf(before, parts), PartsOf(request, parts));

    private static List<PromptPart> PartsOf(RecordedRequest request, AuditedParts parts)
    {
        List<PromptPart> all = [.. request.Tools.Select(ToolOf)];
        for (int i = 0; i < request.Count; i++)
        {
            RecordedMessage message = request.History[i];
            foreach (AuditedPart part in parts.Of(message))
            {
                string? tool = part.Item?.ToolName ?? part.Recorded.Name;
                all.Add(PromptPart.OfMessage(i + 1, KindOf(message, part.Recorded), part.Recorded.Wire, tool) with { Tokens = part.Block.Tokens });
            }
        }

        return all;
    }

    /// <summary>What in the tools and system prompts a conversation begins with is likely to differ every time.</summary>
    public static List<VolatilePrompt> VolatileIn(RecordedRequest first)
    {
        List<PromptPart> pinned = [.. first.Tools.Select(ToolOf)];
        for (int i = 0; i < first.Count && first.History[i].Role == ItemRole.System; i++)
            pinned.AddRange(first.History[i].Parts.Select(p => PromptPart.OfMessage(i + 1, PromptPartKind.System, p.Text)));
        return [.. pinned.SelectMany(p => VolatileTextDetector.Find(p.Text).Select(v => new VolatilePrompt(p.Name, v.Kind, v.Offset)))];
    }

    private static PromptPart ToolOf(string tool)
    {
        int end = tool.IndexOf('\n', StringComparison.Ordinal);
        return end < 0 ? PromptPart.OfTool(tool, tool) : PromptPart.OfTool(tool[..end], tool[(end + 1)..]);
    }

    private static PromptPartKind KindOf(RecordedMessage message, RecordedPart part) => part.Kind switch
    {
        RecordedPartKind.Reasoning => PromptPartKind.Reasoning,
        RecordedPartKind.Call => PromptPartKind.ToolCall,
        RecordedPartKind.Result => PromptPartKind.ToolResult,
        _ => message.Role switch
        {
            ItemRole.System => PromptPartKind.System,
            ItemRole.User => PromptPartKind.User,
            ItemRole.Assistant => PromptPartKind.Assistant,
            _ => PromptPartKind.Other,
        },
    };
}
