using Headroom.Storage;
using Headroom.Storage.Postgres;
using Headroom.Storage.Postgres.Server;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers what Headroom keeps in PostgreSQL.</summary>
public static class HeadroomPostgresServiceCollectionExtensions
{
    /// <summary>Keeps originals in PostgreSQL, instead of any store registered before. Works before and after <c>AddHeadroom</c>.</summary>
    /// <param name="services">The services.</param>
    /// <param name="connectionString">The database: a connection string of Npgsql's, or an address <c>postgres://user:password@host/database</c>. First connected to when needed.</param>
    /// <param name="configure">Changes the settings.</param>
    /// <returns>The supplied <paramref name="services"/>.</returns>
    /// <exception cref="ArgumentException">The connection string is none, or a setting is out of range.</exception>
    public static IServiceCollection AddHeadroomPostgresStore(this IServiceCollection services, string connectionString, Action<PostgresOriginalStoreOptions>? configure = null)
    {
        ConnectionText.Parse(connectionString);
        return services.AddStore((_, options) => new PostgresOriginalStore(connectionString, options), configure);
    }

    /// <summary>The same over a data source of the application's: for passwords that change, certificates, or one pool for all that uses the database.</summary>
    /// <param name="services">The services.</param>
    /// <param name="dataSource">Gives the data source, such as <c>p => p.GetRequiredService&lt;NpgsqlDataSource&gt;()</c>. It must lead to a server that can be written to.</param>
    /// <param name="configure">Changes the settings.</param>
    /// <returns>The supplied <paramref name="services"/>.</returns>
    /// <exception cref="ArgumentException">A setting is out of range.</exception>
    public static IServiceCollection AddHeadroomPostgresStore(
        this IServiceCollection services, Func<IServiceProvider, NpgsqlDataSource> dataSource, Action<PostgresOriginalStoreOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(dataSource);
        return services.AddStore((provider, options) => new PostgresOriginalStore(dataSource(provider), options), configure);
    }

    private static IServiceCollection AddStore(
        this IServiceCollection services, Func<IServiceProvider, PostgresOriginalStoreOptions, PostgresOriginalStore> create, Action<PostgresOriginalStoreOptions>? configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        var options = new PostgresOriginalStoreOptions();
        configure?.Invoke(options);
        options.Validate();
        services.RemoveAll<IOriginalStore>();
        services.AddSingleton<IOriginalStore>(provider =>
        {
            PostgresOriginalStoreOptions copy = options.Clone();
            if (provider.GetService<ILoggerFactory>()?.CreateLogger(typeof(PostgresOriginalStore).FullName!) is { } logger) copy.OnFailure ??= e => Log.StoreFailed(logger, e);
            return create(provider, copy);
        });
        return services;
    }
}
