using System.Net;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel.ChatCompletion;

namespace Microsoft.SemanticKernel;

/// <summary>Stand-in. Puts arguments, HTML-encoded, in the place of <c>{{$name}}</c>, and asks the kernel's model. Knows no other syntax, and no prompts of several messages.</summary>
internal sealed class KernelFunctionFromPrompt(KernelFunctionMetadata metadata, string template, PromptExecutionSettings? settings) : KernelFunction(metadata, null)
{
    public override KernelFunction Clone(string? pluginName = null) => new KernelFunctionFromPrompt(new KernelFunctionMetadata(Metadata.Name) { PluginName = pluginName }, template, settings);

    protected override async ValueTask<FunctionResult> InvokeCoreAsync(Kernel kernel, KernelArguments arguments, CancellationToken cancellationToken)
    {
        PromptExecutionSettings? chosen = arguments.ExecutionSettings?.Values.FirstOrDefault() ?? settings;
        var context = new PromptRenderContext(kernel, this, arguments) { CancellationToken = cancellationToken, ExecutionSettings = chosen };
        await InvokeFiltersAsync(context, 0).ConfigureAwait(false);
        if (context.Result is { } given) return given;
        IChatCompletionService service = kernel.Services.GetService<IChatCompletionService>() ?? kernel.GetRequiredService<IChatClient>().AsChatCompletionService();
        var history = new ChatHistory();
        history.AddUserMessage(context.RenderedPrompt!);
        ChatMessageContent answer = await service.GetChatMessageContentAsync(history, chosen, kernel, cancellationToken).ConfigureAwait(false);
        return new FunctionResult(this, answer, kernel.Culture) { RenderedPrompt = context.RenderedPrompt };

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
