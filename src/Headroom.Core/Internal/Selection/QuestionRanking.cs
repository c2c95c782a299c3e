using Headroom.Internal.Lines;

namespace Headroom.Internal.Selection;

/// <summary>Scores the lines of a text against a question: words that few lines hold count most, repetition and long lines count less (BM25).</summary>
internal sealed class QuestionRanking
{
    /// <summary>The usual constants of BM25: how fast repetition stops to count, and how much length does.</summary>
    private const double K1 = 1.2, B = 0.6;

    /// <summary>More different words are a file pasted into an argument, not a question; the first ones are the question.</summary>
    private const int MaxTerms = 48;

    /// <summary>Characters of a question that are read.</summary>
    private const int MaxQuestion = 6_000;

    /// <summary>A word in more than this share of the lines tells none of them apart.</summary>
    private const double MaxShare = 0.35;

    private static readonly HashSet<string> Stopwords = new(StringComparer.Ordinal)
    {
        "the", "and", "for", "are", "was", "were", "what", "which", "why", "how", "who", "whom", "when", "where", "did", "does", "do", "has", "have", "had", "with", "from", "this", "that",
        "these", "those", "there", "their", "they", "them", "not", "any", "all", "can", "could", "should", "would", "will", "you", "your", "our", "its", "into", "show", "tell", "list", "find",
        "get", "give", "look", "check", "please", "is", "be", "been", "of", "to", "in", "on", "at", "by", "an", "as", "it", "or", "if", "me", "my", "we", "us", "about", "than", "then", "also",
        "true", "false", "null", "path", "file", "read", "view", "cat", "command", "bash", "must", "may", "work", "works", "every", "each", "some", "many", "much", "am", "i",
    };

    private static readonly HashSet<string> Superlatives = new(StringComparer.OrdinalIgnoreCase)
    {
        "largest", "biggest", "highest", "greatest", "longest", "slowest", "fastest", "most", "max", "maximum", "top", "peak", "smallest", "lowest", "least", "shortest", "min", "minimum",
    };

    private readonly Dictionary<string, int> _terms = new(StringComparer.Ordinal);

    public QuestionRanking(string question)
    {
        foreach (Range word in question.AsSpan(0, Math.Min(question.Length, MaxQuestion)).SplitAny(" \t\n\r.,;:!?\"'()"))
            AsksForExtremes |= Superlatives.Contains(question[word]);
        Words(question.AsSpan(0, Math.Min(question.Length, MaxQuestion)), (_, term) =>
        {
            if (term.Length > 1 && _terms.Count < MaxTerms && !Stopwords.Contains(term)) _terms.TryAdd(term, _terms.Count);
        });
    }

    /// <summary>Whether any word of <paramref name="text"/> is asked for.</summary>
    public bool Holds(string text)
    {
        bool holds = false;
        Words(text, (_, term) => holds |= _terms.ContainsKey(term));
        return holds;
    }

    /// <summary>Whether the question asks for the largest or smallest of something.</summary>
    public bool AsksForExtremes { get; }

    public bool IsEmpty => _terms.Count == 0;

    /// <summary>Scores of wrapped prose: a line shares what its neighbours score, for a sentence goes on beyond its line.</summary>
    public double[] ScorePassages(LineList lines, int count) => WithNeighbours(Score(lines, count));

    /// <summary>Scores in which each line shares what its neighbours score.</summary>
    public static double[] WithNeighbours(double[] own)
    {
        double[] shared = new double[own.Length];
        for (int i = 0; i < own.Length; i++)
        {
            shared[i] = own[i];
            for (int near = 1; near <= 2; near++)
            {
                double share = near == 1 ? 0.6 : 0.3;
                shared[i] += share * ((i >= near ? own[i - near] : 0) + (i + near < own.Length ? own[i + near] : 0));
            }
        }

        return Normalised(shared);
    }

    /// <summary>A score for each of the first <paramref name="count"/> lines, the best one 1; all 0 where nothing matches.</summary>
    /// <param name="lines">The lines.</param>
    /// <param name="count">How many of them count.</param>
    /// <param name="maxShare">A word in more than this share of them is passed over.</param>
    public double[] Score(LineList lines, int count, double maxShare = MaxShare)
    {
        double[] scores = new double[count];
        if (IsEmpty) return scores;
        var hits = new List<(int Line, int Term)>();
        int[] lengths = new int[count];
        for (int i = 0; i < count; i++)
        {
            int line = i;
            Words(lines[i], (_, term) =>
            {
                lengths[line]++;
                if (_terms.TryGetValue(term, out int known)) hits.Add((line, known));
            });
        }

        int[] frequency = new int[_terms.Count];
        foreach ((int _, int term) in hits.Distinct()) frequency[term]++;
        double average = Math.Max(1, lengths.Average());
        foreach (var group in hits.GroupBy(h => h))
        {
            (int line, int term) = group.Key;
            if (frequency[term] > maxShare * count && count >= 10) continue;
            double idf = Log2(1 + (count - frequency[term] + 0.5) / (frequency[term] + 0.5));
            double tf = group.Count();
            scores[line] += idf * tf * (K1 + 1) / (tf + K1 * (1 - B + B * lengths[line] / average));
        }

        return Normalised(scores);
    }

    private static double[] Normalised(double[] scores)
    {
        double best = scores.Length == 0 ? 0 : scores.Max();
        for (int i = 0; best > 0 && i < scores.Length; i++) scores[i] /= best;
        return scores;
    }

    /// <summary>The logarithm, linear between powers of two: the same bits on every machine, which a library's logarithm does not promise.</summary>
    private static double Log2(double value)
    {
        int power = System.Numerics.BitOperations.Log2((uint)value);
        return power + value / (1u << power) - 1;
    }

    /// <summary>Words and numbers of a text in lower case, without common endings; the parts of <c>camelCase</c> and <c>name27</c> before the whole.</summary>
    private static void Words(ReadOnlySpan<char> text, Action<int, string> found)
    {
        for (int i = 0; i < text.Length;)
        {
            if (!char.IsLetterOrDigit(text[i]))
            {
                i++;
                continue;
            }

            int start = i, parts = 0, part = i;
            for (; i < text.Length && char.IsLetterOrDigit(text[i]); i++)
            {
                bool joint = (char.IsUpper(text[i]) && i > part && char.IsLower(text[i - 1])) || (char.IsDigit(text[i]) && i > part && char.IsLetter(text[i - 1]));
                if (!joint) continue;
                if (i - part > 2) found(part, Stem(text[part..i]));
                part = i;
                parts++;
            }

            if (parts > 0 && i - part > 2) found(part, Stem(text[part..i]));
            found(start, Stem(text[start..i]));
        }
    }

    /// <summary>Cuts plural and verb endings off English words; on other words it does little harm, as both sides are cut alike.</summary>
    private static string Stem(ReadOnlySpan<char> word)
    {
        Span<char> lower = word.Length <= 64 ? stackalloc char[word.Length] : new char[word.Length];
        word.ToLowerInvariant(lower);
        foreach (string ending in (ReadOnlySpan<string>)["ations", "ation", "ings", "ing", "ies", "ied", "ers", "ed", "es", "s", "y"])
        {
            if (lower.Length - ending.Length < 4 || !lower.EndsWith(ending)) continue;
            lower = lower[..^ending.Length];
            break;
        }

        return lower.ToString();
    }
}
