using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Headroom.Tokens.BytePairs;

namespace Headroom.Core.Tests.Tokens;

/// <summary>o200k_base as its definition reads: a regular expression, then merging by looking at every pair again and again. Slow.</summary>
internal static partial class NaiveO200k
{
    private static readonly Lazy<Dictionary<string, int>> Ranks = new(() =>
    {
        VocabularyData data = VocabularyData.Load();
        var ranks = new Dictionary<string, int>(VocabularyData.TokenCount, StringComparer.Ordinal);
        for (int rank = 0; rank < VocabularyData.TokenCount; rank++)
        {
            string token = Encoding.Latin1.GetString(data.Token(rank));
            if (!token.StartsWith("\u00EF\u00BB\u00BF", StringComparison.Ordinal)) ranks.Add(token, rank);
        }

        return ranks;
    });

    public static int Count(string text) => Pieces(text).Sum(CountPiece);

    /// <summary>The pieces, as the regular expression of the encoding finds them.</summary>
    public static IEnumerable<string> Pieces(string text)
    {
        // .NET matches UTF-16 units: every astral character is replaced by a BMP stand-in of the same kind before, and put back after.
        var stoodIn = new StringBuilder();
        var widths = new List<int>();
        for (int i = 0; i < text.Length; i++)
        {
            if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]))
            {
                string pair = text.Substring(i, 2);
                stoodIn.Append(StandIn(pair));
                widths.Add(2);
                i++;
            }
            else
            {
                // U+FEFF is white space in the reference implementation, U+0085 is not; in .NET it is the other way round.
                stoodIn.Append(text[i] switch { '\uFEFF' => '\u2003', '\u0085' => '?', char c => c });
                widths.Add(1);
            }
        }

        int start = 0;
        int unit = 0;
        foreach (Match match in Split().Matches(stoodIn.ToString()))
        {
            int length = 0;
            for (int end = unit + match.Length; unit < end; unit++) length += widths[unit];
            yield return text.Substring(start, length);
            start += length;
        }

        if (start != text.Length) throw new InvalidOperationException("The pieces do not make up the text.");
    }

    private static char StandIn(string pair) => char.GetUnicodeCategory(pair, 0) switch
    {
        UnicodeCategory.UppercaseLetter => 'À',
        UnicodeCategory.TitlecaseLetter => 'ǅ',
        UnicodeCategory.LowercaseLetter => 'à',
        UnicodeCategory.ModifierLetter => 'ʰ',
        UnicodeCategory.OtherLetter => '中',
        UnicodeCategory.NonSpacingMark
            or UnicodeCategory.SpacingCombiningMark
            or UnicodeCategory.EnclosingMark => '\u0301',
        UnicodeCategory.DecimalDigitNumber
            or UnicodeCategory.LetterNumber
            or UnicodeCategory.OtherNumber => '½',
        _ => '§',
    };

    private static int CountPiece(string piece)
    {
        string bytes = Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(piece));
        if (Ranks.Value.ContainsKey(bytes)) return 1;

        List<string> parts = [.. bytes.Select(b => b.ToString())];
        while (true)
        {
            int best = -1;
            int bestRank = int.MaxValue;
            for (int i = 0; i + 1 < parts.Count; i++)
            {
                if (!Ranks.Value.TryGetValue(parts[i] + parts[i + 1], out int rank) || rank >= bestRank) continue;
                best = i;
                bestRank = rank;
            }

            if (best < 0) return parts.Count;
            parts[best] += parts[best + 1];
            parts.RemoveAt(best + 1);
        }
    }

    [GeneratedRegex(
        @"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+('([sS]|[tT]|[rR][eE]|[vV][eE]|[mM]|[lL][lL]|[dD]))?"
        + @"|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*('([sS]|[tT]|[rR][eE]|[vV][eE]|[mM]|[lL][lL]|[dD]))?"
        + @"|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+",
        RegexOptions.CultureInvariant)]
    private static partial Regex Split();
}
