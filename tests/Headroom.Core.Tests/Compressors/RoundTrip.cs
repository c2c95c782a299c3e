namespace Headroom.Compressors;

/// <summary>Checks that what a compressor proposes decodes to its original.</summary>
internal static class RoundTrip
{
    /// <summary>Asserts that every candidate decodes exactly, and returns the candidates.</summary>
    public static IReadOnlyList<ReformattedCandidate> Check(ContentCompressor compressor, string text, string what = "")
    {
        if (text.Length == 0) return [];
        IReadOnlyList<ReformattedCandidate> candidates = compressor.Reformat(new CompressionRequest(text));
        foreach (ReformattedCandidate candidate in candidates)
        {
            Assert.True(compressor.TryExpand(candidate.Text, out string? original), $"{what}: {candidate.Encoding} does not decode:\n{candidate.Text}");
            Assert.True(original == text, $"{what}: {candidate.Encoding} decodes to something else:\n{text}\n--- encoded:\n{candidate.Text}\n--- decoded:\n{original}");
        }

        return candidates;
    }

    /// <summary>Asserts that kept lines and gaps together are every line of the text, in order, and that kept lines are verbatim.</summary>
    public static void CheckLines(ElidedCandidate candidate, string text)
    {
        string[] lines = text.Split('\n');
        int next = 1;
        foreach (ElidedPart part in candidate.Parts)
        {
            ContentRange? range = part is GapPart gap ? gap.Range : ((KeptPart)part).Range;
            if (range is not { } lineRange) continue;
            Assert.Equal(next, lineRange.First);
            Assert.True(lineRange.Last >= lineRange.First);
            if (part is KeptPart kept) Assert.Equal(string.Join('\n', lines[(lineRange.First - 1)..lineRange.Last]), kept.Text);
            next = lineRange.Last + 1;
        }

        Assert.Equal(candidate.Total.Last + 1, next);
    }
}
