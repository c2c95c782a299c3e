using System.Buffers;

namespace Headroom.Compressors.Logs;

/// <summary>Finds lines that hold words of the question, where these words are rare enough to mean something.</summary>
internal static class QuestionWords
{
    /// <summary>More words are tool arguments pasted in, not a question.</summary>
    private const int MaxWords = 24;

    private const int LongestQuestion = 4_000;

    private static readonly HashSet<string> Common = new(StringComparer.OrdinalIgnoreCase)
    {
        "the", "and", "for", "are", "was", "were", "what", "which", "why", "how", "who", "when", "where", "did", "does", "has", "have", "had", "with", "from", "this", "that", "these",
        "those", "there", "not", "any", "all", "can", "you", "your", "our", "its", "into", "show", "tell", "list", "find", "fetch", "give", "get", "look", "check", "please", "log", "logs",
        "line", "lines", "output", "build", "run", "test", "tests", "file", "wrong", "happened", "cause", "last", "name", "true", "false", "null",
    };

    /// <summary>Raises the interest of matching lines, more for each word.</summary>
    public static void Raise(LogLines lines, string question, int[] interest)
    {
        string[] words = WordsOf(question);
        if (words.Length == 0) return;
        SearchValues<string> any = SearchValues.Create(words, StringComparison.OrdinalIgnoreCase);
        List<(int Line, int Mask)> matches = [];
        int[] count = new int[words.Length];
        for (int i = 0; i < lines.Count; i++)
        {
            ReadOnlySpan<char> line = lines.Line(i);
            if (!line.ContainsAny(any)) continue;
            int mask = 0;
            for (int w = 0; w < words.Length; w++)
            {
                if (!line.Contains(words[w], StringComparison.OrdinalIgnoreCase)) continue;
                mask |= 1 << w;
                count[w]++;
            }

            matches.Add((i, mask));
        }

        int rare = 0;
        for (int w = 0; w < words.Length; w++)
        {
            if (count[w] <= Math.Max(4, lines.Count / 8)) rare |= 1 << w; // a word in every eighth line tells nothing apart
        }

        foreach ((int line, int mask) in matches)
        {
            int hits = System.Numerics.BitOperations.PopCount((uint)(mask & rare));
            if (hits > 0) interest[line] = Math.Min(99, Math.Max(interest[line], 60) + 8 * hits);
        }
    }

    private static string[] WordsOf(string question)
    {
        var words = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        ReadOnlySpan<char> rest = question.AsSpan(0, Math.Min(question.Length, LongestQuestion));
        while (rest.Length > 0 && words.Count < MaxWords)
        {
            int length = 0;
            while (length < rest.Length && (char.IsLetterOrDigit(rest[length]) || (length > 0 && rest[length] is '_' or '-' or '.'))) length++;
            ReadOnlySpan<char> word = rest[..length].TrimEnd("_-.");
            if (word.Length >= 3 && !Common.Contains(word.ToString())) words.Add(word.ToString());
            rest = rest[Math.Max(1, length)..];
        }

        return [.. words];
    }
}
