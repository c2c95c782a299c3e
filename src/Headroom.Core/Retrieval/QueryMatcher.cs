using System.Buffers;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Headroom.Retrieval;

/// <summary>Decides which lines a query means: a regular expression, or words of which a line should hold as many as possible.</summary>
internal abstract class QueryMatcher
{
    /// <summary>Characters that make a query look like a regular expression rather than words.</summary>
    private static readonly SearchValues<char> RegexCharacters = SearchValues.Create("\\^$*+?()[]{}|");

    /// <summary>Terms looked for; one bit each in a mask. Sixteen words are a sentence, more is a pasted text.</summary>
    public const int MaxTerms = 16;

    /// <summary>A counted repetition is unrolled, nested ones multiply: above this many copies the automaton would cost more than the text.</summary>
    private const int MaxRepetitions = 1_000;

    /// <summary>The words looked for; empty for a regular expression.</summary>
    public virtual IReadOnlyList<string> Words => [];

    /// <summary>Which terms occur in a line: bit i for term i. 0 when none does.</summary>
    public abstract uint Match(ReadOnlySpan<char> line);

    /// <summary>The masks of the pieces of a long line, by the piece in which a match starts.</summary>
    public abstract void MatchPieces(ReadOnlySpan<char> line, int pieceLength, Span<uint> masks);

    /// <summary>What a query may mean, to be tried in order until something matches.</summary>
    public static IEnumerable<QueryMatcher> Readings(string query)
    {
        string text = query.Trim();
        if (text.AsSpan().IndexOfAny(RegexCharacters) >= 0)
        {
            yield return new WordMatcher([text]); // main() and [ERROR] are meant literally where they occur
            if (RegexOf(text) is { } regex) yield return new RegexMatcher(regex);
            string bare = text.EndsWith("/i", StringComparison.Ordinal) ? text[..^1] : text;
            if (bare.Length > 2 && bare[0] == '/' && bare[^1] == '/' && RegexOf(bare[1..^1]) is { } delimited) yield return new RegexMatcher(delimited);
        }

        List<string> words = WordsOf(text);
        if (words.Count > 0) yield return new WordMatcher(words);
    }

    private static Regex? RegexOf(string pattern)
    {
        if (Repetitions(pattern) > MaxRepetitions) return null;
        try
        {
            return new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return null; // not a regular expression, or one that needs backtracking: its words are looked for
        }
    }

    private static double Repetitions(string pattern)
    {
        double product = 1;
        for (int i = pattern.IndexOf('{', StringComparison.Ordinal); i >= 0; i = pattern.IndexOf('{', i + 1))
        {
            int end = pattern.IndexOf('}', i);
            if (end < 0) break;
            foreach (string bound in pattern[(i + 1)..end].Split(','))
            {
                if (double.TryParse(bound, NumberStyles.None, CultureInfo.InvariantCulture, out double times)) product *= Math.Max(1, times);
            }
        }

        return product;
    }

    /// <summary>Words between blanks without the punctuation around them; what stands in double quotes is one term.</summary>
    private static List<string> WordsOf(string text)
    {
        List<string> words = [];
        string[] quoted = text.Split('"');
        for (int i = 0; i < quoted.Length; i++)
        {
            bool isPhrase = i % 2 == 1 && i + 1 < quoted.Length;
            foreach (string word in isPhrase ? [quoted[i]] : quoted[i].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            {
                string term = isPhrase ? word.Trim() : word.Trim('"', '\'', '`', ',', ';', ':', '.', '?', '!', '(', ')', '*');
                if (term.Length > 0 && words.Count < MaxTerms && !words.Contains(term, StringComparer.OrdinalIgnoreCase)) words.Add(term);
            }
        }

        return words;
    }

    private sealed class RegexMatcher(Regex regex) : QueryMatcher
    {
        public override uint Match(ReadOnlySpan<char> line) => regex.IsMatch(line) ? 1u : 0u;

        public override void MatchPieces(ReadOnlySpan<char> line, int pieceLength, Span<uint> masks)
        {
            foreach (ValueMatch match in regex.EnumerateMatches(line))
            {
                if (match.Index < line.Length) masks[match.Index / pieceLength] = 1;
            }
        }
    }

    private sealed class WordMatcher(List<string> words) : QueryMatcher
    {
        public override IReadOnlyList<string> Words => words;

        public override uint Match(ReadOnlySpan<char> line)
        {
            uint mask = 0;
            for (int i = 0; i < words.Count; i++)
            {
                if (line.Contains(words[i], StringComparison.OrdinalIgnoreCase)) mask |= 1u << i;
            }

            return mask;
        }

        public override void MatchPieces(ReadOnlySpan<char> line, int pieceLength, Span<uint> masks)
        {
            for (int i = 0; i < words.Count; i++)
            {
                for (int at = 0; at < line.Length;)
                {
                    int hit = line[at..].IndexOf(words[i], StringComparison.OrdinalIgnoreCase);
                    if (hit < 0) break;
                    int piece = (at + hit) / pieceLength;
                    masks[piece] |= 1u << i;
                    at = (piece + 1) * pieceLength;
                }
            }
        }
    }
}
