using Headroom.Extensions.AI.Tools;
using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;

namespace Headroom.SemanticKernel;

/// <summary>Names of kernel functions, and what they say about their results.</summary>
internal static class KernelNames
{
    /// <summary>The name a chat client's model calls a function by; policies of tools go by it whatever the connector.</summary>
    public static string Of(string? plugin, string function) => string.IsNullOrWhiteSpace(plugin) ? function : $"{plugin}_{function}";

    public static string Of(KernelFunction function) => Of(function.PluginName, function.Name);

    /// <summary>The policies of the functions that name one, by name.</summary>
    public static IReadOnlyDictionary<string, ToolPolicy> Policies(IEnumerable<AITool> functions)
    {
        Dictionary<string, ToolPolicy> policies = new(StringComparer.Ordinal);
        foreach (AITool tool in functions)
        {
            if (PolicyOf(tool) is not ToolPolicy.Inherit and var policy) policies[tool is KernelFunction function ? Of(function) : tool.Name] = policy;
        }

        return policies;
    }

    /// <summary>The attribute on the method behind a function, else, for functions without one, the entry <c>headroom</c> of its metadata.</summary>
    private static ToolPolicy PolicyOf(AITool tool)
    {
        if (DeclaredPolicies.Of(tool) is not ToolPolicy.Inherit and var declared) return declared;
        object? named = tool is KernelFunction function ? function.Metadata.AdditionalProperties.GetValueOrDefault(DeclaredPolicies.Key) : null;
        return named is ToolPolicy policy ? policy : Enum.TryParse(named?.ToString(), ignoreCase: true, out ToolPolicy parsed) && Enum.IsDefined(parsed) ? parsed : ToolPolicy.Inherit;
    }
}
