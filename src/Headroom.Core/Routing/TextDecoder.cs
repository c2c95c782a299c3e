namespace Headroom.Routing;

/// <summary>Decodes reformatted texts by asking the compressors whose header the text carries.</summary>
internal static class TextDecoder
{
    /// <summary>What <paramref name="text"/> decodes to; itself when it carries no header of ours.</summary>
    public static string Expand(IReadOnlyList<ContentCompressor> compressors, string text)
    {
        if (PartsFormat.TryExpand(text, part => ExpandPart(compressors, part), out string? whole)) return whole;
        return ExpandPart(compressors, text);
    }

    /// <summary>Whether <paramref name="text"/> already is, or looks exactly like, a reformatted text of ours.</summary>
    public static bool IsEncoded(IReadOnlyList<ContentCompressor> compressors, string text)
    {
#pragma warning disable CA1031 // A caller's decoder that fails has not recognised the text (law 8).
        try
        {
            return PartsFormat.TryExpand(text, part => part, out _) || compressors.Any(c => c.TryExpand(text, out _));
        }
        catch (Exception)
        {
            return false;
        }
#pragma warning restore CA1031
    }

    private static string ExpandPart(IReadOnlyList<ContentCompressor> compressors, string text)
    {
        foreach (ContentCompressor compressor in compressors)
        {
            if (compressor.TryExpand(text, out string? original)) return original;
        }

        return text;
    }
}
