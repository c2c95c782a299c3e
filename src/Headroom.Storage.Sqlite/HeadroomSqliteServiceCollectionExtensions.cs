using Headroom.Storage;
using Headroom.Storage.Sqlite;
using Headroom.Storage.Sqlite.Caching;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers what Headroom keeps in SQLite files.</summary>
public static class HeadroomSqliteServiceCollectionExtensions
{
    /// <summary>Keeps originals in a SQLite file, instead of any store registered before. Works before and after <c>AddHeadroom</c>.</summary>
    /// <param name="services">The services.</param>
    /// <param name="path">The file. Its folder is made where it is missing. Opened when first needed; what is wrong with it is said then.</param>
    /// <param name="configure">Changes the settings.</param>
    /// <returns>The supplied <paramref name="services"/>.</returns>
    /// <exception cref="ArgumentException">The path is empty, or a setting is out of range.</exception>
    public static IServiceCollection AddHeadroomSqliteStore(this IServiceCollection services, string path, Action<SqliteOriginalStoreOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrEmpty(path);
        var options = new SqliteOriginalStoreOptions();
        configure?.Invoke(options);
        options.Validate();
        services.RemoveAll<IOriginalStore>();
        services.AddSingleton<IOriginalStore>(provider =>
        {
            SqliteOriginalStoreOptions copy = options.Clone();
            if (provider.GetService<ILoggerFactory>()?.CreateLogger(typeof(SqliteOriginalStore).FullName!) is { } logger) copy.OnFailure ??= e => Log.StoreFailed(logger, e);
            return new SqliteOriginalStore(path, copy, provider.GetService<TimeProvider>());
        });
        return services;
    }

    /// <summary>Registers a distributed cache in a SQLite file, instead of any registered before: the durable second level of <c>HybridCache</c>.</summary>
    /// <param name="services">The services.</param>
    /// <param name="path">The file. Not that of a store of originals.</param>
    /// <param name="configure">Changes the settings.</param>
    /// <returns>The supplied <paramref name="services"/>.</returns>
    /// <exception cref="ArgumentException">The path is empty, or a setting is out of range.</exception>
    public static IServiceCollection AddHeadroomSqliteDistributedCache(
        this IServiceCollection services, string path, Action<SqliteDistributedCacheOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrEmpty(path);
        var options = new SqliteDistributedCacheOptions();
        configure?.Invoke(options);
        options.Validate();
        services.RemoveAll<IDistributedCache>();
        services.AddSingleton<IDistributedCache>(provider => new SqliteDistributedCache(path, options, provider.GetService<TimeProvider>()));
        return services;
    }
}
