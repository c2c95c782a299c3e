using Headroom.Retrieval;

namespace Headroom.Conversation.References;

/// <summary>The runs of lines of an original that an elided text shows verbatim.</summary>
internal static class KeptLines
{
    /// <summary>The runs, each with how many lines of the original stand before it. Respelled parts and legends are passed over.</summary>
    public static IEnumerable<(string Text, int FirstLine)> Of(string original, string elided)
    {
        if (!MarkerGrammar.TryParse(elided, out ElidedText? read)) yield break;
        var lines = new LineCursor(original);
        string? kept = null;
        foreach (ElidedPart part in read.Parts)
        {
            if (part is KeptPart { Text: { } text }) kept = text;
            if (part is not GapPart { Range: { Path: null } gap }) continue;
            if (kept is not null && lines.Matches(kept, gap.First - 1)) yield return (kept, lines.Line);
            kept = null;
            lines.MoveTo(gap.Last);
        }

        if (kept is not null && lines.Matches(kept, int.MaxValue)) yield return (kept, lines.Line);
    }

    /// <summary>A place between two lines of a text; moves forward only, so that all runs together take one pass.</summary>
    private sealed class LineCursor(string text)
    {
        private int _at;

        /// <summary>Lines before the place.</summary>
        public int Line { get; private set; }

        public void MoveTo(int line)
        {
            while (Line < line && _at < text.Length)
            {
                int end = text.IndexOf('\n', _at);
                _at = end < 0 ? text.Length : end + 1;
                Line++;
            }
        }

        /// <summary>Whether the lines from here to <paramref name="last"/> are exactly <paramref name="kept"/>.</summary>
        public bool Matches(string kept, int last)
        {
            if (!text.AsSpan(_at).StartsWith(kept, StringComparison.Ordinal)) return false;
            int end = _at + kept.Length;
            bool lineEnds = end == text.Length || text[end] == '\n' || (text[end] == '\r' && end + 1 < text.Length && text[end + 1] == '\n');
            return lineEnds && (last == int.MaxValue || kept.AsSpan().Count('\n') == last - Line - 1);
        }
    }
}
