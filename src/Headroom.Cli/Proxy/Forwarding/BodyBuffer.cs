using System.Buffers;

namespace Headroom.Cli.Proxy.Forwarding;

/// <summary>A request body in memory: all of it, or what came before it was found too long.</summary>
internal sealed class BodyBuffer : IDisposable
{
    /// <summary>What is rented where the client does not say how long its body is.</summary>
    private const int FirstSize = 64 * 1024;

    private byte[] _bytes;
    private int _length;

    private BodyBuffer(int size) => _bytes = ArrayPool<byte>.Shared.Rent(size);

    /// <summary>Whether the body ended within the limit.</summary>
    public bool IsWhole { get; private set; }

    public ReadOnlyMemory<byte> Bytes => _bytes.AsMemory(0, _length);

    /// <summary>Reads a body up to a limit.</summary>
    /// <param name="body">Where it comes from. What is over the limit stays in it.</param>
    /// <param name="length">Its length, where the client said it.</param>
    /// <param name="limit">The longest body read.</param>
    /// <param name="cancellationToken">The client went away.</param>
    public static async Task<BodyBuffer> ReadAsync(Stream body, long? length, int limit, CancellationToken cancellationToken)
    {
        var buffer = new BodyBuffer((int)Math.Min(limit, length ?? FirstSize) + 1); // one more, to see the end without growing
        try
        {
            while (buffer._length <= limit)
            {
                if (buffer._length == buffer._bytes.Length) buffer.Grow();
                int read = await body.ReadAsync(buffer._bytes.AsMemory(buffer._length), cancellationToken).ConfigureAwait(false);
                buffer._length += read;
                if (read > 0) continue;
                buffer.IsWhole = true;
                break;
            }

            return buffer;
        }
        catch
        {
            buffer.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        byte[] bytes = Interlocked.Exchange(ref _bytes, []);
        if (bytes.Length > 0) ArrayPool<byte>.Shared.Return(bytes);
    }

    private void Grow()
    {
        byte[] larger = ArrayPool<byte>.Shared.Rent(2 * _bytes.Length);
        _bytes.AsSpan(0, _length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}
