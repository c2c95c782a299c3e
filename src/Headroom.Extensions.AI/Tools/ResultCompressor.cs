using Headroom.Extensions.AI.Diagnostics;
using Headroom.Extensions.AI.Messages;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace Headroom.Extensions.AI.Tools;

/// <summary>Compresses what a function returns, before anybody sees it.</summary>
/// <param name="Compressor">The engine. Originals of what is left out go to its store.</param>
/// <param name="Context">Whether the model can retrieve; never <see cref="ConversationContext.HoldsOriginals"/>, since nobody keeps this original.</param>
/// <param name="Logger">Where failures are logged.</param>
internal sealed record ResultCompressor(ConversationCompressor Compressor, ConversationContext Context, ILogger Logger)
{
    /// <summary>The question results answer, where it is known.</summary>
    public string? Question { get; init; }

    /// <summary>Told about every outcome and its original.</summary>
    public Action<ItemOutcome, string>? Observe { get; init; }

    /// <summary>Told about every outcome and what an adapter would have sent of it without us; <see langword="null"/> where nobody wants to know.</summary>
    public Action<ItemOutcome, string>? Account { get; init; }

    /// <summary>The smaller result, or the same object. Never throws but for cancellation.</summary>
    public async ValueTask<object?> CompressAsync(AIFunction tool, AIFunctionArguments arguments, object? result, CancellationToken cancellationToken)
    {
        try
        {
            return result is FunctionResultContent content
                ? content is { Exception: null } && content.GetType() == typeof(FunctionResultContent) && !PinnedMark.IsSet(content.AdditionalProperties)
                    ? ContentCopy.WithResult(content, await ChangeAsync(tool, arguments, content.Result, cancellationToken).ConfigureAwait(false))
                    : content
                : await ChangeAsync(tool, arguments, result, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // The function did its work; a failure of ours must not take its result away (law 8).
        catch (Exception e)
#pragma warning restore CA1031
        {
            Log.ResultFailed(Logger, e);
            HeadroomTelemetry.Failure("function");
            return result;
        }
    }

    private async ValueTask<object?> ChangeAsync(AIFunction tool, AIFunctionArguments arguments, object? value, CancellationToken cancellationToken)
    {
        ToolResult result = ToolResult.Read(value);
        if (result.IsError || result.Texts.Count == 0) return value;
        ToolPolicy policy = DeclaredPolicies.Of(tool);
        string[] texts = new string[result.Texts.Count];
        for (int i = 0; i < texts.Length; i++)
        {
            var item = new ContextItem
            {
                Text = result.Texts[i],
                ToolName = tool.Name,
                Arguments = arguments.Count > 0 ? CompactJson.WriteArguments(arguments) : null,
                Question = Question,
                Policy = policy,
            };
            ItemOutcome outcome = await Compressor.CompressAsync(item, Context, cancellationToken).ConfigureAwait(false);
            texts[i] = outcome.Text;
            Observe?.Invoke(outcome, item.Text);
            Account?.Invoke(outcome, result.InflatedText() ?? item.Text);
            if (HeadroomTelemetry.CountsItems) HeadroomTelemetry.Item(outcome, Compressor.Tokens.Count(result.InflatedText() ?? item.Text));
        }

        return result.With(value, texts);
    }
}
