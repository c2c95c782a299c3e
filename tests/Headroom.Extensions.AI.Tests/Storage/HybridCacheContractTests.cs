using Headroom.Storage;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;

namespace Headroom.Extensions.AI.Storage;

/// <summary>The contract over a hybrid cache with a second level that outlives the process.</summary>
public class HybridCacheContractTests : OriginalStoreContract
{
    private DictionaryDistributedCache _distributed = new();

    protected virtual OriginalEncryption? Encryption => null;

    protected override ValueTask<IOriginalStore> CreateAsync()
    {
        _distributed = new DictionaryDistributedCache();
        return new(Open());
    }

    protected override ValueTask<IOriginalStore?> ReopenAsync() => new(Open());

    private HybridCacheOriginalStore Open() => new(CacheOver(_distributed, Clock), new HybridCacheOriginalStoreOptions { Encryption = Encryption }, Clock);

    internal static HybridCache CacheOver(IDistributedCache? distributed, TimeProvider clock)
    {
        var services = new ServiceCollection();
        services.AddLogging().AddSingleton(clock).AddHybridCache();
        if (distributed is not null) services.AddSingleton(distributed);
        return services.BuildServiceProvider().GetRequiredService<HybridCache>();
    }
}

/// <summary>The same, encrypted.</summary>
public sealed class EncryptedHybridCacheContractTests : HybridCacheContractTests
{
    protected override OriginalEncryption Encryption { get; } = new OriginalEncryption("new", new byte[32]).WithOlder("old", [.. Enumerable.Repeat((byte)1, 32)]);
}

/// <summary>The contract over a hybrid cache that has no second level.</summary>
public sealed class LocalHybridCacheContractTests : OriginalStoreContract
{
    protected override ValueTask<IOriginalStore> CreateAsync() =>
        new(new HybridCacheOriginalStore(HybridCacheContractTests.CacheOver(null, Clock), new HybridCacheOriginalStoreOptions { HasDistributedCache = false }, Clock));
}
