using Headroom;
using Headroom.Extensions.AI;
using Headroom.SemanticKernel;
using Headroom.SemanticKernel.Filters;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.SemanticKernel.ChatCompletion;

namespace Microsoft.SemanticKernel;

/// <summary>Adds Headroom to kernels that are being built.</summary>
public static class HeadroomKernelBuilderExtensions
{
    /// <summary>Registers all a kernel needs: the engine and its store, the ledger, the filter that compresses the results of functions a model calls, and the retrieval tool as a kernel function.</summary>
    /// <param name="builder">The builder of the kernel, also that of <c>services.AddKernel()</c>.</param>
    /// <param name="configure">Changes the settings.</param>
    /// <returns>A builder to register more with.</returns>
    /// <remarks>
    /// The filter goes before all others that are registered, so that it is the outermost: they see results as functions return them. The function is
    /// <c>headroom_retrieve</c> to the model; a plugin of yours named <c>headroom</c> is left alone, and nothing is left out then. In the mode
    /// <see cref="CompressionMode.Lossless"/> there is no function.
    /// </remarks>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is <see langword="null"/>.</exception>
    public static IHeadroomBuilder AddHeadroom(this IKernelBuilder builder, Action<HeadroomOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        IServiceCollection services = builder.Services;
        IHeadroomBuilder headroom = services.AddHeadroom(configure);
        if (services.Any(d => d.ServiceType == typeof(AutoFunctionFilter))) return headroom;
        services.AddOptions<HeadroomKernelOptions>();
        services.TryAddSingleton(KernelComponents.From);
        services.AddSingleton(provider => provider.GetRequiredService<KernelComponents>().AutoFunctionFilter());
        services.Insert(0, ServiceDescriptor.Singleton<IAutoFunctionInvocationFilter>(provider => provider.GetRequiredService<AutoFunctionFilter>()));

        // A kernel asks for its plugins as a whole first. So ours is added to whatever they are, and one of the same name can be respected.
        ServiceDescriptor? plugins = services.LastOrDefault(d => d.ServiceType == typeof(KernelPluginCollection) && !d.IsKeyedService);
        services.AddTransient(provider => provider.GetRequiredService<KernelComponents>().AddPluginTo(plugins switch
        {
            { ImplementationInstance: KernelPluginCollection given } => given,
            { ImplementationFactory: { } create } => (KernelPluginCollection)create(provider),
            _ => new KernelPluginCollection(provider.GetServices<KernelPlugin>()),
        }));
        return headroom;
    }

    /// <summary>Compresses text results of functions the host invokes itself, too. Results that are no strings stay as they are: whoever invokes a function may ask for its type.</summary>
    /// <param name="builder">What <see cref="AddHeadroom"/> returned.</param>
    /// <param name="canRetrieve">Whether those results go to a model that is offered the retrieval function. Without it nothing is left out of them.</param>
    public static IHeadroomBuilder CompressManualInvocations(this IHeadroomBuilder builder, bool canRetrieve = false)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddSingleton<IFunctionInvocationFilter>(provider => provider.GetRequiredService<KernelComponents>().ManualFunctionFilter(canRetrieve));
        return builder;
    }

    /// <summary>Compresses the parts of prompts that are marked with <see cref="HeadroomPrompt"/>.</summary>
    /// <param name="builder">What <see cref="AddHeadroom"/> returned.</param>
    public static IHeadroomBuilder CompressMarkedPrompts(this IHeadroomBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddSingleton<IPromptRenderFilter>(provider => provider.GetRequiredService<KernelComponents>().PromptFilter());
        return builder;
    }

    /// <summary>Compresses chat histories on their way to the chat completion services registered so far: for hosts that call those themselves.</summary>
    /// <param name="builder">What <see cref="AddHeadroom"/> returned.</param>
    public static IHeadroomBuilder CompressChatHistories(this IHeadroomBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        IServiceCollection services = builder.Services;
        for (int i = 0; i < services.Count; i++)
        {
            if (services[i].ServiceType == typeof(IChatCompletionService)) services[i] = Decorated(services[i]);
        }

        return builder;
    }

    private static ServiceDescriptor Decorated(ServiceDescriptor inner)
    {
        return inner.IsKeyedService
            ? ServiceDescriptor.DescribeKeyed(
                inner.ServiceType, inner.ServiceKey,
                (provider, key) => Decorate(provider, inner.KeyedImplementationInstance ?? inner.KeyedImplementationFactory?.Invoke(provider, key) ?? ActivatorUtilities.CreateInstance(provider, inner.KeyedImplementationType!)),
                inner.Lifetime)
            : ServiceDescriptor.Describe(
                inner.ServiceType,
                provider => Decorate(provider, inner.ImplementationInstance ?? inner.ImplementationFactory?.Invoke(provider) ?? ActivatorUtilities.CreateInstance(provider, inner.ImplementationType!)),
                inner.Lifetime);

        static object Decorate(IServiceProvider provider, object service) =>
            service is HeadroomChatCompletionService ? service : provider.GetRequiredService<KernelComponents>().ChatCompletionService((IChatCompletionService)service);
    }
}
