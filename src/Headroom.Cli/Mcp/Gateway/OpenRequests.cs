using System.Collections.Concurrent;

namespace Headroom.Cli.Mcp.Gateway;

/// <summary>What the client waits for. Thread-safe.</summary>
internal sealed class OpenRequests
{
    private readonly ConcurrentDictionary<string, OpenRequest> _open = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ToolCall> _tasks = new(StringComparer.Ordinal);

    /// <summary>Calls that run as tasks remembered at most: a bound on memory, far above what one client has under way.</summary>
    private const int MaxTasks = 4096;

    /// <summary>The requests that are open.</summary>
    public IEnumerable<OpenRequest> All => _open.Values;

    public void Add(OpenRequest request) => _open[request.Key] = request;

    /// <summary>Takes the request a response answers off the list.</summary>
    public OpenRequest? Take(string? key) => key is not null && _open.TryRemove(key, out OpenRequest? request) ? request : null;

    /// <summary>Remembers that a call goes on as a task, whose result is asked for later.</summary>
    public void Defer(string task, ToolCall call)
    {
        if (_tasks.Count < MaxTasks) _tasks[task] = call;
    }

    public ToolCall? Deferred(string task) => _tasks.GetValueOrDefault(task);
}
