using System.IO.Compression;

namespace Headroom.Cli.Proxy;

/// <summary>Bytes in the content encodings of HTTP.</summary>
internal static class Encoded
{
    public static byte[] As(string encoding, byte[] plain)
    {
        using var packed = new MemoryStream();
        using (Stream packing = encoding switch
        {
            "br" => new BrotliStream(packed, CompressionLevel.Fastest, leaveOpen: true),
            "deflate" => new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true),
            "zstd" => new ZstdSharp.CompressionStream(packed, leaveOpen: true),
            _ => new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true),
        }) packing.Write(plain);
        return packed.ToArray();
    }
}
