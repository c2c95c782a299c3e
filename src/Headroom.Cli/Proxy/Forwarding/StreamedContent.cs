using System.Buffers;
using System.Net;

namespace Headroom.Cli.Proxy.Forwarding;

/// <summary>Sends a body as it arrives, piece by piece.</summary>
/// <param name="read">What was read of it already.</param>
/// <param name="rest">Where the rest comes from.</param>
/// <param name="length">Its length, where the client said it; otherwise it goes on in chunks, as it came.</param>
internal sealed class StreamedContent(ReadOnlyMemory<byte> read, Stream rest, long? length) : HttpContent
{
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        if (!read.IsEmpty) await stream.WriteAsync(read, cancellationToken).ConfigureAwait(false);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(ResponseCopy.BufferSize);
        try
        {
            int count;
            while ((count = await rest.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
            {
                await stream.WriteAsync(buffer.AsMemory(0, count), cancellationToken).ConfigureAwait(false);
                await stream.FlushAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    protected override bool TryComputeLength(out long computed)
    {
        computed = length ?? 0;
        return length is not null;
    }
}
