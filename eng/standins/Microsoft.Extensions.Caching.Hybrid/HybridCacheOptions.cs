using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.Extensions.Caching.Hybrid;

/// <summary>Stand-in.</summary>
public class HybridCacheOptions
{
    public HybridCacheEntryOptions? DefaultEntryOptions { get; set; }

    public long MaximumPayloadBytes { get; set; } = 1 << 20;

    public int MaximumKeyLength { get; set; } = 1024;
}

/// <summary>Stand-in.</summary>
public interface IHybridCacheBuilder
{
    IServiceCollection Services { get; }
}
