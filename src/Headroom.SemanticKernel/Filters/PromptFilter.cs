using System.Net;
using System.Text;
using Headroom.Extensions.AI.Diagnostics;
using Headroom.SemanticKernel.Retrieval;
using Microsoft.Extensions.Logging;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace Headroom.SemanticKernel.Filters;

/// <summary>Compresses the marked parts of rendered prompts, and takes the signs out. Unmarked prompts pass as they are.</summary>
internal sealed class PromptFilter(ConversationCompressor compressor, HeadroomKernelOptions options, ILogger logger) : IPromptRenderFilter
{
    public async Task OnPromptRenderAsync(PromptRenderContext context, Func<PromptRenderContext, Task> next)
    {
        await next(context).ConfigureAwait(false);
        if (context.RenderedPrompt is not { } prompt || MarkedPart.FindAll(prompt) is not { Count: > 0 } parts) return;
        // A prompt of several messages is XML: what stands in it is encoded, and is encoded again.
        bool isEncoded = prompt.Contains("<message", StringComparison.OrdinalIgnoreCase);
        var rest = new StringBuilder();
        for (int i = 0; i <= parts.Count; i++) rest.Append(prompt, i == 0 ? 0 : parts[i - 1].End, (i < parts.Count ? parts[i].Start : prompt.Length) - (i == 0 ? 0 : parts[i - 1].End));
        var rendered = new StringBuilder();
        int at = 0;
        foreach (MarkedPart part in parts)
        {
            string question = part.Question ?? rest.ToString(), text = prompt[part.TextStart..part.TextEnd];
            string now = await CompressAsync(context, text, isEncoded ? WebUtility.HtmlDecode(question) : question, isEncoded).ConfigureAwait(false);
            rendered.Append(prompt, at, part.Start - at).Append(now);
            at = part.End;
        }

        string result = rendered.Append(prompt, at, prompt.Length - at).ToString();
        if (!string.IsNullOrWhiteSpace(result)) context.RenderedPrompt = result;
    }

    private async ValueTask<string> CompressAsync(PromptRenderContext context, string text, string question, bool isEncoded)
    {
        try
        {
            if (compressor.IsShadow || (isEncoded && text.Contains('<', StringComparison.Ordinal))) return text; // tags of the prompt itself, which only their author can place
            var item = new ContextItem { Text = isEncoded ? WebUtility.HtmlDecode(text) : text, Role = ItemRole.User, IsCompressible = true, Question = question };
            var conversation = new ConversationContext
            {
                CanRetrieve = compressor.MayElide && RetrievalOffer.IsMade(context.ExecutionSettings, context.Kernel, [], 0),
                Scope = options.ScopeOf(context.Kernel),
            };
            ItemOutcome outcome = await compressor.CompressAsync(item, conversation, context.CancellationToken).ConfigureAwait(false);
            if (HeadroomTelemetry.CountsItems) HeadroomTelemetry.Item(outcome, outcome.TokensBefore);
            return outcome.Form == ItemForm.Unchanged ? text : isEncoded ? WebUtility.HtmlEncode(outcome.Text) : outcome.Text;
        }
        catch (OperationCanceledException) when (context.CancellationToken.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // The prompt goes out as it was rendered (law 8).
        catch (Exception e)
#pragma warning restore CA1031
        {
            Log.CompressionFailed(logger, e);
            HeadroomTelemetry.Failure("request");
            return text;
        }
    }
}
