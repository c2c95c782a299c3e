using Headroom.PromptCaching;
using Microsoft.Extensions.AI;

namespace Headroom.Extensions.AI.PromptCaching;

/// <summary>Says what a content of a message is to a prompt cache.</summary>
internal static class PartKinds
{
    public static PromptPartKind Of(ChatRole role, AIContent content) =>
        content switch
        {
            FunctionCallContent => PromptPartKind.ToolCall,
            TextReasoningContent => PromptPartKind.Reasoning,
            // What a provider's own tools return stands in the model's turn.
            _ when role == ChatRole.Assistant => PromptPartKind.Assistant,
            FunctionResultContent => PromptPartKind.ToolResult,
            TextContent when role == ChatRole.User => PromptPartKind.User,
            TextContent when role != ChatRole.Tool => PromptPartKind.System,
            _ => PromptPartKind.Other,
        };
}
