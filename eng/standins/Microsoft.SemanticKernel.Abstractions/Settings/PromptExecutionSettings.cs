using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel.ChatCompletion;

namespace Microsoft.SemanticKernel;

/// <summary>Stand-in. Settings of a request to a model.</summary>
public class PromptExecutionSettings
{
    public static string DefaultServiceId => "default";

    public string? ModelId { get; set; }

    public FunctionChoiceBehavior? FunctionChoiceBehavior { get; set; }
}

/// <summary>Stand-in. Settings as options of a chat client.</summary>
public static class PromptExecutionSettingsExtensions
{
    [return: NotNullIfNotNull(nameof(settings))]
    public static ChatOptions? ToChatOptions(this PromptExecutionSettings? settings, Kernel? kernel)
    {
        if (settings is null) return null;
        var options = new ChatOptions { ModelId = settings.ModelId };
        if (settings.FunctionChoiceBehavior?.GetConfiguration(new FunctionChoiceBehaviorConfigurationContext([]) { Kernel = kernel }).Functions is { Count: > 0 } functions)
        {
            options.ToolMode = settings.FunctionChoiceBehavior is AutoFunctionChoiceBehavior ? ChatToolMode.Auto : ChatToolMode.RequireAny;
            options.Tools = [.. functions.Select(f => WithKernel(f, kernel))];
        }

        return kernel is null ? options : new KernelChatOptions(kernel, options, settings);
    }

    private static KernelFunction WithKernel(KernelFunction function, Kernel? kernel)
    {
        KernelFunction clone = function.Clone(function.PluginName);
        clone.Kernel = kernel;
        return clone;
    }
}
