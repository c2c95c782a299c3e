using Headroom.Internal.Lines;

namespace Headroom.Conversation.References;

/// <summary>The lines that stand, visible, in what was sent of a conversation so far: where a later item may point to.</summary>
/// <remarks>Mutable, and owned by one conversation at a time. Memory and time are linear in the text added; what was added last can be taken back.</remarks>
internal sealed class VisibleLines
{
    /// <summary>What a line takes besides its text, in characters of two bytes: its place and hash, and its entries in the index.</summary>
    private const int CharactersPerLine = 40;

    /// <summary>A line of at least so many characters is found by itself; shorter ones only in company. A reference to one line takes about 15 tokens, some 60 characters.</summary>
    private const int LongLine = 80;

    private readonly List<VisibleText> _texts = [];
    private readonly LinePlaces _threes = new();
    private readonly LinePlaces _longs = new();
    private readonly Dictionary<string, int> _labels = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Label, string Question)> _elided = new(StringComparer.Ordinal);
    private readonly List<Added> _added = [];
    private string _lastUserText = "";
    private Call _call; // whose texts were added last
    private (int Texts, Call Call) _settled; // as of the last item; what is added since belongs to the item that comes next

    /// <summary>Whether nothing stands visible yet, so that nothing can be referred to.</summary>
    public bool IsEmpty => _texts.Count == 0;

    /// <summary>Items added.</summary>
    public int Count => _added.Count;

    /// <summary>Memory of the index, in characters of two bytes, without the texts themselves.</summary>
    public long Size { get; private set; }

    /// <summary>Adds the texts a tool was called with, before its result: what a model wrote stands in its own call.</summary>
    public void AddCall(ContextItem item)
    {
        var call = new Call(item.CallId, item.Role == ItemRole.Tool ? item.Arguments : null);
        if (call.Arguments is not null && call == _call) return; // another part of its result
        Unsettle();
        if (call.Arguments is null) return;
        _call = call;
        string name = CallLabel.Of(item.ToolName, item.Arguments);
        int times = _labels.GetValueOrDefault(ResultOf(name)) + 1;
        foreach ((string argument, string text) in CallTexts.Of(call.Arguments))
            Add(new VisibleText(Numbered($"{argument} in the call of {name}", times), new TextLines(text), 0, IsCopy: true));
    }

    /// <summary>Adds an item as it was sent, and what its tool was called with. Where a block stands in several places, the first few are remembered.</summary>
    /// <param name="item">The item.</param>
    /// <param name="outcome">What became of it. Of texts that were cut, or point elsewhere in part, the lines that stayed verbatim are added.</param>
    public void Add(ContextItem item, ItemOutcome outcome)
    {
        AddCall(item);
        var added = new Added(_settled.Texts, _settled.Call, null, null, _lastUserText);
        if (item.Role is ItemRole.Tool or ItemRole.User)
        {
            string label = item.Role == ItemRole.User ? "the user's message" : ResultOf(CallLabel.Of(item.ToolName, item.Arguments));
            string? elided = outcome is { Form: ItemForm.Elided, OriginalId: { } id } && outcome.Encoding != ItemOutcome.Withdrawn ? id : null;
            int times = _labels[label] = _labels.GetValueOrDefault(label) + 1;
            string name = Numbered(label, times);
            if (item.Role == ItemRole.User) _lastUserText = item.Text;
            if (elided is not null && !_elided.TryAdd(elided, (name, item.Question ?? _lastUserText))) elided = null;
            added = added with { Label = label, Elided = elided };
            AddTexts(name, item, outcome);
        }

        _added.Add(added);
        _settled = (_texts.Count, _call);
    }

    /// <summary>Takes back what was added last, in time linear in that.</summary>
    /// <param name="count">Items that stay.</param>
    public void TakeBack(int count)
    {
        for (int last = _added.Count - 1; last >= count; last--)
        {
            Added added = _added[last];
            if (added.Label is { } label && --_labels[label] == 0) _labels.Remove(label);
            if (added.Elided is { } id) _elided.Remove(id);
            _lastUserText = added.LastUserText;
            _settled = (added.Texts, added.Call);
            _added.RemoveAt(last);
        }

        Unsettle();
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

    private void AddTexts(string label, ContextItem item, ItemOutcome outcome)
    {
        switch (outcome.Form)
        {
            case ItemForm.Referenced:
                AddKept(label, outcome.Text, outcome.KeptLines);
                break;
            case ItemForm.Elided:
                AddKept(label, item.Text, outcome.KeptLines);
                break;
            default:
                Add(new VisibleText(label, new TextLines(outcome.Text), 0));
                break;
        }
    }

    /// <summary>Adds runs of lines, by their numbers in <paramref name="text"/>.</summary>
    private void AddKept(string label, string text, IReadOnlyList<ContentRange> kept)
    {
        if (kept.Count == 0) return;
        bool isNumbered = TextLines.IsNumberedListing(text);
        var cursor = new LineCursor(text);
        foreach (ContentRange range in kept)
        {
            string lines = cursor.Take(range.First, range.Last).TrimEnd('\n').ToString();
            Add(new VisibleText(label, new TextLines(lines, isNumbered), range.First - 1, IsCopy: true));
        }
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
        Size += SizeOf(text);
    }

    /// <summary>Takes back what was added for an item that did not come after all.</summary>
    private void Unsettle()
    {
        _call = _settled.Call;
        for (int text = _texts.Count - 1; text >= _settled.Texts; text--)
        {
            TextLines lines = _texts[text].Lines;
            for (int line = 0; line < lines.Count; line++)
            {
                if (line + 2 < lines.Count) _threes.RemoveFrom(lines.HashOfThree(line), text);
                if (lines.Content(line).Length >= LongLine) _longs.RemoveFrom(lines.HashOf(line), text);
            }

            Size -= SizeOf(_texts[text]);
            _texts.RemoveAt(text);
        }
    }

    private static long SizeOf(VisibleText text) => (long)CharactersPerLine * text.Lines.Count + (text.IsCopy ? text.Lines.Text.Length : 0);

    private static bool SameLine(TextLines left, int i, TextLines right, int k) =>
        left.HashOf(i) == right.HashOf(k) && left.Content(i).SequenceEqual(right.Content(k));

    /// <summary>By how much the numbers of two lines differ: constant within a block, so that one number tells the others.</summary>
    private static int Shift(TextLines left, int i, TextLines right, int k) =>
        (left.IsNumbered ? left.Number(i) : 0) - (right.IsNumbered ? right.Number(k) : left.IsNumbered ? k : 0);

    private static string ResultOf(string call) => "the result of " + call;

    private static string Numbered(string label, int times) => times > 1 ? $"{label} (time {times})" : label;

    private readonly record struct Call(string? Id, string? Arguments);

    /// <summary>What an item added, to be taken back.</summary>
    /// <param name="Texts">Texts before it.</param>
    /// <param name="Call">The call before it.</param>
    /// <param name="Label">The label it counts under, if it can be pointed at.</param>
    /// <param name="Elided">The original it was the first to show a part of.</param>
    /// <param name="LastUserText">The last text of the user before it.</param>
    private readonly record struct Added(int Texts, Call Call, string? Label, string? Elided, string LastUserText);
}
