using Headroom.Internal.Lines;
using Headroom.Internal.Selection;

namespace Headroom.Compressors.Text;

/// <summary>Chooses what stays of prose: sentences and passages that answer the question, with their headings; else headings and what paragraphs begin with.</summary>
internal sealed class ProseElision
{
    /// <summary>Characters up to which a line without a full stop can be a heading.</summary>
    private const int MaxHeading = 80;

    /// <summary>
    /// Share of the budget that a telling question needs: measured, what answers it stands among the best-scored third of a text, and the rest was kept for nothing.
    /// </summary>
    private const double AnsweredShare = 0.5;

    /// <summary>Characters below which a smaller share saves little and begins to cut answers: some 700 tokens.</summary>
    private const int MinAnswer = 3_000;

    /// <summary>Lines under a heading that is asked for which stay before others: about what a section says first.</summary>
    private const int MaxSection = 24;

    /// <summary>Records that score at least this share of what the best one does are taken as a whole; those below share a common word with the question.</summary>
    private const double MinPassage = 0.5;

    /// <summary>Interest of a record that is taken as a whole: after sentences that score for themselves, before neighbours and headings.</summary>
    private const int PassageInterest = 72;

    /// <summary>Interest of the line that cites a record: before what only stands near an answer, after what answers.</summary>
    private const int Cited = 62;

    /// <summary>Share of the budget for records as a whole: the rest is left to sentences elsewhere, in case the best record is the wrong one.</summary>
    private const double PassageShare = 0.6;

    /// <summary>Times the selection is made anew because what it shows is not cited; then everything is.</summary>
    private const int MaxRounds = 4;

    /// <summary>Characters of a gap line with its words, as the selection counts it.</summary>
    private const int GapCost = 100;

    /// <summary>Interest of a line that stands above already, and from how many characters on that is no coincidence.</summary>
    private const int Repeated = 5, MinRepeated = 20;

    private readonly ProseUnits _units;
    private readonly LineList _lines;
    private readonly LineBudget _selection;
    private readonly QuestionRanking _question;
    private readonly TextRecords? _known;
    private readonly List<int> _given;
    private readonly List<int> _records;
    private readonly HashSet<int> _heads;

    private ProseElision(CompressionRequest request)
    {
        _units = new ProseUnits(request.Text);
        _lines = _units.Lines;
        _known = request.Records;
        _selection = new LineBudget(_lines) { MinLines = _known is null ? LineBudget.UsualMinLines : 1 };
        _question = new QuestionRanking(request.Question);
        _given = [.. _known?.Lines.Select(_units.FirstOf) ?? []];
        _records = [.. Records()];
        _heads = [.. _records];
    }

    public static ElidedCandidate? Select(CompressionRequest request, int budget)
    {
        var elision = new ProseElision(request);
        bool answered = elision.Rate(budget);
        if (elision._known is { WholeFirst: true }) elision.PinBest(budget);
        else if (answered) budget = Math.Max((int)(budget * AnsweredShare), Math.Min(budget, MinAnswer));
        return elision.Choose(budget) is { } chosen ? elision._units.InLines(chosen, elision.Phrase) : null;
    }

    /// <summary>The selection. What is shown of a known record is shown under the line that cites it.</summary>
    private ElidedCandidate? Choose(int budget)
    {
        for (int round = 1; ; round++)
        {
            ElidedCandidate? chosen = _selection.Select("lines", budget, (_, _) => "");
            bool[] shown = new bool[_selection.Count];
            foreach (KeptPart part in chosen?.Parts.OfType<KeptPart>() ?? []) Array.Fill(shown, true, part.Range!.Value.First - 1, part.Range.Value.Count);
            int[] uncited = [.. _given.Where((head, g) => !shown[head] && shown.AsSpan(head, EndOfGiven(g) - head).Contains(true))];
            if (chosen is null || uncited.Length == 0) return chosen;
            foreach (int head in round < MaxRounds ? uncited : [.. _given]) _selection.Pin(head);
        }
    }

    /// <summary>Where records begin: those that are known, and what can be found in each of them.</summary>
    private IEnumerable<int> Records()
    {
        if (_given.Count == 0) return PassageFinder.Find(_lines, 0, _selection.Count);
        return _given.SelectMany((head, g) => PassageFinder.Find(_lines, head + 1, EndOfGiven(g)).Prepend(head));
    }

    private int EndOfGiven(int number) => number + 1 < _given.Count ? _given[number + 1] : _selection.Count;

