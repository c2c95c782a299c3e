using System.Net;
using Headroom.Cli.Proxy.Bodies;

namespace Headroom.Cli.Proxy.Forwarding;

/// <summary>Sends a body that is in memory, as one piece or several.</summary>
internal sealed class SplicedContent(IReadOnlyList<ReadOnlyMemory<byte>> pieces, long length, bool isChunked) : HttpContent
{
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
        foreach (ReadOnlyMemory<byte> piece in pieces) await stream.WriteAsync(piece, cancellationToken).ConfigureAwait(false);
        IsSent = true;
    }

    /// <summary>What came in chunks goes on in chunks.</summary>
    protected override bool TryComputeLength(out long computed)
    {
        computed = length;
        return !isChunked;
    }
}
