using System.Threading.Channels;
using Headroom.Cli.Wire;

namespace Headroom.Cli.Mcp.Gateway;

/// <summary>Messages as lines of two streams: MCP over stdio.</summary>
internal sealed class LineChannel : IMessageChannel
{
    /// <summary>Messages read ahead: enough to keep both sides busy, few enough that a flood waits in the pipe and not in memory.</summary>
    private const int ReadAhead = 16;

    private readonly Channel<byte[]> _read = Channel.CreateBounded<byte[]>(new BoundedChannelOptions(ReadAhead) { SingleReader = true, SingleWriter = true });
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly Stream _output;

    /// <param name="input">Where messages come from.</param>
    /// <param name="output">Where messages go.</param>
    public LineChannel(Stream input, Stream output)
    {
        _output = output;
        // A thread of its own: reading from a console or a pipe blocks, and cannot be called off.
        new Thread(() => Read(input)) { IsBackground = true, Name = "messages" }.Start();
    }

    public async ValueTask<byte[]?> ReceiveAsync(CancellationToken cancellationToken) =>
        await _read.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false) && _read.Reader.TryRead(out byte[]? line) ? line : null;

    public async ValueTask SendAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        byte[] line = new byte[message.Length + 1]; // one write, so that nothing comes between a message and its line end
        message.CopyTo(line);
        line[^1] = (byte)'\n';
        await _writing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await _output.WriteAsync(line, CancellationToken.None).ConfigureAwait(false);
            await _output.FlushAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // It is gone. That its input has ended tells everyone who needs to know.
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>Closes the output. What is still read is not waited for.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await _output.DisposeAsync().ConfigureAwait(false);
        }
        catch (IOException)
        {
            // Nobody was there to take the last of it.
        }
    }

    private void Read(Stream input)
    {
        try
        {
            var lines = new ByteLines(input);
            while (lines.Next() is { } line)
            {
                if (line.AsSpan().Trim(" \t"u8).IsEmpty) continue;
                _read.Writer.WriteAsync(line).AsTask().GetAwaiter().GetResult();
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or ChannelClosedException or CliException)
        {
            // A stream that breaks has ended.
        }
        finally
        {
            _read.Writer.TryComplete();
        }
    }
}
