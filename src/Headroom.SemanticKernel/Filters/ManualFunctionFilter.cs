using Headroom.Extensions.AI.Diagnostics;
using Headroom.Extensions.AI.Messages;
using Headroom.Extensions.AI.Tools;
using Headroom.SemanticKernel.Retrieval;
using Microsoft.Extensions.Logging;
using Microsoft.SemanticKernel;

namespace Headroom.SemanticKernel.Filters;

/// <summary>Compresses the text results of functions the host invokes itself. Other values keep their type, for the host may ask for it.</summary>
internal sealed class ManualFunctionFilter(ConversationCompressor compressor, HeadroomKernelOptions options, bool canRetrieve, ILogger logger) : IFunctionInvocationFilter
{
    public async Task OnFunctionInvocationAsync(FunctionInvocationContext context, Func<FunctionInvocationContext, Task> next)
    {
        bool isInLoop = ConversationAtHand.Current is not null; // there the other filter knows more
        await next(context).ConfigureAwait(false);
        if (isInLoop || compressor.IsShadow || RetrievalPlugin.IsOurs(context.Function)) return;
        try
        {
            if (context.Result?.GetValue<object>() is not string text) return;
            var item = new ContextItem
            {
                Text = text,
                ToolName = KernelNames.Of(context.Function),
                Arguments = context.Arguments.Count > 0 ? CompactJson.WriteArguments(context.Arguments) : null,
                Policy = KernelNames.Policies([context.Function]).Values.FirstOrDefault(),
            };
            var conversation = new ConversationContext { CanRetrieve = canRetrieve, Scope = options.ScopeOf(context.Kernel) };
            ItemOutcome outcome = await compressor.CompressAsync(item, conversation, context.CancellationToken).ConfigureAwait(false);
            if (HeadroomTelemetry.CountsItems) HeadroomTelemetry.Item(outcome, outcome.TokensBefore);
            if (!ReferenceEquals(outcome.Text, text)) context.Result = new FunctionResult(context.Result, outcome.Text);
        }
        catch (OperationCanceledException) when (context.CancellationToken.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // The function did its work; a failure of ours must not take its result away (law 8).
        catch (Exception e)
#pragma warning restore CA1031
        {
            Log.ResultFailed(logger, e);
            HeadroomTelemetry.Failure("function");
        }
    }
}
