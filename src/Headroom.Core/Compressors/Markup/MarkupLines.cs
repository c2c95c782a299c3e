using System.Buffers;
using Headroom.Internal.Lines;
using Headroom.Internal.Selection;

namespace Headroom.Compressors.Markup;

/// <summary>Chooses lines of markup as they are: those with text for a reader stay before lines that only lay out.</summary>
internal static class MarkupLines
{
    /// <summary>Words of readable text from which a line says something.</summary>
    private const int MinWords = 4;

    private static readonly SearchValues<string> HeadingTags = SearchValues.Create(["<h1", "<h2", "<h3", "<h4", "<title", "<dt"], StringComparison.OrdinalIgnoreCase);

    public static ElidedCandidate? Select(CompressionRequest request, int budget)
    {
        var lines = new LineList(request.Text);
        var selection = new LineBudget(lines);
        bool hidden = false; // inside a script or a style sheet
        for (int i = 0; i < selection.Count; i++)
        {
            ReadOnlySpan<char> line = lines[i];
            if (line.Contains("<script", StringComparison.OrdinalIgnoreCase) || line.Contains("<style", StringComparison.OrdinalIgnoreCase)) hidden = true;
            int words = hidden ? 0 : ReadableWords(line);
            if (line.ContainsAny(HeadingTags) && words > 0) selection.Raise(i, 76);
            else if (words >= MinWords) selection.Raise(i, 30 + Math.Min(20, words));
            if (line.Contains("</script", StringComparison.OrdinalIgnoreCase) || line.Contains("</style", StringComparison.OrdinalIgnoreCase)) hidden = false;
        }

        selection.RaiseAsked(new QuestionRanking(request.Question).ScorePassages(lines, selection.Count), top: 95, neighbours: 2);
        return selection.Select("text", budget, (first, last) => Phrase(lines, first, last));
    }

    private static int ReadableWords(ReadOnlySpan<char> line)
    {
        int words = 0;
        bool inTag = false, inWord = false;
        foreach (char c in line)
        {
            inTag = c == '<' || (inTag && c != '>');
            bool letter = !inTag && char.IsLetter(c);
            if (letter && !inWord) words++;
            inWord = letter;
        }

        return words;
    }

    private static string Phrase(LineList lines, int first, int last)
    {
        for (int i = first; i <= last; i++)
        {
            if (ReadableWords(lines[i]) >= MinWords) return "from \"" + Readable(lines[i]) + "\"";
        }

        return "layout";
    }

    private static string Readable(ReadOnlySpan<char> line)
    {
        Span<char> text = stackalloc char[48];
        int length = 0;
        bool inTag = false;
        foreach (char c in line)
        {
            if (c == '<') inTag = true;
            if (!inTag && length < text.Length) text[length++] = c;
            if (c == '>') inTag = false;
        }

        return text[..length].Trim().ToString();
    }
}
