using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace Headroom.Cli.Tests.Mcp;

/// <summary>An MCP client that knows nothing: it sends lines to a process and gives out the lines that answer them, as they came.</summary>
internal sealed class RawClient : IDisposable
{
    private readonly Process _process;
    private readonly ConcurrentDictionary<string, TaskCompletionSource<string>> _waiting = new();
    private readonly ConcurrentQueue<string> _unasked = new();
    private readonly Dictionary<string, string> _answers;
    private readonly StringBuilder _talk = new();
    private int _id;

    /// <param name="command">The server.</param>
    /// <param name="folder">Where it runs.</param>
    /// <param name="answers">Results of requests the server makes, by method.</param>
    public RawClient(string[] command, string folder, Dictionary<string, string>? answers = null)
    {
        _answers = answers ?? [];
        _process = Process.Start(new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = new UTF8Encoding(false),
            StandardInputEncoding = new UTF8Encoding(false),
            Environment = { ["XDG_DATA_HOME"] = Path.Combine(folder, "data") },
        })!;
        _process.ErrorDataReceived += (_, e) => _talk.AppendLine(e.Data);
        _process.BeginErrorReadLine();
        _ = Task.Run(ReadAsync);
    }

    /// <summary>The gateway in front of a server, as a command.</summary>
    public static string[] Gateway(string[] server, params string[] options) =>
        ["dotnet", "exec", Path.Combine(AppContext.BaseDirectory, "headroom.dll"), "mcp", "gateway", .. options, .. server.Length > 0 ? ["--", .. server] : Array.Empty<string>()];

    /// <summary>Messages nobody asked for, and requests of the server.</summary>
    public IReadOnlyList<string> Unasked => [.. _unasked];

    public string Talk => _talk.ToString();

    /// <summary>Sends a request, and gives the line that answers it.</summary>
    public async Task<string> AskAsync(string method, string parameters = "{}")
    {
        int id = ++_id;
        var answer = _waiting[id.ToString()] = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        await SendAsync($$"""{"jsonrpc":"2.0","id":{{id}},"method":"{{method}}","params":{{parameters}}}""");
        return await answer.Task.WaitAsync(TimeSpan.FromSeconds(60));
    }

    public async Task<JsonElement> ResultAsync(string method, string parameters = "{}")
    {
        string answer = await AskAsync(method, parameters);
        return JsonDocument.Parse(answer).RootElement.TryGetProperty("result", out JsonElement result) ? result : throw new InvalidOperationException(answer);
    }

    /// <summary>Sends a line as it is.</summary>
    public async Task SendAsync(string line)
    {
        await _process.StandardInput.WriteAsync(line + "\n");
        await _process.StandardInput.FlushAsync();
    }

    /// <summary>Opens the session.</summary>
    /// <returns>The line that answers.</returns>
    public async Task<string> InitializeAsync(string capabilities = "{}", string version = "2025-11-25")
    {
        string answer = await AskAsync("initialize", $$$"""{"protocolVersion":"{{{version}}}","capabilities":{{{capabilities}}},"clientInfo":{"name":"raw","version":"1"}}""");
        await SendAsync("""{"jsonrpc":"2.0","method":"notifications/initialized"}""");
        return answer;
    }

    /// <summary>Waits for a message nobody asked for.</summary>
    public async Task<string> HearAsync(string method)
    {
        for (int i = 0; i < 600; i++)
        {
            if (_unasked.FirstOrDefault(m => m.Contains($"\"{method}\"", StringComparison.Ordinal)) is { } message) return message;
            await Task.Delay(50);
        }

        throw new TimeoutException($"no {method}; heard: {string.Join("\n", _unasked)}\n{Talk}");
    }

    /// <summary>Closes the server's input, and gives its exit code.</summary>
    public async Task<int> EndAsync()
    {
        _process.StandardInput.Close();
        return await ExitAsync();
    }

    public async Task<int> ExitAsync()
    {
        await _process.WaitForExitAsync(new CancellationTokenSource(TimeSpan.FromSeconds(60)).Token);
        return _process.ExitCode;
    }

    public Process Process => _process;

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }

    private async Task ReadAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            JsonElement message = JsonDocument.Parse(line).RootElement;
            string? method = message.TryGetProperty("method", out JsonElement m) ? m.GetString() : null;
            string? id = message.TryGetProperty("id", out JsonElement i) ? i.GetRawText() : null;
            if (method is null && id is not null && _waiting.TryRemove(id, out TaskCompletionSource<string>? waiting))
            {
                waiting.SetResult(line);
                continue;
            }

            _unasked.Enqueue(line);
            if (method is not null && id is not null && _answers.TryGetValue(method, out string? answer)) await SendAsync($$$"""{"jsonrpc":"2.0","id":{{{id}}},"result":{{{answer}}}}""");
        }

        foreach (TaskCompletionSource<string> waiting in _waiting.Values) waiting.TrySetException(new EndOfStreamException(Talk));
    }
}
