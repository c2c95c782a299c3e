namespace Headroom.Retrieval;

/// <summary>Finds the places of an original that match a query: lines, pieces of over-long lines, or the values of JSON written on one line.</summary>
internal static class OriginalSearch
{
    /// <summary>Longer lines are shown by the piece that matches: 400 characters are about a hundred tokens, and hold most log lines whole.</summary>
    public const int MaxLine = 400;

    /// <summary>Words of the original compared when nothing matches: enough for the vocabulary of a large log, few enough to compare quickly.</summary>
    private const int MaxVocabulary = 20_000;

    private const int MaxSuggestions = 4;

    public static List<SearchHit> Find(TextLines lines, QueryMatcher matcher, TextSpan scope) =>
        HasLongLine(lines) && JsonUnits.TryRead(lines.Text, MaxLine, out JsonUnits? units) ? FindUnits(lines, units!, matcher, scope) : FindLines(lines, matcher, scope);

    private static List<SearchHit> FindUnits(TextLines lines, JsonUnits units, QueryMatcher matcher, TextSpan scope)
    {
        List<SearchHit> hits = [];
        units.Visit((span, pointer) =>
        {
            if (span.Start < scope.Start || span.End > scope.End) return;
            if (span.Length > MaxLine) AddPieces(hits, lines.Text, span, matcher);
            else if (matcher.Match(lines.Text.AsSpan(span.Start, span.Length)) is > 0 and var mask) hits.Add(new SearchHit(span, mask, 0, pointer()));
        });
        return hits;
    }

    private static List<SearchHit> FindLines(TextLines lines, QueryMatcher matcher, TextSpan scope)
    {
        List<SearchHit> hits = [];
        if (scope.Length == 0) return hits;
        for (int line = lines.LineAt(scope.Start); line <= lines.Count && lines.Start(line) < scope.End; line++)
        {
            var span = new TextSpan(Math.Max(scope.Start, lines.Start(line)), Math.Min(scope.End, lines.End(line)));
            bool isWhole = span.Start == lines.Start(line) && span.End == lines.End(line);
            if (span.Length > MaxLine) AddPieces(hits, lines.Text, span, matcher);
            else if (span.Length >= 0 && matcher.Match(lines.Text.AsSpan(span.Start, span.Length)) is > 0 and var mask) hits.Add(new SearchHit(span, mask, isWhole ? line : 0, null));
        }

        return hits;
    }

    private static void AddPieces(List<SearchHit> hits, string text, TextSpan span, QueryMatcher matcher)
    {
        uint[] masks = new uint[(span.Length + MaxLine - 1) / MaxLine];
        matcher.MatchPieces(text.AsSpan(span.Start, span.Length), MaxLine, masks);
        for (int piece = 0; piece < masks.Length; piece++)
        {
            if (masks[piece] == 0) continue;
            int start = span.Start + piece * MaxLine;
            int end = Math.Min(span.End, start + MaxLine + MaxLine / 4); // a match that starts late in the piece is still shown
            if (start > span.Start && char.IsLowSurrogate(text[start])) start--;
            if (end < span.End && char.IsLowSurrogate(text[end])) end++;
            hits.Add(new SearchHit(new TextSpan(start, end), masks[piece], 0, null));
        }
    }

    private static bool HasLongLine(TextLines lines)
    {
        for (int line = 1; line <= lines.Count; line++)
        {
            if (lines.End(line) - lines.Start(line) > MaxLine) return true;
        }

        return false;
    }

    /// <summary>Words of the original that resemble a word looked for: one or two letters differ, or one begins with the other.</summary>
    public static IReadOnlyList<string> Suggest(string text, IReadOnlyList<string> words)
    {
        HashSet<string> seen = new(StringComparer.OrdinalIgnoreCase);
        List<string> near = [];
        for (int at = 0; at < text.Length && seen.Count < MaxVocabulary && near.Count < MaxSuggestions; at++)
        {
            if (!IsWordCharacter(text[at])) continue;
            int start = at;
            while (at < text.Length && IsWordCharacter(text[at])) at++;
            if (at - start is < 3 or > 40) continue;
            string word = text[start..at];
            if (seen.Add(word) && words.Any(w => w.Length is >= 3 and <= 40 && WordDistance.IsNear(w, word))) near.Add(word);
        }

        return near;
    }

    private static bool IsWordCharacter(char c) => char.IsLetterOrDigit(c) || c == '_';
}
