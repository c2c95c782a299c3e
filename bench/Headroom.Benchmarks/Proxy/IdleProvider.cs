using System.Net;
using System.Net.Sockets;

namespace Headroom.Benchmarks.Proxy;

/// <summary>A provider that reads a request and answers at once, over plain sockets: as little of its own in the measurement as can be.</summary>
internal sealed class IdleProvider : IDisposable
{
    private static readonly byte[] Answer = [.. Head(Body.Length), .. Body];
    private static ReadOnlySpan<byte> Body => "{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"claude-sonnet-5\",\"content\":[{\"type\":\"text\",\"text\":\"ok\"}],\"usage\":{\"input_tokens\":10,\"output_tokens\":1}}"u8;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public IdleProvider()
    {
        _listener.Start();
        _ = AcceptAsync();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    /// <summary>Bytes of all request bodies.</summary>
    public long Received { get; private set; }

    public void Dispose() => _listener.Dispose();

    private static byte[] Head(int length) => System.Text.Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n");

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                Socket client = await _listener.AcceptSocketAsync();
                client.NoDelay = true;
                _ = ServeAsync(client);
            }
        }
        catch (Exception e) when (e is ObjectDisposedException or SocketException)
        {
            // The benchmark is over.
        }
    }

    private async Task ServeAsync(Socket client)
    {
        byte[] buffer = new byte[256 * 1024];
        int held = 0;
        try
        {
            while (true)
            {
                int end;
                while ((end = buffer.AsSpan(0, held).IndexOf("\r\n\r\n"u8)) < 0)
                {
                    int read = await client.ReceiveAsync(buffer.AsMemory(held));
                    if (read == 0) return;
                    held += read;
                }

                long left = LengthOf(buffer.AsSpan(0, end)) - (held - end - 4);
                Received += LengthOf(buffer.AsSpan(0, end));
                while (left > 0)
                {
                    int read = await client.ReceiveAsync(buffer);
                    if (read == 0) return;
                    left -= read;
                }

                held = 0;
                await client.SendAsync(Answer);
            }
        }
        catch (SocketException)
        {
            // The client went away.
        }
        finally
        {
            client.Dispose();
        }
    }

    private static long LengthOf(ReadOnlySpan<byte> head)
    {
        string text = System.Text.Encoding.ASCII.GetString(head);
        int at = text.IndexOf("Content-Length:", StringComparison.OrdinalIgnoreCase) + "Content-Length:".Length;
        int stop = text.IndexOf('\r', at);
        return long.Parse(stop < 0 ? text[at..] : text[at..stop]);
    }
}
