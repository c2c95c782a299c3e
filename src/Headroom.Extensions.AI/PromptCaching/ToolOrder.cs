using Headroom.Extensions.AI.Tools;
using Microsoft.Extensions.AI;

namespace Headroom.Extensions.AI.PromptCaching;

/// <summary>Orders tools by their names, so that a source that lists them in any order does not break the cached prefix.</summary>
internal static class ToolOrder
{
    /// <summary>The tools in order, ours last; <see langword="null"/> where they are in order already.</summary>
    public static List<AITool>? Sorted(IList<AITool> tools)
    {
        List<AITool> sorted = [.. tools.OrderBy(t => t is RetrieveFunction).ThenBy(t => t.Name, StringComparer.Ordinal)]; // stable: tools of one name keep their order
        return sorted.SequenceEqual(tools, ReferenceEqualityComparer.Instance) ? null : sorted;
    }
}
