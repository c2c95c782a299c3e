using System.Net;
using System.Net.Sockets;

namespace Headroom.Storage.Postgres.Server;

/// <summary>A proxy on loopback that loses connections after so many bytes, both directions counted together.</summary>
internal sealed class CuttingProxy : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly int _target;
    private readonly long _after;
    private volatile bool _isStalled;
    private int _cutsLeft;
    private long _bytes;

    /// <summary>Passes connections on to a port.</summary>
    /// <param name="target">The port.</param>
    /// <param name="after">Bytes after which a connection is lost.</param>
    /// <param name="cuts">How many connections are lost; later ones are left alone.</param>
    public CuttingProxy(int target, long after, int cuts = int.MaxValue)
    {
        _target = target;
        _after = after;
        _cutsLeft = cuts;
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Bytes passed on so far.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>From now on nothing is passed on, and nothing closed: as behind a cable that was pulled out.</summary>
    public void Stall() => _isStalled = true;

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        CancellationToken stop = _stop.Token;
        try
        {
            while (true)
            {
                Socket client = await _listener.AcceptSocketAsync(stop);
                _ = ServeAsync(client, stop);
            }
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(Socket client, CancellationToken stop)
    {
        using Socket _ = client;
        using var server = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await server.ConnectAsync(IPAddress.Loopback, _target, stop);
            client.NoDelay = server.NoDelay = true;
            long[] left = [Interlocked.Decrement(ref _cutsLeft) >= 0 ? _after : long.MaxValue];
            await Task.WhenAny(PassAsync(client, server, left, stop), PassAsync(server, client, left, stop));
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            // One of the two has gone.
        }
    }

    private async Task PassAsync(Socket from, Socket to, long[] left, CancellationToken stop)
    {
        byte[] buffer = new byte[16 * 1024];
        while (true)
        {
            int read = await from.ReceiveAsync(buffer, stop);
            if (read == 0) return;
            if (_isStalled) await Task.Delay(Timeout.Infinite, stop);
            int allowed = (int)Math.Clamp(Interlocked.Add(ref left[0], -read) + read, 0, read);
            Interlocked.Add(ref _bytes, allowed);
            for (int sent = 0; sent < allowed;) sent += await to.SendAsync(buffer.AsMemory(sent, allowed - sent), stop);
            if (allowed < read) return;
        }
    }
}
