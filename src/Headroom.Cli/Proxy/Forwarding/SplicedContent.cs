using System.Buffers;
using System.Net;
using Headroom.Cli.Proxy.Bodies;

namespace Headroom.Cli.Proxy.Forwarding;

/// <summary>Sends a body that is in memory, as one piece or several.</summary>
internal sealed class SplicedContent(IReadOnlyList<ReadOnlyMemory<byte>> pieces, long length, bool isChunked) : HttpContent
{
    /// <summary>Bytes that are sent at a time: pieces are many and short, and each write would be a call of the system.</summary>
    private const int Batch = 64 * 1024;

    public SplicedContent(SplicedBody body, bool isChunked)
        : this(body.Pieces, body.Length, isChunked)
    {
    }

    public SplicedContent(ReadOnlyMemory<byte> body, bool isChunked)
        : this([body], body.Length, isChunked)
    {
    }

    /// <summary>Whether all of it was handed to the network, so that the memory may be used for something else.</summary>
    public bool IsSent { get; private set; }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent((int)Math.Min(length, Batch));
        int held = 0;
        try
        {
            foreach (ReadOnlyMemory<byte> piece in pieces)
            {
                for (ReadOnlyMemory<byte> left = piece; !left.IsEmpty;)
                {
                    int take = Math.Min(left.Length, buffer.Length - held);
                    left[..take].CopyTo(buffer.AsMemory(held));
                    left = left[take..];
                    held += take;
                    if (held < buffer.Length) continue;
                    await stream.WriteAsync(buffer, cancellationToken).ConfigureAwait(false);
                    held = 0;
                }
            }

            if (held > 0) await stream.WriteAsync(buffer.AsMemory(0, held), cancellationToken).ConfigureAwait(false);
            IsSent = true;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>What came in chunks goes on in chunks.</summary>
    protected override bool TryComputeLength(out long computed)
    {
        computed = length;
        return !isChunked;
    }
}
