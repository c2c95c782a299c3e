using Headroom.Tokens;

namespace Headroom.Retrieval;

/// <summary>Finds how much of a text fits into a number of tokens.</summary>
internal static class TokenFit
{
    /// <summary>The length of the longest prefix (within a percent or so) of at most <paramref name="maxTokens"/> tokens; all of the text when it fits.</summary>
    /// <remarks>Counts prefixes that grow by doubling, so the work is in proportion to what fits and not to the text.</remarks>
    public static int PrefixLength(ReadOnlySpan<char> text, int maxTokens, ITokenCounter tokens)
    {
        if (maxTokens <= 0) return 0;
        int fits = 0;
        int tooLong = (int)Math.Min(text.Length, Math.Max(64, maxTokens * 3L));
        while (tokens.Count(text[..tooLong]) <= maxTokens)
        {
            if (tooLong == text.Length) return text.Length;
            fits = tooLong;
            tooLong = (int)Math.Min(text.Length, tooLong * 2L);
        }

        while (tooLong - fits > Math.Max(8, fits / 128))
        {
            int middle = fits + (tooLong - fits) / 2;
            if (tokens.Count(text[..middle]) <= maxTokens) fits = middle;
            else tooLong = middle;
        }

        return fits > 0 && fits < text.Length && char.IsHighSurrogate(text[fits - 1]) && char.IsLowSurrogate(text[fits]) ? fits - 1 : fits;
    }
}
