using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Headroom.Cli.Proxy;

/// <summary>One connection to a <see cref="FakeProvider"/>.</summary>
internal sealed class ProviderConnection(Socket socket, ConcurrentQueue<RecordedRequest> requests) : IDisposable
{
    private readonly NetworkStream _stream = new(socket, ownsSocket: true);
    private readonly List<byte> _held = [];
    private string _head = "";
    private readonly List<byte> _body = [];

    /// <summary>The request read last.</summary>
    public RecordedRequest Request { get; private set; } = new("", []);

    public void Dispose() => _stream.Dispose();

    /// <summary>Reads a whole request; <see langword="false"/> when there is none any more.</summary>
    public async Task<bool> ReadRequestAsync()
    {
        if (!await ReadHeadAsync()) return false;
        bool isChunked = _head.Contains("Transfer-Encoding: chunked", StringComparison.OrdinalIgnoreCase);
        if (isChunked)
        {
            while (await ReadChunkAsync() is { Length: > 0 })
            {
            }
        }
        else
        {
            await ReadBodyAsync(LengthOf(_head));
        }

        Request = new RecordedRequest(_head, [.. _body]);
        requests.Enqueue(Request);
        return true;
    }

    /// <summary>Reads the head of a request only.</summary>
    public async Task<bool> ReadHeadAsync()
    {
        _body.Clear();
        int end;
        while ((end = Find("\r\n\r\n"u8)) < 0)
        {
            if (!await FillAsync()) return false;
        }

        _head = Encoding.Latin1.GetString(Take(end + 4))[..^2];
        Request = new RecordedRequest(_head, []);
        return true;
    }

    /// <summary>Reads so many bytes of a body.</summary>
    public async Task<byte[]> ReadBodyAsync(int count)
    {
        while (_held.Count < count)
        {
            if (!await FillAsync()) throw new IOException("The body ended early.");
        }

        byte[] read = Take(count);
        _body.AddRange(read);
        return read;
    }

    /// <summary>Reads one chunk; the last one is empty.</summary>
    public async Task<byte[]> ReadChunkAsync()
    {
        int end;
        while ((end = Find("\r\n"u8)) < 0)
        {
            if (!await FillAsync()) throw new IOException("The body ended early.");
        }

        int size = int.Parse(Encoding.ASCII.GetString(Take(end + 2))[..^2], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        while (_held.Count < size + 2)
        {
            if (!await FillAsync()) throw new IOException("The body ended early.");
        }

        byte[] chunk = Take(size + 2)[..^2];
        _body.AddRange(chunk);
        return chunk;
    }

    public async Task SendAsync(string text) => await SendAsync(Encoding.UTF8.GetBytes(text));

    public async Task SendAsync(byte[] bytes)
    {
        await _stream.WriteAsync(bytes);
        await _stream.FlushAsync();
    }

    /// <summary>Sends one chunk.</summary>
    public async Task SendChunkAsync(byte[] bytes) => await SendAsync([.. Encoding.ASCII.GetBytes(bytes.Length.ToString("x", CultureInfo.InvariantCulture) + "\r\n"), .. bytes, .. "\r\n"u8]);

    public async Task SendChunkAsync(string text) => await SendChunkAsync(Encoding.UTF8.GetBytes(text));

    /// <summary>Waits until the other side closes, in order or not.</summary>
    public async Task UntilClosedAsync()
    {
        try
        {
            while (await FillAsync())
            {
            }
        }
        catch (IOException)
        {
            // Reset: closed all the same.
        }
    }

    private async Task<bool> FillAsync()
    {
        byte[] buffer = new byte[64 * 1024];
        int read = await _stream.ReadAsync(buffer);
        _held.AddRange(buffer.AsSpan(0, read));
        return read > 0;
    }

    private int Find(ReadOnlySpan<byte> what) => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_held).IndexOf(what);

    private byte[] Take(int count)
    {
        byte[] taken = [.. System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_held)[..count]];
        _held.RemoveRange(0, count);
        return taken;
    }

    private static int LengthOf(string head)
    {
        string? line = Array.Find(head.Split("\r\n"), l => l.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase));
        return line is null ? 0 : int.Parse(line.Split(':')[1], CultureInfo.InvariantCulture);
    }
}
