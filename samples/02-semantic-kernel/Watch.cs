using System.Text.Json;
using Headroom.Tokens;
using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;

namespace SemanticKernelSample;

/// <summary>A filter of the application's own. Headroom's is the outermost, so this one sees results as functions return them.</summary>
internal sealed class Watch : IAutoFunctionInvocationFilter
{
    /// <summary>Tokens of each result as it would be sent, by the name of the function.</summary>
    public Dictionary<string, int> Returned { get; } = [];

    public async Task OnAutoFunctionInvocationAsync(AutoFunctionInvocationContext context, Func<AutoFunctionInvocationContext, Task> next)
    {
        await next(context);
        object? result = context.Result.GetValue<object>();
        Returned[context.Function.Name] = O200kTokenCounter.Instance.Count(result as string ?? JsonSerializer.Serialize(result, AIJsonUtilities.DefaultOptions));
    }
}
