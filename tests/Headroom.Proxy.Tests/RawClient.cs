using System.Net.Sockets;
using System.Text;

namespace Headroom.Cli.Proxy;

/// <summary>A client that sends and reads bytes.</summary>
internal sealed class RawClient : IDisposable
{
    private readonly TcpClient _client;
    private readonly NetworkStream _stream;

    public RawClient(int port)
    {
        _client = new TcpClient("127.0.0.1", port) { NoDelay = true };
        _stream = _client.GetStream();
    }

    public void Dispose() => _client.Dispose();

    public async Task SendAsync(string text) => await SendAsync(Encoding.Latin1.GetBytes(text));

    public async Task SendAsync(byte[] bytes) => await _stream.WriteAsync(bytes);

    /// <summary>Says that nothing more will come.</summary>
    public void CloseSending() => _client.Client.Shutdown(SocketShutdown.Send);

    /// <summary>Reads until a text has come, as Latin-1.</summary>
    public async Task<string> ReadUntilAsync(string end)
    {
        var text = new StringBuilder();
        byte[] buffer = new byte[1];
        while (!text.ToString().EndsWith(end, StringComparison.Ordinal))
        {
            if (await _stream.ReadAsync(buffer) == 0) throw new IOException("closed after: " + text);
            text.Append((char)buffer[0]);
        }

        return text.ToString();
    }

    /// <summary>Reads until the other side closes: what came, and whether it closed in order.</summary>
    public async Task<(byte[] Bytes, bool InOrder)> ReadToEndAsync()
    {
        using var all = new MemoryStream();
        try
        {
            await _stream.CopyToAsync(all);
            return (all.ToArray(), true);
        }
        catch (IOException)
        {
            return (all.ToArray(), false);
        }
    }
}
