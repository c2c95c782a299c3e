using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Headroom.Cli.Proxy;

/// <summary>A provider on loopback over plain sockets: keeps every byte it is sent, and answers byte for byte what a test says.</summary>
internal sealed class FakeProvider : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Func<ProviderConnection, Task> _answer;
    private readonly ConcurrentBag<(Task Serving, Socket Client)> _connections = [];
    private readonly Task _accepting;

    public FakeProvider(Func<ProviderConnection, Task> answer)
    {
        _answer = answer;
        _listener.Start(512);
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    /// <summary>A provider that answers every request with a JSON object.</summary>
    public static FakeProvider OfJson(string json, string status = "200 OK", string headers = "") => new(async connection =>
    {
        while (await connection.ReadRequestAsync()) await connection.SendAsync(Response(status, headers + "Content-Type: application/json\r\n", json));
    });

    public int Port { get; }

    public string Url => $"http://127.0.0.1:{Port}";

    /// <summary>The requests, in the order they were complete.</summary>
    public ConcurrentQueue<RecordedRequest> Requests { get; } = new();

    /// <summary>The body of the last request.</summary>
    public string LastBody => Encoding.UTF8.GetString(Requests.Last().Body);

    public static byte[] Response(string status, string headers, string body) =>
        Encoding.UTF8.GetBytes($"HTTP/1.1 {status}\r\n{headers}Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}");

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _accepting;
        foreach ((_, Socket client) in _connections) client.Dispose(); // clients keep theirs for the next request
        foreach ((Task serving, _) in _connections) await serving; // what a test asserts over there fails it here
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                Socket client = await _listener.AcceptSocketAsync();
                _connections.Add((ServeAsync(client), client));
            }
        }
        catch (Exception e) when (e is ObjectDisposedException or SocketException or InvalidOperationException) // the last where it ended between two clients
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(Socket client)
    {
        using var connection = new ProviderConnection(client, Requests);
        try
        {
            await _answer(connection);
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The proxy hung up; a test that minds asks the connection.
        }
    }
}

/// <summary>A request as it came.</summary>
/// <param name="Head">Everything before the body, as Latin-1.</param>
/// <param name="Body">The body, without the framing of chunks.</param>
internal sealed record RecordedRequest(string Head, byte[] Body)
{
    public string Line => Head[..Head.IndexOf('\r', StringComparison.Ordinal)];

    public string? Header(string name) =>
        Head.Split("\r\n").Skip(1).Select(l => l.Split(": ", 2)).Where(h => h.Length == 2 && h[0].Equals(name, StringComparison.OrdinalIgnoreCase)).Select(h => h[1]).FirstOrDefault();
}
