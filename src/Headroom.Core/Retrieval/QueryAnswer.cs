using System.Globalization;
using System.Numerics;

namespace Headroom.Retrieval;

/// <summary>Answers with the lines that match a query, numbered, with their neighbours: <c>120:</c> matches, <c>119-</c> stands beside a match.</summary>
internal static class QueryAnswer
{
    /// <summary>Up to this many matches two lines before and after each are shown, up to <see cref="OneNeighbour"/> one, then none: more matches tell more than more context.</summary>
    private const int TwoNeighbours = 20;

    private const int OneNeighbour = 60;

    public static string Write(AnswerPage page, RetrievalRequest request, IEnumerable<TextSpan>? within = null)
    {
        TextLines lines = page.Lines;
        string query = MarkerText.Phrase(request.Query!.Length > 60 ? request.Query[..60] + "..." : request.Query);
        List<TextSpan> scopes = within is not null ? [.. within]
            : request.Lines.Count > 0 ? [.. request.Lines.Select(lines.Find).OfType<TextSpan>()]
            : [new TextSpan(0, lines.Text.Length)];
        IReadOnlyList<string> words = [];
        foreach (QueryMatcher matcher in QueryMatcher.Readings(request.Query))
        {
            words = matcher.Words;
            List<SearchHit> hits = Distinct(scopes.SelectMany(scope => OriginalSearch.Find(lines, matcher, scope)));
            if (hits.Count > 0) return Write(page, hits, matcher.Words, query, scopes);
        }

        IReadOnlyList<string> near = OriginalSearch.Suggest(lines.Text, words);
        string hint = near.Count > 0 ? $"; words like it: {string.Join(", ", near)}" : "";
        return $"[nothing matches \"{query}\" in {N(lines.Count)} {(lines.Count == 1 ? "line" : "lines")}{hint}]";
    }

    private static string Write(AnswerPage page, List<SearchHit> hits, IReadOnlyList<string> words, string query, List<TextSpan> scopes)
    {
        uint all = words.Count == 0 ? 1u : (uint)((1L << words.Count) - 1);
        List<SearchHit> best = hits.FindAll(h => h.Mask == all);
        bool hasAll = best.Count > 0;
        if (!hasAll) best = Ranked(hits, words.Count);

        int neighbours = best.Count <= TwoNeighbours ? 2 : best.Count <= OneNeighbour ? 1 : 0;
        SortedDictionary<int, string> shown = [];
        HashSet<int> matched = [.. best.Select(h => h.Span.Start)];
        int left = page.Left - page.Tokens.Count(query) - 64; // the header below
        int count = 0;
        while (count < best.Count && TryShow(page, best[count], neighbours, scopes, matched, shown, ref left)) count++;

        string what = hasAll
            ? $"{N(best.Count)} {(best.Count == 1 ? "match" : "matches")} of \"{query}\" in {N(page.Lines.Count)} {(page.Lines.Count == 1 ? "line" : "lines")}"
            : $"nothing has all words of \"{query}\"; {N(best.Count)} {(best.Count == 1 ? "place has" : "places have")} some";
        string cut = count == best.Count ? ""
            : hasAll && count > 0 ? $"; first {N(count)} shown; next: the same query with {LinesAnswer.Next(After(page.Lines, best[count], scopes))}"
            : $"; best {N(count)} shown";
        page.AddLine($"[{what}{cut}]");
        foreach (string line in shown.Values) page.AddLine(line);
        return page.ToString();
    }

    /// <summary>Adds a hit with its neighbours, or alone where those no longer fit.</summary>
    private static bool TryShow(
        AnswerPage page, SearchHit hit, int neighbours, List<TextSpan> scopes, HashSet<int> matched, SortedDictionary<int, string> shown, ref int left)
    {
        for (int reach = hit.Line == 0 ? 0 : neighbours; reach >= 0; reach = reach > 0 ? 0 : -1)
        {
            List<(int At, string Text)> block = [];
            for (int line = Math.Max(1, hit.Line - reach); reach > 0 && line <= Math.Min(page.Lines.Count, hit.Line + reach); line++)
            {
                var span = new TextSpan(page.Lines.Start(line), page.Lines.End(line));
                if (scopes.Exists(s => s.Start <= span.Start && span.End <= s.End) && !matched.Contains(span.Start) && !shown.ContainsKey(span.Start) && span.Length <= OriginalSearch.MaxLine)
                    block.Add((span.Start, Numbered(page, span, line, '-')));
            }

            block.Add((hit.Span.Start, hit.Line > 0 ? Numbered(page, hit.Span, hit.Line, ':') : Named(page, hit)));
            int cost = block.Sum(b => page.Tokens.Count(b.Text) + 1);
            if (cost > left) continue;
            left -= cost;
            foreach ((int at, string text) in block) shown[at] = text;
            return true;
        }

        return false;
    }

    private static string Numbered(AnswerPage page, TextSpan span, int line, char mark) =>
        string.Create(CultureInfo.InvariantCulture, $"{line}{mark}{page.Lines.Text.AsSpan(span.Start, span.Length)}");

    /// <summary>A JSON value under its pointer, or a piece of a line under what the <c>lines</c> argument calls it.</summary>
    private static string Named(AnswerPage page, SearchHit hit)
    {
        ReadOnlySpan<char> text = page.Lines.Text.AsSpan(hit.Span.Start, hit.Span.Length);
        string name = hit.Label is { Length: > 0 } pointer ? pointer : string.Join(',', page.Lines.RangesOf(hit.Span));
        return $"{name}: {text}";
    }

    private static List<SearchHit> Distinct(IEnumerable<SearchHit> hits)
    {
        HashSet<int> seen = [];
        return [.. hits.Where(h => seen.Add(h.Span.Start)).OrderBy(h => h.Span.Start)];
    }

    /// <summary>Those with the most and rarest words first; equal ones in the order of the original.</summary>
    private static List<SearchHit> Ranked(List<SearchHit> hits, int words)
    {
        int[] weights = new int[Math.Max(1, words)];
        for (int i = 0; i < weights.Length; i++)
        {
            int with = hits.Count(h => (h.Mask >> i & 1) == 1);
            weights[i] = with == 0 ? 0 : 2 + BitOperations.Log2((uint)(hits.Count / with));
        }

        return [.. hits.OrderByDescending(h => Score(h.Mask, weights))];
    }

    private static int Score(uint mask, int[] weights)
    {
        int score = 0;
        for (int i = 0; i < weights.Length; i++) score += (mask >> i & 1) == 1 ? weights[i] : 0;
        return score;
    }

    /// <summary>What of the scopes is still to be searched, from the first hit that was not shown.</summary>
    private static IEnumerable<LineRange> After(TextLines lines, SearchHit next, List<TextSpan> scopes) =>
        from scope in scopes
        where scope.End > next.Span.Start
        from range in lines.RangesOf(new TextSpan(Math.Max(scope.Start, next.Span.Start), scope.End))
        select range;

    private static string N(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
