namespace Headroom.Compressors.Logs;

/// <summary>A cheap estimate of tokens, to choose between spellings inside the compressor. The pipeline counts exactly.</summary>
internal static class TokenEstimate
{
    /// <summary>Follows how byte-pair vocabularies split: words with the blank before them, digits in threes, punctuation in pairs.</summary>
    public static int Of(ReadOnlySpan<char> text)
    {
        int tokens = 0;
        int i = 0;
        while (i < text.Length)
        {
            char c = text[i];
            int start = i++;
            if (char.IsAsciiLetter(c))
            {
                while (i < text.Length && char.IsAsciiLetter(text[i]) && !(char.IsAsciiLetterUpper(text[i]) && char.IsAsciiLetterLower(text[i - 1]))) i++;
                tokens += 1 + (i - start - 1) / 7; // common words of up to seven letters are one token
            }
            else if (char.IsAsciiDigit(c))
            {
                while (i < text.Length && i - start < 3 && char.IsAsciiDigit(text[i])) i++;
                tokens++;
            }
            else if (c is ' ' or '\t')
            {
                while (i < text.Length && text[i] is ' ' or '\t') i++;
                bool joinsWord = i < text.Length && !char.IsAsciiDigit(text[i]);
                if (!joinsWord || i - start > 1) tokens++;
            }
            else if (c < 128)
            {
                while (i < text.Length && i - start < 3 && text[i] == c) i++;
                tokens++;
            }
            else
            {
                tokens++;
            }
        }

        return tokens;
    }
}
