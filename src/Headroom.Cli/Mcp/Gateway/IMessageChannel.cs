namespace Headroom.Cli.Mcp.Gateway;

/// <summary>One side of the gateway: a client or a server, and how messages come from it and get to it. A message is JSON in UTF-8, without line ends.</summary>
internal interface IMessageChannel : IAsyncDisposable
{
    /// <summary>The next message; <see langword="null"/> when there will be none any more.</summary>
    ValueTask<byte[]?> ReceiveAsync(CancellationToken cancellationToken);

    /// <summary>Sends a message. Safe to call from several threads. A side that is gone takes messages without a word.</summary>
    ValueTask SendAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken);
}
