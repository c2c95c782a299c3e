using System.Net;
using System.Runtime.CompilerServices;
using System.Xml;
using System.Xml.Linq;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel.ChatCompletion;

namespace Microsoft.SemanticKernel;

/// <summary>Stand-in. Puts arguments, HTML-encoded, in the place of <c>{{$name}}</c>, and asks the kernel's model. Knows no other syntax. A prompt that holds message elements is read as XML, and what stands in them decoded.</summary>
internal sealed class KernelFunctionFromPrompt(KernelFunctionMetadata metadata, string template, PromptExecutionSettings? settings) : KernelFunction(metadata, null)
{
    public override KernelFunction Clone(string? pluginName = null) => new KernelFunctionFromPrompt(new KernelFunctionMetadata(Metadata.Name) { PluginName = pluginName }, template, settings);

    protected override async ValueTask<FunctionResult> InvokeCoreAsync(Kernel kernel, KernelArguments arguments, CancellationToken cancellationToken)
    {
        PromptRenderContext context = await RenderAsync(kernel, arguments, cancellationToken).ConfigureAwait(false);
        if (context.Result is { } given) return given;
        ChatMessageContent answer = await ServiceOf(kernel).GetChatMessageContentAsync(HistoryOf(context.RenderedPrompt!), context.ExecutionSettings, kernel, cancellationToken).ConfigureAwait(false);
        return new FunctionResult(this, answer, kernel.Culture) { RenderedPrompt = context.RenderedPrompt };
    }

    internal async IAsyncEnumerable<StreamingKernelContent> StreamAsync(Kernel kernel, KernelArguments arguments, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        PromptRenderContext context = await RenderAsync(kernel, arguments, cancellationToken).ConfigureAwait(false);
        await foreach (StreamingKernelContent part in ServiceOf(kernel)
            .GetStreamingChatMessageContentsAsync(HistoryOf(context.RenderedPrompt!), context.ExecutionSettings, kernel, cancellationToken).ConfigureAwait(false))
            yield return part;
    }

    private static IChatCompletionService ServiceOf(Kernel kernel)
    {
        if (kernel.Services.GetService<IChatCompletionService>() is { } service) return service;
        IChatClient client = kernel.GetRequiredService<IChatClient>();
        ArgumentNullException.ThrowIfNull(client.GetService<ChatClientMetadata>());
        return client.AsChatCompletionService();
    }

    private static ChatHistory HistoryOf(string prompt)
    {
        var history = new ChatHistory();
        if (prompt.Contains("<message", StringComparison.OrdinalIgnoreCase))
        {
            try
            {
                foreach (XElement message in XElement.Parse($"<root>{prompt}</root>", LoadOptions.PreserveWhitespace).Elements("message"))
                    history.AddMessage(new AuthorRole((string)message.Attribute("role")!), WebUtility.HtmlDecode(string.Concat(message.Nodes().Select(n => n.ToString(SaveOptions.DisableFormatting))).Trim()));
                if (history.Count > 0) return history;
            }
            catch (XmlException)
            {
                // One message then, as it is.
            }
        }

        history.AddUserMessage(prompt);
        return history;
    }

    private async Task<PromptRenderContext> RenderAsync(Kernel kernel, KernelArguments arguments, CancellationToken cancellationToken)
    {
        PromptExecutionSettings? chosen = arguments.ExecutionSettings?.Values.FirstOrDefault() ?? settings;
        var context = new PromptRenderContext(kernel, this, arguments) { CancellationToken = cancellationToken, ExecutionSettings = chosen };
        await InvokeFiltersAsync(context, 0).ConfigureAwait(false);
        return context;

        async Task InvokeFiltersAsync(PromptRenderContext current, int index)
        {
            if (index < kernel.PromptRenderFilters.Count)
                await kernel.PromptRenderFilters[index].OnPromptRenderAsync(current, next => InvokeFiltersAsync(next, index + 1)).ConfigureAwait(false);
            else
                current.RenderedPrompt = Render(current.Arguments);
        }
    }

    private string Render(KernelArguments arguments)
    {
        string text = template;
        foreach ((string name, object? value) in arguments) text = text.Replace("{{$" + name + "}}", WebUtility.HtmlEncode(value?.ToString() ?? ""), StringComparison.Ordinal);
        return text;
    }
}