    /// <summary>Gives every unit its interest; whether anything of the question was found.</summary>
    private bool Rate(int budget)
    {
        double[] own = _question.Score(_lines, _selection.Count), scores = QuestionRanking.WithNeighbours(own);
        bool answered = Array.Exists(scores, s => s > 0);
        _selection.RaiseAsked(scores, top: 95, neighbours: 2);
        _selection.Raise(0, 90);
        int heading = -1;
        for (int i = 0; i < _selection.Count; i++)
        {
            bool blank = _lines[i].IsWhiteSpace(), begins = i == 0 || _lines[i - 1].IsWhiteSpace();
            if (IsHeading(i)) heading = i;
            if (heading == i) _selection.Raise(i, answered ? 45 : 75);
            else if (begins && !blank) _selection.Raise(i, answered ? 30 : 55);
            else if (!blank) _selection.Raise(i, answered ? 10 : 25);
            if (heading >= 0 && scores[i] > 0.4) RaiseHeading(heading);
        }

        if (answered) RaiseSections(own);
        if (answered) RaiseRecords(budget);
        foreach (int head in _given) _selection.Raise(head, Cited);
        LowerRepeated();
        return answered;
    }

    /// <summary>A heading, with the address of a record that stands right under it.</summary>
    private void RaiseHeading(int heading)
    {
        _selection.Raise(heading, 85);
        if (heading + 1 < _selection.Count && _lines[heading + 1].Contains("://", StringComparison.Ordinal)) _selection.Raise(heading + 1, 84);
    }

    /// <summary>What stands under a heading that the question names answers it, in whatever words.</summary>
    private void RaiseSections(double[] scores)
    {
        int left = 0;
        for (int i = 0; i < _selection.Count; i++)
        {
            if (IsHeading(i)) left = scores[i] >= 0.5 ? MaxSection : left > 0 && _lines[i].StartsWith("#") ? 0 : left;
            else if (left > 0 && !_lines[i].IsWhiteSpace()) _selection.Raise(i, 50 + left--);
        }
    }

    /// <summary>Records that speak of what is asked, each taken as one text, stay before single lines of others.</summary>
    private void RaiseRecords(int budget)
    {
        if (_records.Count == 0) return;
        var texts = new LineList(string.Join('\n', _records.Select((begin, r) => _lines.Span(begin, EndOf(r) - 1).ToString().Replace('\n', ' '))));
        double[] scores = _question.Score(texts, _records.Count, maxShare: 1); // few records: a word that most of them hold still tells them from the others
        int left = (int)(budget * PassageShare);
        foreach (int record in Enumerable.Range(0, _records.Count).Where(r => scores[r] >= MinPassage).OrderByDescending(r => scores[r]))
        {
            for (int i = _records[record]; i < EndOf(record) && left > 0; i++)
            {
                if (_lines[i].IsWhiteSpace()) continue;
                _selection.Raise(i, (int)(PassageInterest * scores[record]));
                left -= _lines[i].Length + 1;
            }
        }
    }

    /// <summary>Keeps the best records whole, as many as there is room for.</summary>
    private void PinBest(int budget)
    {
        int left = budget;
        foreach (int record in _known!.BestFirst)
        {
            int begin = _given[record], end = EndOfGiven(record);
            left -= _lines.Span(begin, end - 1).Length + 1 + GapCost;
            if (left < 0) return;
            for (int i = begin; i < end; i++) _selection.Pin(i);
        }
    }

    private int EndOf(int record) => record + 1 < _records.Count ? _records[record + 1] : _selection.Count;

    /// <summary>A line that stands above already says nothing new.</summary>
    private void LowerRepeated()
    {
        int[] ids = _lines.Identities();
        int next = 0;
        for (int i = 0; i < _selection.Count; i++)
        {
            if (ids[i] == next) next++;
            else if (_lines[i].Length >= MinRepeated) _selection.Lower(i, Repeated);
        }
    }

    /// <summary>The beginning of a record, a Markdown heading, or a short line of its own that is no sentence.</summary>
    private bool IsHeading(int unit)
    {
        if (_heads.Contains(unit)) return true;
        ReadOnlySpan<char> line = _lines[unit].Trim();
        if (line.StartsWith("#")) return line.TrimStart('#').StartsWith(" ");
        bool afterBlank = unit == 0 || _lines[unit - 1].IsWhiteSpace(), beforeBlank = unit + 1 >= _selection.Count || _lines[unit + 1].IsWhiteSpace();
        return afterBlank && beforeBlank && line.Length is > 2 and < MaxHeading && char.IsLetterOrDigit(line[0]) && !(line[^1] is '.' or ',' or ';' or '!' or '?');
    }

    private string Phrase(int first, int last)
    {
        List<string> headings = [];
        for (int i = first; i <= last && headings.Count < 8; i++)
        {
            if (IsHeading(i)) headings.Add(_lines[i].Trim("# \r").ToString());
        }

        if (headings.Count > 0) return "on " + GapWords.Names(headings, 3);
        for (int i = first; i <= last; i++)
        {
            if (!_lines[i].IsWhiteSpace()) return "from \"" + _lines[i].Trim()[..Math.Min(_lines[i].Trim().Length, 40)].ToString() + "\"";
        }

        return "blank";
    }
}
