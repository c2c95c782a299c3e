namespace Microsoft.SemanticKernel;

/// <summary>Stand-in. A call of a model.</summary>
public sealed class FunctionCallContent(string functionName, string? pluginName = null, string? id = null, KernelArguments? arguments = null) : KernelContent
{
    public string? Id { get; } = id;

    public string? PluginName { get; } = pluginName;

    public string FunctionName { get; } = functionName;

    public KernelArguments? Arguments { get; } = arguments;

    public Exception? Exception { get; init; }

    public async Task<FunctionResultContent> InvokeAsync(Kernel kernel, CancellationToken cancellationToken = default)
    {
        if (Exception is not null) throw Exception;
        KernelFunction function = kernel.Plugins.GetFunction(PluginName, FunctionName);
        return new FunctionResultContent(this, await function.InvokeAsync(kernel, Arguments, cancellationToken).ConfigureAwait(false));
    }

    public static IEnumerable<FunctionCallContent> GetFunctionCalls(ChatMessageContent messageContent) => messageContent.Items.OfType<FunctionCallContent>();
}
