using Microsoft.Extensions.AI;

namespace Headroom.Extensions.AI.Tools;

/// <summary>Recognises Semantic Kernel functions without a reference to Semantic Kernel.</summary>
/// <remarks>A kernel invokes only what is a <c>KernelFunction</c>: one that is wrapped, or a plain function beside it, fails there.</remarks>
internal static class KernelFunctions
{
    public static bool IsOne(AITool tool)
    {
        for (Type? type = tool.GetType(); type is not null; type = type.BaseType)
        {
            if (type.FullName == "Microsoft.SemanticKernel.KernelFunction") return true;
        }

        return false;
    }
}
