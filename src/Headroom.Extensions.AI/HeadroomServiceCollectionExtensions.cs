using Headroom;
using Headroom.Compressors;
using Headroom.Economics;
using Headroom.Extensions.AI;
using Headroom.Storage;
using Headroom.Tokens;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers Headroom with dependency injection.</summary>
public static class HeadroomServiceCollectionExtensions
{
    /// <summary>Registers the engine, its settings, the built-in compressors, the token counter, the store of originals and the ledger, where they are not registered yet.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Changes the settings. They can also be bound from configuration, as any options.</param>
    /// <returns>A builder to register more with.</returns>
    /// <remarks>The store is over <c>HybridCache</c> where that is registered, else in memory. Register an <see cref="IOriginalStore"/> or <see cref="ITokenCounter"/> to use another.</remarks>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is <see langword="null"/>.</exception>
    public static IHeadroomBuilder AddHeadroom(this IServiceCollection services, Action<HeadroomOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddOptions<HeadroomOptions>();
        if (configure is not null) services.Configure(configure);
        foreach (ContentCompressor compressor in BuiltInCompressors.All) services.TryAddEnumerable(ServiceDescriptor.Singleton(compressor));
        services.TryAddSingleton<ITokenCounter>(O200kTokenCounter.Instance);
        services.TryAddSingleton(HeadroomServices.Store);
        services.AddOptions<HeadroomLedgerOptions>();
        services.TryAddSingleton<IHeadroomLedger>(provider => new InMemoryHeadroomLedger(provider.GetRequiredService<IOptions<HeadroomLedgerOptions>>().Value));
        services.TryAddSingleton(provider => new ConversationCompressor(
            provider.GetRequiredService<IOptions<HeadroomOptions>>().Value,
            provider.GetRequiredService<ITokenCounter>(),
            provider.GetRequiredService<IOriginalStore>(),
            provider.GetServices<ContentCompressor>()));
        return new HeadroomBuilder(services);
    }

    /// <summary>Registers a compressor. Between equally sure probes those registered earlier, the built-in ones among them, are asked first.</summary>
    /// <typeparam name="TCompressor">A compressor whose <see cref="ContentCompressor.Name"/> no other has.</typeparam>
    /// <returns>The supplied <paramref name="builder"/>.</returns>
    public static IHeadroomBuilder AddCompressor<
        [System.Diagnostics.CodeAnalysis.DynamicallyAccessedMembers(System.Diagnostics.CodeAnalysis.DynamicallyAccessedMemberTypes.PublicConstructors)] TCompressor>(
        this IHeadroomBuilder builder)
        where TCompressor : ContentCompressor
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<ContentCompressor, TCompressor>());
        return builder;
    }

    /// <summary>Keeps originals in a store of one's own, instead of any registered before: <c>AddHeadroom().UseStore(_ =&gt; new SqliteOriginalStore("originals.db"))</c>.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="create">Makes the store, once. Disposed with the provider where it can be.</param>
    /// <returns>The supplied <paramref name="builder"/>.</returns>
    public static IHeadroomBuilder UseStore(this IHeadroomBuilder builder, Func<IServiceProvider, IOriginalStore> create)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(create);
        builder.Services.RemoveAll<IOriginalStore>();
        builder.Services.AddSingleton(create);
        return builder;
    }

    private sealed class HeadroomBuilder(IServiceCollection services) : IHeadroomBuilder
    {
        public IServiceCollection Services { get; } = services;
    }
}
