using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Stand-in.</summary>
public static class HybridCacheServiceExtensions
{
    public static IHybridCacheBuilder AddHybridCache(this IServiceCollection services, Action<HybridCacheOptions> setupAction)
    {
        services.AddOptions();
        services.Configure(setupAction);
        return services.AddHybridCache();
    }

    public static IHybridCacheBuilder AddHybridCache(this IServiceCollection services)
    {
        services.AddOptions();
        services.TryAddSingleton<HybridCache>(provider => new DefaultHybridCache(
            provider.GetRequiredService<IOptions<HybridCacheOptions>>().Value,
            provider.GetService<IDistributedCache>(),
            provider.GetService<TimeProvider>() ?? TimeProvider.System,
            provider.GetService<ILoggerFactory>()?.CreateLogger("Microsoft.Extensions.Caching.Hybrid.HybridCache") ?? NullLogger.Instance));
        return new Builder(services);
    }

    private sealed class Builder(IServiceCollection services) : IHybridCacheBuilder
    {
        public IServiceCollection Services { get; } = services;
    }
}
