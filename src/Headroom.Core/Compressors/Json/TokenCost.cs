namespace Headroom.Compressors.Json;

/// <summary>A cheap estimate of what a text costs in tokens, good enough to choose between spellings of the same text.</summary>
/// <remarks>Words cost one token and more when long, digits one in three, punctuation one per pair; a blank joins the word behind it.</remarks>
internal static class TokenCost
{
    /// <summary>Letters that one token of an ordinary word holds at most, before it is likely to be split.</summary>
    private const int WordLetters = 7;

    /// <summary>Estimated tokens, in tenths.</summary>
    public static int Tenths(ReadOnlySpan<char> text)
    {
        int cost = 0;
        for (int i = 0; i < text.Length;)
        {
            char c = text[i];
            int start = i++;
            if (char.IsAsciiLetter(c))
            {
                while (i < text.Length && char.IsAsciiLetterLower(text[i])) i++;
                int extra = i - start - WordLetters;
                cost += 10 + (extra > 0 ? extra * 3 : 0);
            }
            else if (char.IsAsciiDigit(c))
            {
                while (i < text.Length && i - start < 3 && char.IsAsciiDigit(text[i])) i++;
                cost += 10;
            }
            else if (c is ' ' or '\n' or '\t')
            {
                while (i < text.Length && text[i] == c) i++;
                bool joins = c == ' ' && i - start == 1 && i < text.Length && !char.IsAsciiDigit(text[i]);
                cost += joins ? 0 : c == '\t' && i < text.Length && char.IsAsciiLetter(text[i]) ? 5 : 10;
            }
            else if (c < 128)
            {
                if (i < text.Length && text[i] < 128 && char.IsAsciiLetterOrDigit(text[i]))
                {
                    cost += c == ',' ? 9 : 10;
                    continue;
                }

                while (i < text.Length && i - start < 3 && text[i] < 128 && !char.IsAsciiLetterOrDigit(text[i]) && text[i] is not (' ' or '\n' or '\t')) i++;
                cost += 10;
            }
            else
            {
                while (i < text.Length && text[i] >= 128) i++;
                cost += 6 * (i - start);
            }
        }

        return cost;
    }
}
