using Headroom.Internal;
using Headroom.Internal.Terminal;

namespace Headroom.Compressors.Logs;

/// <summary>Chooses the lines of a log that stay visible: what went wrong, what is asked for, what is rare, the beginning and the end.</summary>
internal sealed class LogSelector
{
    /// <summary>About what a gap line takes, in characters: shorter gaps are shown instead.</summary>
    private const int GapCost = 110;

    private const int HeadLines = 3;
    private const int TailLines = 6;

    /// <summary>Interest of the first line of a kind, of a line of a rare kind, and of the neighbours of something important.</summary>
    private const int FirstOfKind = 34;
    private const int Rare = 48;
    private const int Near = 52;

    /// <summary>Characters of ends that are shown only because there is room: beyond that a retrieval asks for what it wants.</summary>
    private const int MaxFill = 12_000;

    /// <summary>A line of a kind of its own, where at most one line in so many is: in other texts every line is.</summary>
    private const int Alone = 70, AloneShare = 50;

    /// <summary>Lines of a kind that are all of interest, in logs with at least so many times more lines.</summary>
    private const int RareKind = 6, RareShare = 60;

    /// <summary>How far a trace is followed, and how many of its frames, nearest to where it happened, matter as much as the error.</summary>
    private const int TraceLines = 24;
    private const int TopFrames = 4;

    private readonly LogLines _lines;
    private readonly LineClusters _clusters;
    private readonly int[] _interest;
    private readonly bool[] _kept;
    private int _left;

    private LogSelector(LogLines lines, int budget)
    {
        _lines = lines;
        _clusters = new LineClusters(lines);
        _interest = new int[lines.Count];
        _kept = new bool[lines.Count];
        _left = budget;
    }

    public static ElidedCandidate? Select(CompressionRequest request, int budget)
    {
        string text = LineByLine(request.Text.EndsWith('\n') ? request.Text[..^1] : request.Text);
        var lines = new LogLines(text);
        if (lines.Count < 8) return null; // nothing to choose from
        var selector = new LogSelector(lines, budget);
        selector.Rate();
        QuestionWords.Raise(lines, request.Question, selector._interest);
        selector.KeepBestLines();
        selector.KeepEnds();
        selector.CloseSmallGaps();
        return selector.Candidate();
    }

    /// <summary>What a terminal shows of each line alone, so that line numbers stay those of the original.</summary>
    private static string LineByLine(string text) =>
        TerminalScreen.HasSomethingToClean(text) ? string.Join('\n', text.Split('\n').Select(TerminalScreen.Render)) : text;

    private void Rate()
    {
        var total = new Dictionary<ulong, int>();
        var seen = new Dictionary<ulong, int>();
        for (int i = 0; i < _lines.Count; i++) System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(total, Kind(i), out _)++;
        int[] values = FieldInterest.Of(_lines, _clusters);
        int alone = total.Values.Count(t => t == 1);
        bool aloneTells = alone <= Math.Max(3, _lines.Count / AloneShare);
        int trace = 0;
        for (int i = 0; i < _lines.Count; i++)
        {
            ReadOnlySpan<char> line = _lines.Line(i);
            if (line.IsWhiteSpace()) continue;
            int cluster = _clusters.OfLine[i];
            ulong kind = Kind(i);
            ref int count = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(seen, kind, out _);
            count++;
            int rank = Math.Min(count, 2 * (total[kind] - count + 1)); // the first of a kind tell most, then the last, then those between
            int interest = LineInterest.Of(line);
            bool continues = trace > 0 && LineInterest.ContinuesTrace(line);
            if (continues) interest = Math.Max(interest, trace > TraceLines - TopFrames ? LineInterest.TopFrame : LineInterest.Trace);
            trace = interest >= LineInterest.Problem && !continues ? TraceLines : continues ? trace - 1 : 0;
            if (interest == LineInterest.Assertion) interest -= Math.Min(10, Log2(rank)); // each says its own
            else if (interest > 0) interest -= Math.Min(40, 7 * Log2(rank)); // the tenth of a kind says less than the first of another
            else if (aloneTells && total[kind] == 1) interest = Alone;
            else if (count == 1) interest = cluster >= 0 && _clusters.Size(cluster) > 3 ? FirstOfKind : Rare - Math.Min(30, 2 * Log2(i + 1));
            else if (total[kind] <= RareKind && total[kind] * RareShare <= _lines.Count) interest = FirstOfKind + 8 - 2 * count;
            _interest[i] = Math.Max(_interest[i], Math.Max(interest, values[i]));
            if (interest < LineInterest.Problem) continue;
            for (int near = Math.Max(0, i - 2); near <= Math.Min(_lines.Count - 1, i + 2); near++)
            {
                if (near != i) _interest[near] = Math.Max(_interest[near], Near - 6 * Math.Abs(near - i));
            }
        }

        for (int i = 0; i < Math.Min(HeadLines, _lines.Count); i++) _interest[i] = Math.Max(_interest[i], i == 0 ? 85 : 60);
        for (int i = Math.Max(0, _lines.Count - TailLines); i < _lines.Count; i++) _interest[i] = Math.Max(_interest[i], i == _lines.Count - 1 ? 88 : 64);
    }

