namespace Headroom.Internal.Lines;

/// <summary>A cheap estimate of how many tokens a text takes, for choosing between layouts before the pipeline counts for real.</summary>
/// <remarks>Follows how byte-pair vocabularies split: words keep their leading blank, digits go in threes, punctuation in pairs.</remarks>
internal static class TokenEstimate
{
    /// <summary>Letters a token of ordinary words and identifiers holds, measured on mixed English and code.</summary>
    private const int LettersPerToken = 6;

    /// <summary>The estimate for <paramref name="text"/>; at least 1 for a text that is not empty.</summary>
    public static int Of(ReadOnlySpan<char> text)
    {
        int tokens = 0;
        for (int i = 0; i < text.Length;)
        {
            int start = i;
            char c = text[i];
            if (char.IsAsciiLetter(c))
            {
                i++;
                while (i < text.Length && char.IsAsciiLetter(text[i]) && !(char.IsAsciiLetterUpper(text[i]) && char.IsAsciiLetterLower(text[i - 1]))) i++;
                tokens += (i - start + LettersPerToken - 1) / LettersPerToken;
            }
            else if (char.IsAsciiDigit(c))
            {
                while (i < text.Length && char.IsAsciiDigit(text[i])) i++;
                tokens += (i - start + 2) / 3;
            }
            else if (c is ' ' or '\t' or '\r' or '\n')
            {
                while (i < text.Length && (text[i] is ' ' or '\t' or '\r' or '\n')) i++;
                bool joinsNextWord = i - start == 1 && i < text.Length && !char.IsAsciiDigit(text[i]);
                tokens += joinsNextWord ? 0 : 1;
            }
            else if (c < 128)
            {
                i++;
                while (i < text.Length && text[i] is > ' ' and < (char)128 && !char.IsAsciiLetterOrDigit(text[i])) i++;
                tokens += (i - start + 1) / 2;
            }
            else
            {
                i++;
                tokens++;
            }
        }

        return text.Length > 0 && tokens == 0 ? 1 : tokens;
    }
}
