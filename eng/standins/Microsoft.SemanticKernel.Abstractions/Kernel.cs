using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Microsoft.SemanticKernel
{
    /// <summary>Stand-in. Services, plugins and filters.</summary>
    public sealed class Kernel
    {
        public Kernel(IServiceProvider? services = null, KernelPluginCollection? plugins = null)
        {
            Services = services ?? new ServiceCollectionOfNothing();
            Plugins = plugins ?? Services.GetService<KernelPluginCollection>() ?? new KernelPluginCollection(Services.GetServices<KernelPlugin>());
            FunctionInvocationFilters = [.. Services.GetServices<IFunctionInvocationFilter>()];
            PromptRenderFilters = [.. Services.GetServices<IPromptRenderFilter>()];
            AutoFunctionInvocationFilters = [.. Services.GetServices<IAutoFunctionInvocationFilter>()];
        }

        public KernelPluginCollection Plugins { get; }

        public IList<IFunctionInvocationFilter> FunctionInvocationFilters { get; private init; }

        public IList<IPromptRenderFilter> PromptRenderFilters { get; private init; }

        public IList<IAutoFunctionInvocationFilter> AutoFunctionInvocationFilters { get; private init; }

        public IServiceProvider Services { get; }

        public CultureInfo Culture { get; set; } = CultureInfo.InvariantCulture;

        public ILoggerFactory LoggerFactory => Services.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance;

        public IDictionary<string, object?> Data { get; private init; } = new Dictionary<string, object?>();

        public static IKernelBuilder CreateBuilder() => new KernelBuilder(new ServiceCollection());

        public Kernel Clone() => new(Services, new KernelPluginCollection(Plugins))
        {
            FunctionInvocationFilters = [.. FunctionInvocationFilters],
            PromptRenderFilters = [.. PromptRenderFilters],
            AutoFunctionInvocationFilters = [.. AutoFunctionInvocationFilters],
            Data = new Dictionary<string, object?>(Data),
            Culture = Culture,
        };

        public T GetRequiredService<T>(object? serviceKey = null)
            where T : class =>
            (serviceKey is null ? Services.GetService<T>() : Services.GetKeyedService<T>(serviceKey)) ?? throw new KernelException($"Service of type '{typeof(T)}' not registered.");

        public Task<FunctionResult> InvokeAsync(KernelFunction function, KernelArguments? arguments = null, CancellationToken cancellationToken = default) =>
            function.InvokeAsync(this, arguments, cancellationToken);

        public async Task<TResult?> InvokeAsync<TResult>(KernelFunction function, KernelArguments? arguments = null, CancellationToken cancellationToken = default) =>
            (await InvokeAsync(function, arguments, cancellationToken).ConfigureAwait(false)).GetValue<TResult>();

        private sealed class ServiceCollectionOfNothing : IServiceProvider
        {
            public object? GetService(Type serviceType) =>
                serviceType.IsGenericType && serviceType.GetGenericTypeDefinition() == typeof(IEnumerable<>) ? Array.CreateInstance(serviceType.GetGenericArguments()[0], 0) : null;
        }
    }

    /// <summary>Stand-in. Builds a kernel.</summary>
    public interface IKernelBuilder
    {
        IServiceCollection Services { get; }

        IKernelBuilderPlugins Plugins { get; }
    }

    /// <summary>Stand-in. The plugins of a kernel to be built.</summary>
    public interface IKernelBuilderPlugins
    {
        IServiceCollection Services { get; }
    }

    /// <summary>Stand-in. Something is wrong with a kernel.</summary>
    public class KernelException(string? message) : Exception(message);

    internal sealed class KernelBuilder(IServiceCollection services) : IKernelBuilder, IKernelBuilderPlugins
    {
        public IServiceCollection Services { get; } = services;

        public IKernelBuilderPlugins Plugins => this;
    }
}

namespace Microsoft.Extensions.DependencyInjection
{
    using Microsoft.SemanticKernel;

    /// <summary>Stand-in. A kernel for each use.</summary>
    public static class KernelServiceCollectionExtensions
    {
        public static IKernelBuilder AddKernel(this IServiceCollection services)
        {
            services.AddTransient<KernelPluginCollection>();
            services.AddTransient<Kernel>();
            return new KernelBuilder(services);
        }
    }
}
