using System.Text;
using Headroom.Internal.Lines;
using Headroom.Internal.Selection;

namespace Headroom.Compressors.Markup;

/// <summary>Shows a page as it is read: Markdown instead of tags, without navigation, scripts and styles; over the budget, the passages that answer the question.</summary>
internal sealed class PageElision
{
    /// <summary>Fewer lines to read are a form or an application, whose markup is what it has to say.</summary>
    private const int MinLines = 8;

    /// <summary>Units from which lines of the source can tell passages apart; a minified page has one or two.</summary>
    private const int MinUnits = 8;

    /// <summary>A unit that holds more of the text, in characters and as a share, leaves nothing to choose from.</summary>
    private const int MaxUnit = 2_000;

    private const double MaxShare = 0.4;

    /// <summary>Shorter gaps between shown lines are shown, in characters: about what a gap line takes.</summary>
    private const int ShortGap = 100;

    /// <summary>Characters of a passage that its gap quotes.</summary>
    private const int QuotedCharacters = 40;

    /// <summary>A text this much over the budget stays whole: gap lines would take back half of what cutting the last part wins.</summary>
    private const double Tolerance = 1.2;

    private const int Asked = 95, Heading = 85, Begins = 50, Text = 46, Code = 42, Links = 16;

    private const string Legend = "(read as Markdown; tags left out)";

    private readonly LineList _source;
    private readonly QuestionRanking _question;
    private readonly int _count;
    private int _budget;

    private PageElision(CompressionRequest request, int budget)
    {
        _source = new LineList(request.Text);
        _count = _source.Count > 1 && _source[_source.Count - 1].IsEmpty ? _source.Count - 1 : _source.Count;
        _question = new QuestionRanking(request.Question);
        _budget = budget;
    }

    /// <summary>The selection; <see langword="null"/> where the text has too little to read.</summary>
    public static ElidedCandidate? Select(CompressionRequest request, int budget)
    {
        List<PageLine> lines = PageWriter.Write(PageToken.Read(request.Text));
        if (lines.Count(l => l.Kind is not (PageLineKind.LeftOut or PageLineKind.Links)) < MinLines) return null;
        var elision = new PageElision(request, budget);
        List<PageUnit> units = PageUnit.Of(lines, elision._count);
        int longest = units.Max(u => u.Text.Length), all = units.Sum(u => u.Text.Length);
        if (all <= budget * Tolerance) elision._budget = int.MaxValue / 4;
        return units.Count >= MinUnits && longest <= Math.Max(MaxUnit, MaxShare * all) ? elision.InPlace(units) ?? elision.Beside(lines) : elision.Beside(lines);
    }

    /// <summary>Passages with gaps between them, in lines of the source.</summary>
    private ElidedCandidate? InPlace(List<PageUnit> units)
    {
        ElidedCandidate? chosen = Rate(units).Select("markdown", _budget, (first, last) => Phrase(units, first, last));
        if (chosen is null) return null;
        List<ElidedPart> parts = [new KeptPart(Legend, null)];
        foreach (ElidedPart part in chosen.Parts)
        {
            ContentRange range = part is GapPart gap ? gap.Range : ((KeptPart)part).Range!.Value;
            PageUnit first = units[range.First - 1], last = units[range.Last - 1];
            var source = ContentRange.Lines(first.First, last.Last);
            parts.Add(part is GapPart { Phrase: var phrase } ? new GapPart(source, phrase) : new KeptPart(Join(units, range.First - 1, range.Last - 1), source));
        }

        return new ElidedCandidate("markdown", parts, ContentRange.Lines(1, _count));
    }

    /// <summary>The text beside one gap for the whole page, where its lines are no places: pages without line ends.</summary>
    private ElidedCandidate Beside(List<PageLine> lines)
    {
        List<PageUnit> units = [.. lines.Where(l => l.Kind != PageLineKind.LeftOut).Select(l => new PageUnit(l.Kind, l.Text, "", l.First, l.Last))];
        ElidedCandidate? chosen = Rate(units).Select("markdown", _budget, (first, last) => "");
        var text = new StringBuilder(Legend);
        if (chosen is null) text.Append('\n').Append(Join(units, 0, units.Count - 1));
        foreach (ElidedPart part in chosen?.Parts ?? [])
            text.Append('\n').Append(part is KeptPart { Range: { } range } ? Join(units, range.First - 1, range.Last - 1) : "(...)");
        return new ElidedCandidate("markdown", [new KeptPart(text.ToString(), null), new GapPart(ContentRange.Lines(1, _count), "the page itself")], ContentRange.Lines(1, _count));
    }

    /// <summary>Ranks units as lines of one text: headings, what the question asks for, running text, code, links.</summary>
    private LineBudget Rate(List<PageUnit> units)
    {
        var lines = new LineList(string.Join('\n', units.Select(u => u.Text.Replace('\n', ' '))) + "\n");
        bool IsShort(int first, int last) => !units.Slice(first, last - first + 1).Exists(u => u.Text.Length == 0) && lines.Span(first, last).Length < ShortGap;
        var selection = new LineBudget(lines) { Least = Links, IsShort = IsShort };
        double[] scores = _question.ScorePassages(lines, selection.Count);
        int heading = -1;
        for (int i = 0; i < selection.Count; i++)
        {
            if (units[i].Kind == PageLineKind.Heading) heading = i;
            selection.Raise(i, units[i].Kind switch
            {
                PageLineKind.LeftOut => 0,
                PageLineKind.Heading => Heading,
                PageLineKind.Begins => Begins,
                PageLineKind.Code => Code,
                PageLineKind.Links => Links,
                _ => Text,
            });
            if (scores[i] > 0.4) selection.Raise(heading, Asked);
        }

        selection.RaiseAsked(scores, top: Asked, neighbours: 1);
        return selection;
    }

    private static string Join(List<PageUnit> units, int first, int last)
    {
        var text = new StringBuilder();
        for (int i = first; i <= last; i++)
        {
            if (units[i].Text.Length == 0) continue;
            if (text.Length > 0) text.Append(BeginsApart(units[i], units[i - 1]) ? "\n\n" : "\n");
            text.Append(units[i].Text);
        }

        return text.ToString();
    }

    private static bool BeginsApart(PageUnit unit, PageUnit above) =>
        unit.Kind is PageLineKind.Begins or PageLineKind.Heading || (unit.Kind == PageLineKind.Code && above.Kind != PageLineKind.Code);

    private static string Phrase(List<PageUnit> units, int first, int last)
    {
        List<PageUnit> gap = units.GetRange(first, last - first + 1);
        List<string> headings = [.. gap.Where(u => u.Kind == PageLineKind.Heading).Select(u => u.Text.TrimStart('#', ' '))];
        if (headings.Count > 0) return "on " + GapWords.Names(headings, 3);
        PageUnit? text = gap.Find(u => u.Text.Length > 0 && u.Kind != PageLineKind.Links);
        return text is null ? gap.Find(u => u.Phrase.Length > 0)?.Phrase ?? "links" : "from \"" + text.Text[..Math.Min(text.Text.Length, QuotedCharacters)] + "\"";
    }
}
