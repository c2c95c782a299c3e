using Headroom.Internal.Lines;

namespace Headroom.Conversation.References;

/// <summary>The lines that stand, visible, in what was sent of a conversation so far: where a later item may point to.</summary>
/// <remarks>Mutable, and owned by one conversation at a time. Memory and time are linear in the text added; what was added last can be taken back.</remarks>
internal sealed class VisibleLines
{
    /// <summary>What a line takes besides its text, in characters of two bytes: its place and hash, and its entry in the index.</summary>
    private const int CharactersPerLine = 40;

    private readonly List<VisibleText> _texts = [];
    private readonly Dictionary<ulong, (int Text, int Line)> _threes = [];
    private readonly Dictionary<string, int> _labels = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Label, string Question)> _elided = new(StringComparer.Ordinal);
    private readonly List<Added> _added = [];
    private string _lastUserText = "";

    /// <summary>Whether nothing stands visible yet, so that nothing can be referred to.</summary>
    public bool IsEmpty => _threes.Count == 0;

    /// <summary>Items added.</summary>
    public int Count => _added.Count;

    /// <summary>Memory of the index, in characters of two bytes, without the texts themselves.</summary>
    public long Size { get; private set; }

    /// <summary>Adds an item as it was sent. Where a block stands twice, the first place is remembered.</summary>
    /// <param name="item">The item.</param>
    /// <param name="outcome">What became of it. Of elided texts the lines that stayed verbatim are added; referenced texts are not pointed at: part of them is itself a pointer.</param>
    public void Add(ContextItem item, ItemOutcome outcome)
    {
        var added = new Added(_texts.Count, null, null, _lastUserText);
        if (item.Role is ItemRole.Tool or ItemRole.User)
        {
            string label = Label(item);
            string? elided = outcome is { Form: ItemForm.Elided, OriginalId: { } id } && outcome.Encoding != ItemOutcome.Withdrawn ? id : null;
            int times = _labels[label] = _labels.GetValueOrDefault(label) + 1;
            string name = times > 1 ? $"{label} (time {times})" : label;
            if (item.Role == ItemRole.User) _lastUserText = item.Text;
            if (elided is not null && !_elided.TryAdd(elided, (name, item.Question ?? _lastUserText))) elided = null;
            added = added with { Label = label, Elided = elided };
            AddTexts(name, item, outcome);
        }

        _added.Add(added);
    }

    /// <summary>Takes back what was added last, in time linear in that.</summary>
    /// <param name="count">Items that stay.</param>
    public void TakeBack(int count)
    {
        for (int last = _added.Count - 1; last >= count; last--)
        {
            Added added = _added[last];
            for (int text = _texts.Count - 1; text >= added.Texts; text--) Remove(text);
            if (added.Label is { } label && --_labels[label] == 0) _labels.Remove(label);
            if (added.Elided is { } id) _elided.Remove(id);
            _lastUserText = added.LastUserText;
            _added.RemoveAt(last);
        }
    }

    /// <summary>How to name an earlier result that showed a part of the same original for the same question; <see langword="null"/> when there is none.</summary>
    public string? FindElided(string id, string question) =>
        _elided.TryGetValue(id, out (string Label, string Question) earlier) && earlier.Question == question ? earlier.Label : null;

    /// <summary>The longest block that begins at a line of <paramref name="lines"/> and at the first visible place of its first three lines; null when there is none.</summary>
    public VisibleBlock? Find(TextLines lines, int line)
    {
        if (line + 2 >= lines.Count || !_threes.TryGetValue(lines.HashOfThree(line), out (int Text, int Line) at)) return null;
        VisibleText text = _texts[at.Text];
        int length = 0;
        while (line + length < lines.Count && at.Line + length < text.Lines.Count && SameLine(lines, line + length, text.Lines, at.Line + length)
            && Shift(lines, line + length, text.Lines, at.Line + length) == Shift(lines, line, text.Lines, at.Line))
        {
            length++;
        }

        return length >= 3 ? new VisibleBlock(text, at.Line, length) : null;
    }

    private void AddTexts(string label, ContextItem item, ItemOutcome outcome)
    {
        if (outcome.Form == ItemForm.Referenced) return;
        if (outcome.Form != ItemForm.Elided)
        {
            Add(new VisibleText(label, new TextLines(outcome.Text), 0));
            return;
        }

        var cursor = new LineCursor(item.Text);
        foreach (ContentRange range in outcome.KeptLines)
            Add(new VisibleText(label, new TextLines(cursor.Take(range.First, range.Last).TrimEnd('\n').ToString()), range.First - 1, IsCopy: true));
    }

    private void Add(VisibleText text)
    {
        for (int line = 0; line + 2 < text.Lines.Count; line++) _threes.TryAdd(text.Lines.HashOfThree(line), (_texts.Count, line));
        _texts.Add(text);
        Size += SizeOf(text);
    }

    private void Remove(int text)
    {
        TextLines lines = _texts[text].Lines;
        for (int line = 0; line + 2 < lines.Count; line++)
        {
            ulong three = lines.HashOfThree(line);
            if (_threes.TryGetValue(three, out (int Text, int Line) at) && at.Text == text) _threes.Remove(three);
        }

        Size -= SizeOf(_texts[text]);
        _texts.RemoveAt(text);
    }

    private static long SizeOf(VisibleText text) => (long)CharactersPerLine * text.Lines.Count + (text.IsCopy ? text.Lines.Text.Length : 0);

    private static bool SameLine(TextLines left, int i, TextLines right, int k) =>
        left.HashOf(i) == right.HashOf(k) && left.Content(i).SequenceEqual(right.Content(k));

    /// <summary>By how much the numbers of two lines differ: constant within a block, so that one number tells the others.</summary>
    private static int Shift(TextLines left, int i, TextLines right, int k) =>
        (left.IsNumbered ? left.Number(i) : 0) - (right.IsNumbered ? right.Number(k) : left.IsNumbered ? k : 0);

    private static string Label(ContextItem item) => item.Role == ItemRole.User ? "the user's message" : "the result of " + CallLabel.Of(item.ToolName, item.Arguments);

    /// <summary>What an item added, to be taken back.</summary>
    /// <param name="Texts">Texts before it.</param>
    /// <param name="Label">The label it counts under, if it can be pointed at.</param>
    /// <param name="Elided">The original it was the first to show a part of.</param>
    /// <param name="LastUserText">The last text of the user before it.</param>
    private readonly record struct Added(int Texts, string? Label, string? Elided, string LastUserText);
}
