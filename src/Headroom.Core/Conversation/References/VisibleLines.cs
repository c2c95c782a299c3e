using Headroom.Internal.Lines;

namespace Headroom.Conversation.References;

/// <summary>The lines that stand, visible, in what was sent of a conversation so far: where a later item may point to.</summary>
/// <remarks>Mutable, and owned by one conversation at a time. Memory and time are linear in the text added.</remarks>
internal sealed class VisibleLines
{
    private readonly List<VisibleText> _texts = [];
    private readonly LinePlaces _threes = new();
    private readonly LinePlaces _longs = new();
    private readonly Dictionary<string, int> _labels = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Label, string Question)> _elided = new(StringComparer.Ordinal);
    private string _lastUserText = "";
    private (string? Id, string? Arguments) _lastCall;

    /// <summary>A line of at least so many characters is found by itself; shorter ones only in company. A reference to one line takes about 15 tokens, some 60 characters.</summary>
    private const int LongLine = 80;

    /// <summary>Whether nothing stands visible yet, so that nothing can be referred to.</summary>
    public bool IsEmpty => _texts.Count == 0;

    /// <summary>Adds the texts a tool was called with, before its result: what a model wrote stands in its own call.</summary>
    public void AddCall(ContextItem item)
    {
        if (item.Role != ItemRole.Tool || item.Arguments is null || _lastCall == (item.CallId, item.Arguments)) return;
        _lastCall = (item.CallId, item.Arguments);
        string call = CallLabel.Of(item.ToolName, item.Arguments);
        int times = _labels.GetValueOrDefault(ResultOf(call)) + 1;
        foreach ((string name, string text) in CallTexts.Of(item.Arguments))
            Add(new VisibleText(Numbered($"{name} in the call of {call}", times), new TextLines(text), 0));
    }

    /// <summary>Adds a text as it was sent. Where a block stands in several places, the first few are remembered.</summary>
    /// <param name="item">The item.</param>
    /// <param name="outcome">What became of it. Of texts that were cut, or point elsewhere in part, the lines that stayed verbatim are added.</param>
    public void Add(ContextItem item, ItemOutcome outcome)
    {
        if (item.Role is not (ItemRole.Tool or ItemRole.User)) return;
        string label = item.Role == ItemRole.User ? "the user's message" : ResultOf(CallLabel.Of(item.ToolName, item.Arguments));
        int times = _labels[label] = _labels.GetValueOrDefault(label) + 1;
        label = Numbered(label, times);
        if (item.Role == ItemRole.User) _lastUserText = item.Text;
        switch (outcome.Form)
        {
            case ItemForm.Referenced:
                AddKept(label, outcome.Text, outcome.KeptLines);
                return;
            case ItemForm.Elided:
                if (outcome.OriginalId is { } id && outcome.Encoding != ItemOutcome.Withdrawn) _elided.TryAdd(id, (label, item.Question ?? _lastUserText));
                AddKept(label, item.Text, outcome.KeptLines);
                return;
            default:
                Add(new VisibleText(label, new TextLines(outcome.Text), 0));
                return;
        }
    }

    /// <summary>How to name an earlier result that showed a part of the same original for the same question; <see langword="null"/> when there is none.</summary>
    public string? FindElided(string id, string question) =>
        _elided.TryGetValue(id, out (string Label, string Question) earlier) && earlier.Question == question ? earlier.Label : null;

    /// <summary>The longest block that begins at a line of <paramref name="lines"/> and stands at a remembered place; of equally long ones the first. Null when there is none.</summary>
    public VisibleBlock? Find(TextLines lines, int line)
    {
        VisibleBlock? longest = line + 2 < lines.Count ? Longest(lines, line, _threes.At(lines.HashOfThree(line)), 3) : null;
        return longest is null && lines.Content(line).Length >= LongLine ? Longest(lines, line, _longs.At(lines.HashOf(line)), 1) : longest;
    }

    private VisibleBlock? Longest(TextLines lines, int line, IReadOnlyList<LinePlace> places, int least)
    {
        VisibleBlock? longest = null;
        foreach (LinePlace at in places)
        {
            VisibleText text = _texts[at.Text];
            int length = 0;
            while (line + length < lines.Count && at.Line + length < text.Lines.Count && SameLine(lines, line + length, text.Lines, at.Line + length)
                && Shift(lines, line + length, text.Lines, at.Line + length) == Shift(lines, line, text.Lines, at.Line))
            {
                length++;
            }

            if (length >= least && length > (longest?.Length ?? 0)) longest = new VisibleBlock(text, at.Line, length);
        }

        return longest;
    }

    /// <summary>Adds runs of lines, by their numbers in <paramref name="text"/>.</summary>
    private void AddKept(string label, string text, IReadOnlyList<ContentRange> kept)
    {
        if (kept.Count == 0) return;
        bool isNumbered = TextLines.IsNumberedListing(text);
        var cursor = new LineCursor(text);
        foreach (ContentRange range in kept)
            Add(new VisibleText(label, new TextLines(cursor.Take(range.First, range.Last).TrimEnd('\n').ToString(), isNumbered), range.First - 1));
    }

    private void Add(VisibleText text)
    {
        for (int line = 0; line < text.Lines.Count; line++)
        {
            var place = new LinePlace(_texts.Count, line);
            if (line + 2 < text.Lines.Count) _threes.Add(text.Lines.HashOfThree(line), place);
            if (text.Lines.Content(line).Length >= LongLine) _longs.Add(text.Lines.HashOf(line), place);
        }

        _texts.Add(text);
    }

    private static bool SameLine(TextLines left, int i, TextLines right, int k) =>
        left.HashOf(i) == right.HashOf(k) && left.Content(i).SequenceEqual(right.Content(k));

    /// <summary>By how much the numbers of two lines differ: constant within a block, so that one number tells the others.</summary>
    private static int Shift(TextLines left, int i, TextLines right, int k) =>
        (left.IsNumbered ? left.Number(i) : 0) - (right.IsNumbered ? right.Number(k) : left.IsNumbered ? k : 0);

    private static string ResultOf(string call) => "the result of " + call;

    private static string Numbered(string label, int times) => times > 1 ? $"{label} (time {times})" : label;
}
