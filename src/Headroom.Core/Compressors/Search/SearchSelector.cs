using System.Buffers;
using Headroom.Internal.Lines;

namespace Headroom.Compressors.Search;

/// <summary>Chooses the hits that stay visible: those the question names, then definitions, then the first of each file.</summary>
internal static class SearchSelector
{
    private const int Asked = 60, PerTerm = 8, Definition = 45, FirstOfFile = 40, OtherLine = 38, Hit = 20, Near = 10, Context = 3;

    private static readonly SearchValues<string> Definitions = SearchValues.Create(
        ["class ", "interface ", "struct ", "enum ", "record ", "def ", "function ", "func ", "fn ", "trait ", "impl ", "type ", "module ", "namespace ", "public ", "export "], StringComparison.Ordinal);

    public static ElidedCandidate? Select(CompressionRequest request, int budget)
    {
        string[] lines = LineSelection.LinesOf(request.Text);
        List<SearchLine> hits = SearchParser.Parse(lines);
        if (!hits.Exists(h => h.Path is not null)) return null;
        int[] matches = new QuestionTerms(request.Question).Matches(lines);
        var interest = new int[lines.Length];
        string file = "";
        for (int i = 0; i < hits.Count; i++)
        {
            interest[i] = Math.Max(interest[i], Interest(hits[i], file));
            if (matches[i] > 0) interest[i] = Math.Max(interest[i], Asked + PerTerm * Math.Min(4, matches[i]) + (interest[i] >= Definition ? 4 : 0));
            if (interest[i] >= Asked)
            {
                // The lines around a hit that answers the question are why it was asked for with context.
                for (int near = Math.Max(0, i - 1); near <= Math.Min(hits.Count - 1, i + 1); near++) interest[near] = Math.Max(interest[near], Near);
            }

            if (hits[i].Path is { } path && hits[i].Separator == ':') file = path;
        }

        return LineSelection.Select(lines, interest, budget, (first, last) => Phrase(hits, first, last));
    }

    private static int Interest(SearchLine line, string file)
    {
        if (line.Path is null) return line.Text.Length == 0 || GroupSeparators.Is(line) ? 0 : OtherLine;
        if (line.Separator != ':') return Context;
        if (line.Text.AsSpan().ContainsAny(Definitions)) return Definition;
        return line.Path == file ? Hit : FirstOfFile;
    }

    private static string Phrase(List<SearchLine> hits, int first, int last)
    {
        var files = new TopNames();
        for (int i = first; i <= last; i++)
        {
            if (hits[i].Path is { } path && hits[i].Separator == ':') files.Add(path[(path.LastIndexOfAny(['/', '\\']) + 1)..]);
        }

        string names = files.ToString();
        return names.Length == 0 ? "context" : "hits in " + names;
    }
}
