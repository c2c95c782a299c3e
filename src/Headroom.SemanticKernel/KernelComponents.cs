using Headroom.Economics;
using Headroom.Extensions.AI;
using Headroom.SemanticKernel.Filters;
using Headroom.SemanticKernel.Retrieval;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.SemanticKernel;

namespace Headroom.SemanticKernel;

/// <summary>Puts together what a kernel needs, from what is registered.</summary>
internal sealed class KernelComponents(ConversationCompressor compressor, HeadroomKernelOptions options, IHeadroomLedger? ledger, ILoggerFactory? loggerFactory)
{
    /// <summary>Where everything that concerns kernels logs to.</summary>
    private const string Category = "Headroom.SemanticKernel";

    private readonly ILogger _logger = (ILogger?)loggerFactory?.CreateLogger(Category) ?? NullLogger.Instance;

    public static KernelComponents From(IServiceProvider services) => new(
        HeadroomServices.Compressor(services, null, null), services.GetService<IOptions<HeadroomKernelOptions>>()?.Value ?? new HeadroomKernelOptions(),
        services.GetService<IHeadroomLedger>(), services.GetService<ILoggerFactory>());

    public AutoFunctionFilter AutoFunctionFilter() => new(compressor, options, ledger, _logger);

    public ManualFunctionFilter ManualFunctionFilter(bool canRetrieve) => new(compressor, options, canRetrieve, _logger);

    public PromptFilter PromptFilter() => new(compressor, options, _logger);

    public HeadroomChatCompletionService ChatCompletionService(Microsoft.SemanticKernel.ChatCompletion.IChatCompletionService inner) =>
        new(inner, compressor, options.ScopeSelector, loggerFactory);

    /// <summary>Adds the retrieval plugin to the plugins of a kernel, where anything can be left out at all.</summary>
    public KernelPluginCollection AddPluginTo(KernelPluginCollection plugins)
    {
        if (compressor is { MayElide: true, IsShadow: false } && !RetrievalPlugin.TryAddTo(plugins, () => RetrievalPlugin.Create(compressor, options, _logger)))
            Extensions.AI.Diagnostics.Log.ToolImpossible(_logger);
        return plugins;
    }
}
