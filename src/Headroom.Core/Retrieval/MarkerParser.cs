using System.Diagnostics.CodeAnalysis;
using Headroom.Storage;

namespace Headroom.Retrieval;

/// <summary>Takes elided texts apart, strictly.</summary>
internal static class MarkerParser
{
    public static bool TryParse(string? text, [NotNullWhen(true)] out ElidedText? elided)
    {
        elided = null;
        if (text is null || !text.StartsWith(MarkerGrammar.HeaderStart, StringComparison.Ordinal)) return false;
        int headerEnd = text.IndexOf('\n', StringComparison.Ordinal);
        int footerStart = text.LastIndexOf('\n') + 1;
        if (headerEnd < 0 || footerStart <= headerEnd) return false;
        if (!TryReadHeader(text.AsSpan(0, headerEnd), out string? id, out int total, out string? unit, out int shown)) return false;

        List<ElidedPart> parts = [];
        GapPart? firstGap = null;
        int keptFrom = headerEnd + 1;
        for (int at = headerEnd + 1; at < footerStart;)
        {
            int end = text.IndexOf('\n', at);
            if (text[at] == '[' && MarkerLine.TryReadGap(text.AsSpan(at, end - at), out GapPart? gap))
            {
                if (at > keptFrom) parts.Add(new KeptPart(text[keptFrom..(at - 1)], null));
                parts.Add(gap);
                firstGap ??= gap;
                keptFrom = end + 1;
            }

            at = end + 1;
        }

        if (footerStart > keptFrom) parts.Add(new KeptPart(text[keptFrom..(footerStart - 1)], null));
        if (firstGap is null || !text.AsSpan(footerStart).SequenceEqual(MarkerGrammar.Footer(id, firstGap))) return false;
        elided = new ElidedText(id, total, unit, shown, parts);
        return true;
    }

    private static bool TryReadHeader(
        ReadOnlySpan<char> line, [NotNullWhen(true)] out string? id, out int total, [NotNullWhen(true)] out string? unit, out int shown)
    {
        id = null;
        unit = null;
        total = shown = 0;
        ReadOnlySpan<char> rest = line[MarkerGrammar.HeaderStart.Length..];
        int length = OriginalId.LengthAtStart(rest);
        if (length == 0) return false;
        ReadOnlySpan<char> name = rest[..length];
        rest = rest[length..];
        if (!MarkerLine.TrySkip(ref rest, ": ") || !MarkerLine.TryReadCount(ref rest, out total)) return false;
        if (MarkerLine.TrySkip(ref rest, " lines, ")) unit = "lines";
        else if (MarkerLine.TrySkip(ref rest, " rows, ")) unit = "rows";
        if (unit is null || !MarkerLine.TryReadCount(ref rest, out shown) || !rest.SequenceEqual(" shown]")) return false;
        id = new string(name);
        return true;
    }
}
