using Headroom;
using Headroom.SemanticKernel;
using Headroom.SemanticKernel.Filters;
using Headroom.Storage;

namespace Microsoft.SemanticKernel;

/// <summary>Adds Headroom to kernels that are there already.</summary>
public static class HeadroomKernelExtensions
{
    /// <summary>Adds the filter that compresses the results of functions a model calls, and the retrieval tool as a kernel function. A kernel that has them is left as it is.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="options">Settings. The default is <c>new HeadroomOptions()</c>.</param>
    /// <param name="store">Where originals are kept. The default keeps them in memory.</param>
    /// <param name="scopeSelector">Chooses the scope originals are stored in, such as a tenant; one for all by default.</param>
    /// <returns>The supplied <paramref name="kernel"/>.</returns>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static Kernel AddHeadroom(this Kernel kernel, HeadroomOptions? options = null, IOriginalStore? store = null, Func<Kernel, string>? scopeSelector = null)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        if (kernel.AutoFunctionInvocationFilters.Any(f => f is AutoFunctionFilter)) return kernel;
        var compressor = new ConversationCompressor(options, store: store ?? new InMemoryOriginalStore());
        var components = new KernelComponents(compressor, new HeadroomKernelOptions { ScopeSelector = scopeSelector }, null, kernel.LoggerFactory);
        kernel.AutoFunctionInvocationFilters.Insert(0, components.AutoFunctionFilter());
        components.AddPluginTo(kernel.Plugins);
        return kernel;
    }
}