    /// <summary>What lines have in common that say the same again: their group, or for lines of no group their text.</summary>
    private ulong Kind(int line)
    {
        int cluster = _clusters.OfLine[line];
        return cluster >= 0 && _clusters.Size(cluster) > 1 ? (ulong)cluster : Fnv1a.Folded(_lines.Line(line)) | 1ul << 63;
    }

    private static int Log2(int n) => System.Numerics.BitOperations.Log2((uint)n);

    /// <summary>The most interesting first; within one degree from the top. What costs more than is left is passed over.</summary>
    private void KeepBestLines()
    {
        var byInterest = new List<int>[101];
        for (int i = 0; i < _lines.Count; i++)
        {
            if (_interest[i] > 0) (byInterest[_interest[i]] ??= []).Add(i);
        }

        for (int interest = 100; interest > 0; interest--)
        {
            foreach (int line in byInterest[interest] ?? []) Keep(line, _left);
        }
    }

    private bool Keep(int line, int limit)
    {
        if (_kept[line]) return true;
        int cost = _lines.End(line) - _lines.Start(line) + 1;
        bool above = line == 0 || _kept[line - 1];
        bool below = line == _lines.Count - 1 || _kept[line + 1];
        if (!above && !below) cost += GapCost;
        else if (above && below) cost -= GapCost;
        if (cost > limit) return false;
        _kept[line] = true;
        _left -= cost;
        return true;
    }

    /// <summary>What is left of the budget goes to more of the end, where things stand now, and of the beginning.</summary>
    private void KeepEnds()
    {
        _left = Math.Min(_left, MaxFill);
        int forHead = _left * 2 / 5;
        int last = _lines.Count - 1;
        while (last >= 0 && Keep(last, _left - forHead)) last--;
        int first = 0;
        while (first < last && Keep(first, _left)) first++;
    }

    private void CloseSmallGaps()
    {
        for (int i = 0; i < _lines.Count;)
        {
            if (_kept[i])
            {
                i++;
                continue;
            }

            int end = i;
            while (end < _lines.Count && !_kept[end]) end++;
            if (_lines.Span(i, end - i).Length < GapCost) Array.Fill(_kept, true, i, end - i);
            i = end;
        }
    }

    private ElidedCandidate? Candidate()
    {
        if (!_kept.Contains(false)) return null;
        var phrases = new GapPhrases(_lines, _clusters);
        List<ElidedPart> parts = [];
        for (int i = 0; i < _lines.Count;)
        {
            int end = i;
            while (end < _lines.Count && _kept[end] == _kept[i]) end++;
            ContentRange range = ContentRange.Lines(i + 1, end);
            parts.Add(_kept[i] ? new KeptPart(_lines.Span(i, end - i).ToString(), range) : new GapPart(range, phrases.Of(i, end - 1)));
            i = end;
        }

        return new ElidedCandidate("lines", parts, ContentRange.Lines(1, _lines.Count));
    }
}
