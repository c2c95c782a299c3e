using System.IO.Compression;
using ZstdSharp;
using Decoding = System.IO.Compression.CompressionMode;

namespace Headroom.Cli.Proxy.Forwarding;

/// <summary>Undoes the content encodings that are used with HTTP.</summary>
internal static class BodyDecoding
{
    /// <summary>Whether a body with this header can be read: no encoding, or one that is known.</summary>
    public static bool IsKnown(string? encoding) => encoding is null or "" or "identity" or "gzip" or "x-gzip" or "br" or "deflate" or "zstd";

    /// <summary>Whether a body with this header is as it is.</summary>
    public static bool IsPlain(string? encoding) => encoding is null or "" or "identity";

    /// <summary>A stream of what an encoded stream says.</summary>
    public static Stream Open(string encoding, Stream encoded) => encoding switch
    {
        "br" => new BrotliStream(encoded, Decoding.Decompress),
        "deflate" => new ZLibStream(encoded, Decoding.Decompress),
        "zstd" => new DecompressionStream(encoded, leaveOpen: false),
        _ => new GZipStream(encoded, Decoding.Decompress),
    };

    /// <summary>Whether a failure to read such a stream is the stream's fault.</summary>
    public static bool IsDamage(Exception failure) => failure is InvalidDataException or InvalidOperationException or IOException or ZstdException;

    /// <summary>What a body says; <see langword="null"/> where it is damaged, or longer than the limit.</summary>
    public static async Task<BodyBuffer?> TryDecodeAsync(string encoding, ReadOnlyMemory<byte> body, int limit, CancellationToken cancellationToken)
    {
        try
        {
            using var encoded = new MemoryStream(body.ToArray());
            using Stream plain = Open(encoding, encoded);
            BodyBuffer decoded = await BodyBuffer.ReadAsync(plain, null, limit, cancellationToken).ConfigureAwait(false);
            if (decoded.IsWhole) return decoded;
            decoded.Dispose();
            return null;
        }
        catch (Exception e) when (IsDamage(e))
        {
            return null;
        }
    }
}
