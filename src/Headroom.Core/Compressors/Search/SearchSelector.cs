using System.Buffers;
using System.Numerics;
using Headroom.Internal.Lines;
using Headroom.Internal.Selection;

namespace Headroom.Compressors.Search;

/// <summary>Chooses the hits that stay visible: those that answer the question, declarations before uses, and one of each file; files without one are named.</summary>
internal sealed class SearchSelector
{
    private const int Asked = 96, FirstOfFile = 74, Definition = 58, Hit = 46, Other = 44, Near = 30, Context = 8;

    /// <summary>What a declaration gains among lines that answer the question, and what each doubling of hits in a file, or of lines like it, takes.</summary>
    private const int Declares = 6, PerDoubling = 3;

    /// <summary>Share of the lines that must name a file for the text to be chosen from as search results.</summary>
    private const double MinHitShare = 0.2;

    private static readonly SearchValues<string> Definitions = SearchValues.Create(
        ["class ", "interface ", "struct ", "enum ", "record ", "def ", "function ", "func ", "fn ", "trait ", "impl ", "type ", "module ", "namespace ", "public ", "export ", "#define "], StringComparison.Ordinal);

    private readonly LineList _lines;
    private readonly List<SearchLine> _hits;
    private readonly LineBudget _selection;

    private SearchSelector(LineList lines, List<SearchLine> hits)
    {
        _lines = lines;
        _hits = hits;
        _selection = new LineBudget(lines);
    }

    public static ElidedCandidate? Select(CompressionRequest request, int budget)
    {
        var lines = new LineList(request.Text);
        string[] texts = LineSelection.LinesOf(request.Text);
        if (BlameSelector.IsBlame(texts)) return BlameSelector.Select(lines, texts, request.Question, budget);
        List<SearchLine> hits = SearchParser.Parse(texts);
        if (hits.Count(h => h.Path is not null) < MinHitShare * hits.Count) return null; // one file with line numbers is read as code
        var selector = new SearchSelector(lines, hits);
        selector.Rate(request.Question);
        if (selector._selection.Select("lines", budget, selector.Phrase) is not { } candidate) return null;
        string left = LeftFiles.Name(candidate, hits, budget);
        if (left.Length == 0) return candidate;
        if (selector._selection.Select("lines", Math.Max(1, budget - left.Length), selector.Phrase) is not { } smaller) return candidate;
        return smaller with { Parts = [new KeptPart(LeftFiles.Name(smaller, hits, budget), null), .. smaller.Parts] };
    }

    private void Rate(string question)
    {
        double[] scores = new QuestionRanking(question).Score(_lines, _selection.Count);
        Dictionary<string, int> inFile = new(StringComparer.Ordinal), alike = new(StringComparer.Ordinal);
        for (int i = 0; i < _hits.Count; i++)
        {
            SearchLine hit = _hits[i];
            if (hit.Path is null)
            {
                bool isBlank = hit.Text.Length == 0 || GroupSeparators.Is(hit);
                _selection.Raise(i, isBlank ? 0 : scores[i] >= 0.15 ? (int)(Asked - 40 * (1 - scores[i])) : Other);
                continue;
            }

            if (hit.Separator != ':')
            {
                _selection.Raise(i, scores[i] >= 0.5 ? (int)(Asked - 45 * (1 - scores[i])) : Context);
                continue;
            }

            int before = inFile[hit.Path] = inFile.GetValueOrDefault(hit.Path) + 1;
            string text = hit.Text.Trim();
            int same = alike[text] = alike.GetValueOrDefault(text) + 1;
            bool declares = text.AsSpan().ContainsAny(Definitions);
            int interest = (before == 1 ? FirstOfFile : declares ? Definition : Hit) - PerDoubling * (BitOperations.Log2((uint)before) + BitOperations.Log2((uint)same));
            if (scores[i] >= 0.15) interest = Math.Max(interest, (int)(Asked - 40 * (1 - scores[i])) + (declares ? Declares : 0) - BitOperations.Log2((uint)same));
            _selection.Raise(i, interest);
            if (scores[i] < 0.5) continue;
            _selection.Raise(i - 1, Near); // the lines around a hit that answers the question are why it was asked for with context
            _selection.Raise(i + 1, Near);
        }
    }

    private string Phrase(int first, int last)
    {
        var files = new TopNames();
        for (int i = first; i <= last; i++)
        {
            if (_hits[i].Path is { } path && _hits[i].Separator == ':') files.Add(path[(path.LastIndexOfAny(['/', '\\']) + 1)..]);
        }

        string names = files.ToString();
        return names.Length == 0 ? "context" : "hits in " + names;
    }
}
