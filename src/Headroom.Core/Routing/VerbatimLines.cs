using Headroom.Internal.Lines;

namespace Headroom.Routing;

/// <summary>Finds which kept parts of a cut text stand there as they stand in the original, so that later items may point at them.</summary>
internal static class VerbatimLines
{
    /// <summary>The ranges of lines, in order. Respelled parts, rows and legends are passed over.</summary>
    public static List<ContentRange> Of(string original, ElidedCandidate candidate)
    {
        List<ContentRange> ranges = [];
        var cursor = new LineCursor(original);
        foreach (ElidedPart part in candidate.Parts)
        {
            if (part is not KeptPart { Range: { Path: null } range } kept) continue;
            if (cursor.Take(range.First, range.Last).TrimEnd("\r\n").SequenceEqual(kept.Text.AsSpan().TrimEnd("\r\n"))) ranges.Add(range);
        }

        return ranges;
    }
}
