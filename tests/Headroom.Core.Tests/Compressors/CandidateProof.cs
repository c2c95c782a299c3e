using Headroom.Fuzz;

namespace Headroom.Compressors;

/// <summary>Checks what a compressor proposes without the pipeline that would hide a wrong proposal.</summary>
internal static class CandidateProof
{
    /// <summary>Every candidate decodes to the text, byte for byte; the number of candidates.</summary>
    public static int AssertExact(ContentCompressor compressor, string text)
    {
        IReadOnlyList<ReformattedCandidate> candidates = compressor.Reformat(new CompressionRequest(text));
        foreach (ReformattedCandidate candidate in candidates)
        {
            Assert.True(compressor.TryExpand(candidate.Text, out string? decoded), $"{candidate.Encoding} does not decode:\n{candidate.Text}");
            Assert.Equal(text, decoded);
        }

        return candidates.Count;
    }

    /// <summary>The text a compressor would propose under the given encoding; the shortest of several.</summary>
    public static string Encoded(ContentCompressor compressor, string text, string encoding)
    {
        AssertExact(compressor, text);
        return compressor.Reformat(new CompressionRequest(text)).Where(c => c.Encoding == encoding).MinBy(c => c.Text.Length)!.Text;
    }

    /// <summary>Kept parts and gaps are the whole original, in order, and kept lines are its lines.</summary>
    public static void AssertPartition(ElidedCandidate candidate, string text)
    {
        string[] lines = text.Split('\n');
        int next = 1;
        foreach (ElidedPart part in candidate.Parts)
        {
            ContentRange? range = part is KeptPart kept ? kept.Range : ((GapPart)part).Range;
            if (range is not { } covered) continue;
            Assert.Equal(next, covered.First);
            Assert.True(covered.Count > 0);
            next = covered.Last + 1;
            if (part is KeptPart visible) Assert.Equal(string.Join('\n', lines[(covered.First - 1)..covered.Last]), visible.Text);
            else Assert.DoesNotContain('\n', ((GapPart)part).Phrase);
        }

        Assert.Equal(candidate.Total.Last, next - 1);
    }

    /// <summary>Damages the text in every way a tool or a transport may, and checks each result.</summary>
    public static void AssertExactWhenDamaged(ContentCompressor compressor, string text, string other, int seed)
    {
        foreach (string mutation in Mutation.Names)
        {
            string damaged = Mutation.Apply(mutation, text, other, seed);
            if (damaged.Length == 0) continue;
            AssertExact(compressor, damaged);
            var request = new CompressionRequest(damaged) { Question = "Which class has total? src/cart" };
            if (compressor.Elide(request, 500 + seed * 40) is { } elided) AssertPartition(elided, damaged);
        }
    }

    /// <summary>A decoder answers no, and does not throw, whatever follows its header.</summary>
    public static void AssertDecoderNeverThrows(ContentCompressor compressor, string text, int seed)
    {
        var random = new Random(seed);
        foreach (ReformattedCandidate candidate in compressor.Reformat(new CompressionRequest(text)))
        {
            char[] damaged = candidate.Text.ToCharArray();
            for (int i = 0; i < 3; i++) damaged[random.Next(damaged.Length)] = "\"{}/\\ |:-,[]0\n\r"[random.Next(15)];
            compressor.TryExpand(new string(damaged), out _);
            compressor.TryExpand(candidate.Text[..random.Next(candidate.Text.Length)], out _);
        }
    }
}
