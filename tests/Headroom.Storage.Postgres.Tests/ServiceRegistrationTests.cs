using Headroom.Storage.Postgres.Server;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Headroom.Storage.Postgres;

public sealed class ServiceRegistrationTests
{
    private const string Connection = "Host=db.example;Database=agents;Username=agent;Password=swordfish";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_store_is_the_one_in_use_whether_registered_before_or_after(bool before)
    {
        var services = new ServiceCollection();
        if (before) services.AddHeadroomPostgresStore(Connection);
        services.AddHeadroom();
        if (!before) services.AddHeadroomPostgresStore(Connection);
        using ServiceProvider provider = services.BuildServiceProvider(); // connects to nothing yet
        PostgresOriginalStore store = Assert.IsType<PostgresOriginalStore>(provider.GetRequiredService<IOriginalStore>());
        Assert.Equal("db.example:5432/agents, tables headroom_*", store.Location);
        Assert.NotNull(provider.GetRequiredService<ConversationCompressor>().Store);
    }

    [Fact]
    public async Task A_data_source_of_the_application_can_be_used()
    {
        var services = new ServiceCollection();
        services.AddSingleton(_ => NpgsqlDataSource.Create(SharedServer.Instance.ConnectionString));
        services.AddHeadroomPostgresStore(p => p.GetRequiredService<NpgsqlDataSource>(), o => o.Schema = SharedServer.NewSchema());
        services.AddHeadroom();
        await using ServiceProvider provider = services.BuildServiceProvider();
        IOriginalStore store = provider.GetRequiredService<IOriginalStore>();
        var key = new OriginalKey("tenant", OriginalId.Compute("original"));
        Assert.True(await store.PutAsync(key, "original"));
        Assert.Equal("original", (await store.GetAsync(key)).Text);
    }

    [Fact]
    public void Wrong_settings_are_said_where_they_are_made()
    {
        var services = new ServiceCollection();
        Assert.Throws<ArgumentException>(() => services.AddHeadroomPostgresStore(""));
        Assert.Throws<ArgumentException>(() => services.AddHeadroomPostgresStore("Database=agents"));
        Assert.Throws<ArgumentException>(() => services.AddHeadroomPostgresStore(Connection, o => o.MaxBytes = 1));
        Assert.Throws<ArgumentException>(() => services.AddHeadroomPostgresStore(Connection, o => o.Schema = "a b"));
    }

    [Theory]
    [InlineData("postgres://user:pa%24s@host/db", "Host=host;Database=db;Username=user;Password=pa$s")]
    [InlineData("postgresql://host:6000/db?sslmode=verify-full&application_name=x", "Host=host;Port=6000;Database=db;SSL Mode=VerifyFull;Application Name=x")]
    [InlineData("postgres://a:1,b:2/db?target_session_attrs=read-write", "Host=a:1,b:2;Database=db;Target Session Attributes=read-write")]
    [InlineData("postgres://user@[::1]:6000", "Host=::1;Port=6000;Username=user")]
    [InlineData("postgres:///db?host=%2Fvar%2Frun&Maximum%20Pool%20Size=5", "Host=/var/run;Database=db;Maximum Pool Size=5")]
    public void Addresses_are_connection_strings_too(string address, string connectionString) =>
        Assert.Equal(new NpgsqlConnectionStringBuilder(connectionString).ConnectionString.Split(';').Order(), ConnectionText.Parse(address).ConnectionString.Split(';').Order());

    [Theory]
    [InlineData("postgres://user:swordfish@host:port/db")]
    [InlineData("postgres://user:swordfish@/db")]
    [InlineData("postgres://user:swordfish@host/db?swordfish")]
    [InlineData("postgres://user:x?swordfish=@host/db")]
    [InlineData("postgres://user:swordfish@host/db?sslmode=swordfish")]
    [InlineData("Host=host;Port=swordfish")]
    [InlineData("swordfish")]
    public void What_is_neither_is_refused_without_repeating_it(string text)
    {
        var refused = Assert.ThrowsAny<ArgumentException>(() => new PostgresOriginalStore(text));
        Assert.DoesNotContain("swordfish", refused.ToString(), StringComparison.Ordinal);
    }
}
