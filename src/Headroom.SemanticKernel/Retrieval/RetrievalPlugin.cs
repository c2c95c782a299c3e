using System.Collections.ObjectModel;
using System.Text.Json;
using Headroom.Extensions.AI.Tools;
using Headroom.Retrieval;
using Microsoft.Extensions.Logging;
using Microsoft.SemanticKernel;

namespace Headroom.SemanticKernel.Retrieval;

/// <summary>The retrieval tool as a kernel function.</summary>
/// <remarks>
/// Chat clients offer it to a model as <c>headroom_retrieve</c>, which is its name everywhere else; older connectors as <c>headroom-retrieve</c>. Both
/// consist of the characters that every service takes.
/// </remarks>
internal static class RetrievalPlugin
{
    public const string Name = "headroom", FunctionName = "retrieve";

    /// <summary>The entry of a function's metadata that tells ours from one that is only named alike.</summary>
    private const string Mark = "headroom.retrieval";

    private static readonly ReadOnlyDictionary<string, object?> s_marked = new(new Dictionary<string, object?> { [Mark] = true });

    public static KernelPlugin Create(ConversationCompressor compressor, HeadroomKernelOptions options, ILogger logger)
    {
        async Task<string> RetrieveAsync(Kernel kernel, KernelArguments arguments, CancellationToken cancellationToken)
        {
            ConversationAtHand? conversation = ConversationAtHand.Current;
            var session = new RetrievalSession(compressor.Store, compressor.Tokens, options.ScopeOf(kernel), logger) { FindKnownIds = conversation is null ? null : conversation.Ids };
            conversation?.HoldIn(session);
            return await session.AnswerAsync(arguments, cancellationToken).ConfigureAwait(false);
        }

        KernelFunction function = KernelFunctionFactory.CreateFromMethod(
            RetrieveAsync,
            new KernelFunctionFromMethodOptions { FunctionName = FunctionName, Description = RetrievalTool.Description, Parameters = Parameters(), AdditionalMetadata = s_marked });
        return KernelPluginFactory.CreateFromFunctions(Name, "Fetches what was left out of earlier results.", [function]);
    }

    /// <summary>Adds the plugin unless another one has its name: then nothing can be left out.</summary>
    public static bool TryAddTo(KernelPluginCollection plugins, Func<KernelPlugin> create)
    {
        if (plugins.TryGetPlugin(Name, out KernelPlugin? plugin)) return plugin.TryGetFunction(FunctionName, out KernelFunction? function) && IsOurs(function);
        plugins.Add(create());
        return true;
    }

    public static bool IsOurs(KernelFunction function) => function.Metadata.AdditionalProperties.ContainsKey(Mark);

    private static List<KernelParameterMetadata> Parameters()
    {
        using JsonDocument schema = JsonDocument.Parse(RetrievalTool.ParametersSchema);
        HashSet<string?> required = [.. schema.RootElement.GetProperty("required").EnumerateArray().Select(r => r.GetString())];
        return [.. schema.RootElement.GetProperty("properties").EnumerateObject().Select(p => new KernelParameterMetadata(p.Name)
        {
            Description = p.Value.GetProperty("description").GetString() ?? "",
            IsRequired = required.Contains(p.Name),
            Schema = KernelJsonSchema.Parse(p.Value.GetRawText()),
        })];
    }
}
