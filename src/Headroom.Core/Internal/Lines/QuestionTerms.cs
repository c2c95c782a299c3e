using System.Buffers;

namespace Headroom.Internal.Lines;

/// <summary>The words of a question that tell lines of a text apart.</summary>
internal sealed class QuestionTerms
{
    /// <summary>More words are pasted arguments, not a question; one bit of a mask each.</summary>
    private const int MaxTerms = 24;

    private const int LongestQuestion = 4_000;

    /// <summary>Words that questions about tool results are made of, whatever they ask for.</summary>
    private static readonly HashSet<string> Common = new(StringComparer.OrdinalIgnoreCase)
    {
        "the", "and", "are", "was", "were", "what", "which", "why", "how", "who", "when", "where", "did", "does", "has", "have", "had", "with", "from", "this", "that", "these", "those", "there", "not",
        "any", "all", "can", "you", "your", "our", "its", "into", "for", "show", "tell", "list", "find", "fetch", "give", "get", "look", "check", "please", "line", "lines", "file", "files", "grep", "git", "diff",
        "between", "changed", "change", "use", "used", "call", "called", "declared", "defined", "true", "false", "null", "name", "path", "pattern", "command", "tool", "output",
    };

    private readonly string[] _terms;
    private readonly SearchValues<string>? _any;

    public QuestionTerms(string question)
    {
        var terms = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        List<string> ordered = [];
        ReadOnlySpan<char> rest = question.AsSpan(0, Math.Min(question.Length, LongestQuestion));
        while (rest.Length > 0 && ordered.Count < MaxTerms)
        {
            int length = 0;
            while (length < rest.Length && (char.IsLetterOrDigit(rest[length]) || (length > 0 && rest[length] is '_' or '-' or '.'))) length++;
            string term = rest[..length].TrimEnd("_-.").ToString();
            if (term.Length >= 3 && !Common.Contains(term) && terms.Add(term)) ordered.Add(term);
            rest = rest[Math.Max(1, length)..];
        }

        _terms = [.. ordered];
        _any = _terms.Length > 0 ? SearchValues.Create(_terms, StringComparison.OrdinalIgnoreCase) : null;
    }

    /// <summary>How many terms each line holds, of those that are not in every line anyway.</summary>
    public int[] Matches(IReadOnlyList<string> lines)
    {
        var matches = new int[lines.Count];
        if (_any is null) return matches;
        var counts = new int[_terms.Length];
        var masks = new int[lines.Count];
        for (int i = 0; i < lines.Count; i++)
        {
            if (!lines[i].AsSpan().ContainsAny(_any)) continue;
            for (int t = 0; t < _terms.Length; t++)
            {
                if (!lines[i].Contains(_terms[t], StringComparison.OrdinalIgnoreCase)) continue;
                masks[i] |= 1 << t;
                counts[t]++;
            }
        }

        int telling = 0;
        for (int t = 0; t < _terms.Length; t++)
        {
            if (counts[t] <= Math.Max(4, lines.Count / 4)) telling |= 1 << t; // a term in every fourth line says nothing
        }

        for (int i = 0; i < matches.Length; i++) matches[i] = System.Numerics.BitOperations.PopCount((uint)(masks[i] & telling));
        return matches;
    }
}
