namespace Headroom.Cli.Audit;

/// <summary>
/// Estimates which cut results a model would have had to fetch back: a later turn uses a value that stands in what was left out and, at that time,
/// nowhere in what was sent. Mechanical: a value is a name, number, path or date, matched whole (docs/audit.md). Not thread-safe.
/// </summary>
internal sealed class RetrievalEstimate
{
    private readonly ValueTable _table = new();
    private readonly List<int> _visibleIn = [];
    private readonly Dictionary<int, int> _cutIn = [];

    /// <summary>The values of a text.</summary>
    public int[] ValuesOf(string text) => _table.Read(text);

    /// <summary>A text is part of the prompt from now on.</summary>
    public void Show(int[] values)
    {
        foreach (int value in values)
        {
            while (_visibleIn.Count <= value) _visibleIn.Add(0);
            _visibleIn[value]++;
        }
    }

    /// <summary>A text that was shown is no part of the prompt any more.</summary>
    public void Hide(int[] values)
    {
        foreach (int value in values) _visibleIn[value]--;
    }

    /// <summary>These values stood in a result that was cut; where several did, the last one counts.</summary>
    public void Cut(int[] values, int item)
    {
        foreach (int value in values) _cutIn[value] = item;
    }

    /// <summary>The results a turn would have needed again, each with the value it is needed for, in the order of the turn.</summary>
    public List<(int Item, string Value)> NeededBy(IEnumerable<string> texts)
    {
        List<(int Item, string Value)> needed = [];
        if (_cutIn.Count == 0) return needed;
        foreach (string text in texts)
        {
            foreach (Range range in ValueTable.Runs(text)) Check(text.AsSpan()[range], needed);
        }

        return needed;
    }

    private void Check(ReadOnlySpan<char> run, List<(int Item, string Value)> needed)
    {
        if (IsVisible(run)) return;
        List<Range> segments = ValueTable.Segments(run);
        if (segments.Count > 1 && AreVisible(run, segments)) return; // a path put together from names that are all there
        if (Take(run, needed)) return;
        foreach (Range range in segments)
        {
            ReadOnlySpan<char> segment = run[range];
            if (IsVisible(segment) || segment.Length < run.Length && Take(segment, needed)) continue;
            foreach (Range word in ValueTable.Words(segment))
            {
                if (segment[word].Length < segment.Length && !IsVisible(segment[word])) Take(segment[word], needed);
            }
        }
    }

    private bool Take(ReadOnlySpan<char> value, List<(int Item, string Value)> needed)
    {
        int number = _table.Find(value);
        if (number < 0 || !ValueTable.IsTelling(value) || !_cutIn.TryGetValue(number, out int item)) return false;
        if (!needed.Exists(n => n.Item == item)) needed.Add((item, value.ToString()));
        return true;
    }

    private bool AreVisible(ReadOnlySpan<char> run, List<Range> segments)
    {
        foreach (Range segment in segments)
        {
            if (!IsVisible(run[segment])) return false;
        }

        return true;
    }

    private bool IsVisible(ReadOnlySpan<char> value) => _table.Find(value) is >= 0 and var number && number < _visibleIn.Count && _visibleIn[number] > 0;
}
