using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Headroom.Extensions.AI.Tools;

/// <summary>Reads what tools say about their own results.</summary>
internal static class DeclaredPolicies
{
    /// <summary>The key in <see cref="AITool.AdditionalProperties"/> under which a tool without a method of its own names its policy.</summary>
    public const string Key = "headroom";

    private static readonly Dictionary<string, ToolPolicy> None = [];

    // Attributes are looked up by reflection, and requests declare the same tools over and over.
    private static readonly ConditionalWeakTable<MethodInfo, object> s_ofMethods = [];

    /// <summary>The policies of the tools that name one, by tool name.</summary>
    public static IReadOnlyDictionary<string, ToolPolicy> OfAll(IList<AITool>? tools)
    {
        Dictionary<string, ToolPolicy>? policies = null;
        foreach (AITool tool in tools ?? [])
        {
            if (Of(tool) is not ToolPolicy.Inherit and var policy) (policies ??= new(StringComparer.Ordinal))[tool.Name] = policy;
        }

        return policies ?? None;
    }

    /// <summary>The policy of a tool: its additional property <c>headroom</c>, else the attribute on its method.</summary>
    public static ToolPolicy Of(AITool tool)
    {
        if (tool.AdditionalProperties.TryGetValue(Key, out object? value))
        {
            if (value is ToolPolicy policy) return policy;
            if (Enum.TryParse(value?.ToString(), ignoreCase: true, out ToolPolicy named) && Enum.IsDefined(named)) return named;
        }

        return (tool as AIFunction)?.UnderlyingMethod is { } method
            ? (ToolPolicy)s_ofMethods.GetValue(method, m => m.GetCustomAttribute<ToolPolicyAttribute>()?.Policy ?? ToolPolicy.Inherit)
            : ToolPolicy.Inherit;
    }
}
