using Headroom.Compressors;
using Headroom.Extensions.AI.Storage;
using Headroom.Storage;
using Headroom.Tokens;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Headroom.Extensions.AI;

/// <summary>Puts the engine together from what is registered.</summary>
internal static class HeadroomServices
{
    /// <summary>The registered engine, or one of its own where options or a store are given or nothing is registered.</summary>
    public static ConversationCompressor Compressor(IServiceProvider services, HeadroomOptions? options, IOriginalStore? store)
    {
        if (options is null && store is null && services.GetService<ConversationCompressor>() is { } registered) return registered;
        ContentCompressor[] compressors = [.. services.GetService<IEnumerable<ContentCompressor>>() ?? []];
        return new ConversationCompressor(
            options ?? services.GetService<IOptions<HeadroomOptions>>()?.Value,
            services.GetService<ITokenCounter>(),
            store ?? services.GetService<IOriginalStore>() ?? Store(services),
            compressors.Length > 0 ? compressors : BuiltInCompressors.All);
    }

    /// <summary>A store over the registered <see cref="HybridCache"/>, or in memory where there is none.</summary>
    public static IOriginalStore Store(IServiceProvider services) => services.GetService<HybridCache>() is { } cache
        ? new HybridCacheOriginalStore(cache, new HybridCacheOriginalStoreOptions { HasDistributedCache = HasDistributedCache(services) }, services.GetService<TimeProvider>())
        : new InMemoryOriginalStore();

    /// <summary>Whether a hybrid cache has a second level. The in-process distributed cache does not count as one, for it as for us.</summary>
    private static bool HasDistributedCache(IServiceProvider services) =>
        services.GetService<IDistributedCache>() is { } distributed
        && distributed.GetType().FullName != "Microsoft.Extensions.Caching.Distributed.MemoryDistributedCache";
}
