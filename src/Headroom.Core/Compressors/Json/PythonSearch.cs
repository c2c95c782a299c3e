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

    /// <summary>The longest value in a text that stands at the start of a line or behind a heading, and ends with its line or the text.</summary>
    /// <remarks>Linear: attempts draw on a budget of a few times the text.</remarks>
    /// <param name="text">The text.</param>
    /// <param name="isSample">Whether the text goes on behind its end, and so may a value.</param>
    public static PythonPlace? Largest(string text, bool isSample = false)
    {
        PythonPlace? best = null;
        long budget = 3L * text.Length + 1000;
        for (int line = 0; line < text.Length && budget > 0;)
        {
            int stop = text.IndexOf('\n', line);
            if (stop < 0) stop = text.Length;
            int start = Candidate(text, line, stop);
            if (start >= 0 && (best is null || stop - start > best.Value.Length))
            {
                var reader = new ReprReader(text, areTuplesBare: true);
                int at = start;
                bool isWhole = reader.TryRead(ref at, stop) && at == stop;
                budget -= at - start;
                if (isWhole || (isSample && reader.RanOut && stop == text.Length)) best = new PythonPlace(start, stop);
            }

            line = stop + 1;
        }

        return best;
    }

    /// <summary>Where data may start in a line: at its start, or behind a colon or closing bracket and a blank. What is assigned or passed is code.</summary>
    private static int Candidate(string text, int line, int stop)
    {
        for (int at = line; at < stop;)
        {
            int open = text.AsSpan(at, stop - at).IndexOfAny('[', '{', '(');
            if (open < 0) return -1;
            at += open;
            bool isPlace = at == line || (at >= line + 2 && text[at - 1] == ' ' && text[at - 2] is ':' or ')' or ']' or '>');
            if (isPlace && Starts(text, at)) return at;
            at++;
        }

        return -1;
    }
}

/// <summary>Where data stands in a text.</summary>
/// <param name="Start">Its first character.</param>
/// <param name="End">Behind its last.</param>
internal readonly record struct PythonPlace(int Start, int End)
{
    public int Length => End - Start;
}
