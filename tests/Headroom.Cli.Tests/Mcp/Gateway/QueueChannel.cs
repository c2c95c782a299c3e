using System.Text;
using System.Threading.Channels;
using Headroom.Cli.Mcp.Gateway;

namespace Headroom.Cli.Tests.Mcp.Gateway;

/// <summary>A side of the gateway played by a test: it says messages, and hears those sent to it.</summary>
internal sealed class QueueChannel : IMessageChannel
{
    private readonly Channel<byte[]> _said = Channel.CreateUnbounded<byte[]>(), _heard = Channel.CreateUnbounded<byte[]>();

    public void Say(string message) => _said.Writer.TryWrite(Encoding.UTF8.GetBytes(message));

    public void Say(byte[] message) => _said.Writer.TryWrite(message);

    public void End() => _said.Writer.TryComplete();

    /// <summary>The next message sent to this side.</summary>
    public async Task<string> HearAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        return Encoding.UTF8.GetString(await _heard.Reader.ReadAsync(patience.Token));
    }

    /// <summary>Whether nothing is waiting to be heard.</summary>
    public bool IsSilent => _heard.Reader.Count == 0;

    public async ValueTask<byte[]?> ReceiveAsync(CancellationToken cancellationToken) =>
        await _said.Reader.WaitToReadAsync(cancellationToken) && _said.Reader.TryRead(out byte[]? message) ? message : null;

    public ValueTask SendAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        _heard.Writer.TryWrite(message.ToArray());
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        End();
        return ValueTask.CompletedTask;
    }
}
