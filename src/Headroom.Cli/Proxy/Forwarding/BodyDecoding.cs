using System.IO.Compression;
using Decoding = System.IO.Compression.CompressionMode;

namespace Headroom.Cli.Proxy.Forwarding;

/// <summary>Undoes the content encodings the framework knows.</summary>
internal static class BodyDecoding
{
    /// <summary>Whether a body with this header can be read: no encoding, or one that is known. <c>zstd</c> is not.</summary>
    public static bool IsKnown(string? encoding) => encoding is null or "" or "identity" or "gzip" or "x-gzip" or "br" or "deflate";

    /// <summary>Whether a body with this header is as it is.</summary>
    public static bool IsPlain(string? encoding) => encoding is null or "" or "identity";

    /// <summary>A stream of what an encoded stream says.</summary>
    public static Stream Open(string encoding, Stream encoded) => encoding switch
    {
        "br" => new BrotliStream(encoded, Decoding.Decompress),
        "deflate" => new ZLibStream(encoded, Decoding.Decompress),
        _ => new GZipStream(encoded, Decoding.Decompress),
    };

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
        catch (Exception e) when (e is InvalidDataException or InvalidOperationException or IOException)
        {
            return null;
        }
    }
}
