namespace Headroom.Cli.Terminals;

/// <summary>Breaks text into lines between words.</summary>
internal static class WrappedText
{
    /// <summary>The lines of a text. A word that is longer than a line gets one of its own.</summary>
    public static IEnumerable<string> Lines(string text, int width)
    {
        int start = 0, end = -1; // of the line at hand, up to the last word that fits
        for (int at = 0; at <= text.Length; at++)
        {
            if (at < text.Length && text[at] != ' ') continue;
            if (at - start > width && end > start)
            {
                yield return text[start..end];
                start = end + 1;
            }

            end = at;
        }

        yield return text[start..];
    }
}
