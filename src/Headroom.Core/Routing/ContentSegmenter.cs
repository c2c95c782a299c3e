namespace Headroom.Routing;

/// <summary>Finds the seams of a text that mixes kinds: blank lines, fences and wrapper lines between which another compressor is surest.</summary>
/// <remarks>Linear. Knows no content format: what a block is, its probes say.</remarks>
internal static class ContentSegmenter
{
    /// <summary>A part shorter than this is left as it is, in characters: naming it costs more than it could save.</summary>
    public const int MinPartLength = 160;

    /// <summary>More blocks than this are merged into their neighbours: each costs a round of probes, and a text that changes kind more often has no seams.</summary>
    private const int MaxBlocks = 256;

    /// <summary>The parts of <paramref name="text"/>, in order and together the whole but for the line end between two parts; one part when it does not mix kinds.</summary>
    /// <param name="text">The text.</param>
    /// <param name="router">Finds out what a part is.</param>
    /// <param name="whole">What the text is as a whole, where that is known: nearly every text has no seams, and need not be asked twice.</param>
    public static IReadOnlyList<ContentSegment> Split(string text, ContentRouter router, IReadOnlyList<ContentRoute>? whole = null)
    {
        List<ContentSegment> segments = [];
        foreach ((int start, int length) in Blocks(text))
        {
            IReadOnlyList<ContentRoute> routes = whole is not null && length == text.Length ? whole : router.TryRoute(text.AsSpan(start, length));
            if (segments.Count > 0 && Belongs(segments[^1], routes, length))
                segments[^1] = segments[^1] with { Length = start + length - segments[^1].Start };
            else
                segments.Add(new ContentSegment(start, length, routes));
        }

        return segments;
    }

    private static bool Belongs(ContentSegment previous, IReadOnlyList<ContentRoute> routes, int length)
    {
        string kind = routes.Count > 0 ? routes[0].Name : "";
        return kind == previous.Kind || (length < MinPartLength && previous.Kind.Length == 0);
    }

    /// <summary>Runs of lines between seams. A seam line (a fence or a wrapper) is a block of its own.</summary>
    private static List<(int Start, int Length)> Blocks(string text)
    {
        List<(int Start, int Length)> blocks = [];
        int start = 0;
        for (int at = 0; at <= text.Length;)
        {
            int end = text.IndexOf('\n', at);
            if (end < 0) end = text.Length;
            ReadOnlySpan<char> line = text.AsSpan(at, end - at).TrimEnd('\r');
            bool last = end >= text.Length;
            if (IsSeam(line) && blocks.Count < MaxBlocks)
            {
                if (at > start) blocks.Add((start, at - 1 - start));
                blocks.Add((at, end - at));
                start = end + 1;
            }
            else if (line.IsWhiteSpace() && at > start && !last && blocks.Count < MaxBlocks)
            {
                blocks.Add((start, end - start)); // the blank line ends its block
                start = end + 1;
            }

            at = end + 1;
        }

        if (start <= text.Length) blocks.Add((start, text.Length - start));
        return blocks;
    }

    /// <summary>Lines that wrap another text in agent traffic: Markdown fences, XML-like tags, prompts, headings of streams and files.</summary>
    private static bool IsSeam(ReadOnlySpan<char> line)
    {
        if (line.Length is 0 or > 200) return false;
        if (line.StartsWith("```") || line.StartsWith("~~~") || line.StartsWith("$ ") || line.StartsWith("==> ")) return true;
        if (line is "stdout:" or "stderr:" or "output:" or "Output:" or "STDOUT:" or "STDERR:") return true;
        return line[0] == '<' && line[^1] == '>' && line.IndexOfAny(" =\"") < 0; // <output>, </output>, <returncode>0</returncode>
    }
}
