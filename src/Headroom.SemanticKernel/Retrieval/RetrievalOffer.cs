using Headroom.Retrieval;
using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace Headroom.SemanticKernel.Retrieval;

/// <summary>Finds out whether a model is offered the retrieval function: without it nothing may be left out.</summary>
internal static class RetrievalOffer
{
    /// <summary>Whether the loop that runs a function offers ours at its next request.</summary>
    public static bool IsMade(AutoFunctionInvocationContext context) => context.Options?.Tools is { Count: > 0 } tools
        ? IsMade(tools)
        : IsMade(context.ExecutionSettings, context.Kernel, context.ChatHistory, context.RequestSequenceIndex + 1);

    /// <summary>Whether a request made with these settings offers ours. Settings of a connector's own cannot be read, and count as no.</summary>
    public static bool IsMade(PromptExecutionSettings? settings, Kernel? kernel, ChatHistory history, int request)
    {
        if (kernel is null || settings?.FunctionChoiceBehavior is not { } behavior) return false;
        var asked = new FunctionChoiceBehaviorConfigurationContext(history) { Kernel = kernel, RequestSequenceIndex = request };
        return behavior.GetConfiguration(asked).Functions is { Count: > 0 } functions && IsMade([.. functions]);
    }

    /// <summary>Exactly one tool has the name, and it is ours.</summary>
    private static bool IsMade(IEnumerable<AITool> tools)
    {
        AITool[] named = [.. tools.Where(t => string.Equals(t is KernelFunction function ? KernelNames.Of(function) : t.Name, RetrievalTool.Name, StringComparison.Ordinal))];
        return named is [KernelFunction one] && RetrievalPlugin.IsOurs(one);
    }
}
