using Headroom.Internal.Python;

namespace Headroom.Compressors.Json;

/// <summary>Finds Python data in a text.</summary>
internal static class PythonSearch
{
    /// <summary>
    /// Whether what starts here can be Python data: a bracket, and behind it one of the things only Python writes there. Cheap: the reader decides.
    /// </summary>
    public static bool Starts(ReadOnlySpan<char> text, int at)
    {
        ReadOnlySpan<char> rest = text[at..];
        if (rest.Length < 2) return false;
        char next = rest[1];
        return rest[0] switch
        {
            '{' => next is '\'' or '"' or '}' or '-' or '(' || char.IsAsciiLetterOrDigit(next),
            '[' or '(' => next is '\'' or '"' or '{' or '[' or '(' or ']' or ')' or '-' or '<' || char.IsAsciiLetterOrDigit(next),
            _ => false,
        };
    }

    /// <summary>The longest value in a text that stands at the start of a line or behind a heading, whole to the end of its line or cut off somewhere.</summary>
    /// <remarks>Linear: attempts draw on a budget of a few times the text.</remarks>
    public static PythonPlace? Largest(string text)
    {
        PythonPlace? best = null;
        long budget = 3L * text.Length + 1000;
        for (int line = 0; line < text.Length && budget > 0;)
        {
            int stop = text.IndexOf('\n', line);
            if (stop < 0) stop = text.Length;
            for (int start = line; budget > 0 && (start = Candidate(text, line, start, stop)) >= 0 && (best is null || stop - start > best.Value.Length);)
            {
                var reader = new ReprReader(text, areTuplesBare: true);
                int at = start;
                bool isWhole = reader.TryRead(ref at, stop) && at == stop;
                int end = isWhole ? stop : Math.Max(start + 1, reader.LastComplete);
                budget -= at - start + 1;
                if (best is null || end - start > best.Value.Length) best = new PythonPlace(start, end, stop, !isWhole);
                start = end;
            }

            line = stop + 1;
        }

        return best;
    }

    /// <summary>Where data may start in a line: at its start, behind a colon or closing bracket and a blank, or as a string that is a value. What is assigned or passed is code.</summary>
    private static int Candidate(string text, int line, int from, int stop)
    {
        for (int at = from; at < stop;)
        {
            int open = text.AsSpan(at, stop - at).IndexOfAny('[', '{', '(');
            if (open < 0) return -1;
            at += open;
            bool isPlace = at == line || (at >= line + 2 && text[at - 1] == ' ' && text[at - 2] is ':' or ')' or ']' or '>')
                || (at >= line + 3 && text.AsSpan(line, at - line).EndsWith(": \"", StringComparison.Ordinal));
            if (isPlace && Starts(text, at)) return at;
            at++;
        }

        return -1;
    }
}

/// <summary>Where data stands in a text.</summary>
/// <param name="Start">Its first character.</param>
/// <param name="End">Behind its last; of data that is not whole, behind its last complete value.</param>
/// <param name="Stop">Where its line ends.</param>
/// <param name="IsCut">Whether it is not whole.</param>
internal readonly record struct PythonPlace(int Start, int End, int Stop, bool IsCut)
{
    public int Length => End - Start;
}
