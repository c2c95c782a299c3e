using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Headroom.Extensions.AI.PromptCaching;

/// <summary>Keeps what is logged.</summary>
internal sealed class LogList : ILoggerFactory, ILogger
{
    private readonly ConcurrentQueue<string> _lines = [];

    /// <summary>Warnings, in order.</summary>
    public string[] Warnings => [.. _lines];

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel)) _lines.Enqueue(formatter(state, exception));
    }

    public void Dispose()
    {
    }
}
