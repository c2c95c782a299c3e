using System.Runtime.ExceptionServices;

namespace Microsoft.Extensions.AI;

public partial class FunctionInvokingChatClient
{
    protected virtual ValueTask<object?> InvokeFunctionAsync(FunctionInvocationContext context, CancellationToken cancellationToken) =>
        FunctionInvoker is { } invoker ? invoker(context, cancellationToken) : context.Function.InvokeAsync(context.Arguments, cancellationToken);

    /// <summary>The tool a call names: looked up in the options this client received, then in <see cref="AdditionalTools"/>.</summary>
    private AITool? ToolFor(FunctionCallContent call, ChatOptions? options) =>
        (options?.Tools ?? []).Concat(AdditionalTools ?? []).FirstOrDefault(t => t.Name == call.Name);

    private bool AreAllInvocable(List<FunctionCallContent> calls, ChatOptions? options) => calls.TrueForAll(call => ToolFor(call, options) switch
    {
        null => !TerminateOnUnknownCalls,
        AIFunction => true,
        _ => false, // declared but not invocable: the caller answers it
    });

    private async Task<(ChatMessage Results, bool Terminate)> InvokeAllAsync(
        List<FunctionCallContent> calls, Loop loop, int iteration, bool isStreaming, CancellationToken cancellationToken)
    {
        async Task<(FunctionResultContent Result, bool Terminate)> InvokeAsync(int index)
        {
            FunctionCallContent call = calls[index];
            if (ToolFor(call, loop.Options) is not AIFunction function)
                return (new FunctionResultContent(call.CallId, $"Error: Requested function \"{call.Name}\" not found."), false);
            var context = new FunctionInvocationContext
            {
                Function = function,
                Arguments = new AIFunctionArguments(call.Arguments) { Services = FunctionInvocationServices },
                CallContent = call,
                Messages = loop.History,
                Options = loop.Options,
                Iteration = iteration,
                FunctionCallIndex = index,
                FunctionCount = calls.Count,
                IsStreaming = isStreaming,
            };
            call.InformationalOnly = true;
            try
            {
                CurrentContext = context;
                object? result = await InvokeFunctionAsync(context, cancellationToken).ConfigureAwait(false);
                if (result is FunctionResultContent own && own.CallId == call.CallId) return (own, context.Terminate);
                return (new FunctionResultContent(call.CallId, result ?? "Success: Function completed."), context.Terminate);
            }
#pragma warning disable CA1031 // As the real one: a failing function is reported to the model.
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                string message = IncludeDetailedErrors ? $"Error: Function failed. Exception: {e.Message}" : "Error: Function failed.";
                return (new FunctionResultContent(call.CallId, message) { Exception = e }, context.Terminate);
            }
            finally
            {
                CurrentContext = null;
            }
        }

        List<(FunctionResultContent Result, bool Terminate)> results = [];
        if (AllowConcurrentInvocation)
        {
            results.AddRange(await Task.WhenAll(Enumerable.Range(0, calls.Count).Select(InvokeAsync)).ConfigureAwait(false));
        }
        else
        {
            for (int i = 0; i < calls.Count; i++)
            {
                results.Add(await InvokeAsync(i).ConfigureAwait(false));
                if (results[^1].Terminate) break;
            }
        }

        Exception? error = results.Select(r => r.Result.Exception).FirstOrDefault(e => e is not null);
        loop.ConsecutiveErrors = error is null ? 0 : loop.ConsecutiveErrors + 1;
        if (loop.ConsecutiveErrors > MaximumConsecutiveErrorsPerRequest) ExceptionDispatchInfo.Throw(error!);
        return (new ChatMessage(ChatRole.Tool, [.. results.Select(r => r.Result)]), results.Exists(r => r.Terminate));
    }
}
