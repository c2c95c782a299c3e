using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Headroom.Storage.Sqlite;

public sealed class ServiceRegistrationTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_store_is_the_one_in_use_whether_registered_before_or_after(bool before)
    {
        var services = new ServiceCollection();
        if (before) services.AddHeadroomSqliteStore(_folder.File());
        services.AddHeadroom();
        if (!before) services.AddHeadroomSqliteStore(_folder.File());
        using ServiceProvider provider = services.BuildServiceProvider();
        SqliteOriginalStore store = Assert.IsType<SqliteOriginalStore>(provider.GetRequiredService<IOriginalStore>());
        Assert.Equal(_folder.File(), store.Path);
        Assert.Same(store, provider.GetRequiredService<ConversationCompressor>().Store!.Inner);
    }

    [Fact]
    public void It_fits_the_builder()
    {
        var services = new ServiceCollection();
        services.AddHeadroom().UseStore(_ => new SqliteOriginalStore(_folder.File()));
        using ServiceProvider provider = services.BuildServiceProvider();
        Assert.IsType<SqliteOriginalStore>(provider.GetRequiredService<ConversationCompressor>().Store!.Inner);
    }

    [Fact]
    public void Wrong_settings_are_said_where_they_are_made()
    {
        var services = new ServiceCollection();
        Assert.Throws<ArgumentException>(() => services.AddHeadroomSqliteStore(""));
        Assert.Throws<ArgumentException>(() => services.AddHeadroomSqliteStore(_folder.File(), o => o.MaxBytes = 1));
        Assert.Throws<ArgumentException>(() => services.AddHeadroomSqliteDistributedCache(_folder.File(), o => o.MaxBytes = 1));
    }

    [Fact]
    public async Task Failures_are_logged()
    {
        var logger = new RecordingLogger();
        var services = new ServiceCollection();
        services.AddLogging(b => b.AddProvider(logger)).AddHeadroomSqliteStore(_folder.File());
        await using ServiceProvider provider = services.BuildServiceProvider();
        var store = (SqliteOriginalStore)provider.GetRequiredService<IOriginalStore>();
        store.File.BeforeStatement = _ => throw new IOException("on purpose");
        Assert.False(await store.PutAsync(new OriginalKey("", OriginalId.Compute("x")), "x"));
        Assert.Equal("The store of originals failed; texts stay whole where it cannot keep them.", Assert.Single(logger.Messages));
    }

    private sealed class RecordingLogger : ILoggerProvider, ILogger
    {
        public List<string> Messages { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Messages.Add(formatter(state, exception));

        public void Dispose()
        {
        }
    }
}
