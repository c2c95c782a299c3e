using Headroom.Internal.Lines;

namespace Headroom.Conversation.References;

/// <summary>The lines that stand, visible, in what was sent of a conversation so far: where a later item may point to.</summary>
/// <remarks>Mutable, and owned by one conversation at a time. Memory and time are linear in the text added.</remarks>
internal sealed class VisibleLines
{
    private readonly List<VisibleText> _texts = [];
    private readonly Dictionary<ulong, (int Text, int Line)> _threes = [];
    private readonly Dictionary<string, int> _labels = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Label, string Question)> _elided = new(StringComparer.Ordinal);
    private string _lastUserText = "";

    /// <summary>Whether nothing stands visible yet, so that nothing can be referred to.</summary>
    public bool IsEmpty => _threes.Count == 0;

    /// <summary>Adds a text as it was sent. Where a block stands twice, the first place is remembered.</summary>
    /// <param name="item">The item.</param>
    /// <param name="outcome">What became of it. Of elided texts the lines that stayed verbatim are added; referenced texts are not pointed at: part of them is itself a pointer.</param>
    public void Add(ContextItem item, ItemOutcome outcome)
    {
        if (item.Role is not (ItemRole.Tool or ItemRole.User)) return;
        string label = Label(item);
        int times = _labels[label] = _labels.GetValueOrDefault(label) + 1;
        if (times > 1) label = $"{label} (time {times})";
        if (item.Role == ItemRole.User) _lastUserText = item.Text;
        switch (outcome.Form)
        {
            case ItemForm.Referenced:
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

    private void AddKept(string label, string original, IReadOnlyList<ContentRange> kept)
    {
        var cursor = new LineCursor(original);
        foreach (ContentRange range in kept)
            Add(new VisibleText(label, new TextLines(cursor.Take(range.First, range.Last).TrimEnd('\n').ToString()), range.First - 1));
    }

    private void Add(VisibleText text)
    {
        for (int line = 0; line + 2 < text.Lines.Count; line++) _threes.TryAdd(text.Lines.HashOfThree(line), (_texts.Count, line));
        _texts.Add(text);
    }

    private static bool SameLine(TextLines left, int i, TextLines right, int k) =>
        left.HashOf(i) == right.HashOf(k) && left.Content(i).SequenceEqual(right.Content(k));

    /// <summary>By how much the numbers of two lines differ: constant within a block, so that one number tells the others.</summary>
    private static int Shift(TextLines left, int i, TextLines right, int k) =>
        (left.IsNumbered ? left.Number(i) : 0) - (right.IsNumbered ? right.Number(k) : left.IsNumbered ? k : 0);

    private static string Label(ContextItem item) => item.Role == ItemRole.User ? "the user's message" : "the result of " + CallLabel.Of(item.ToolName, item.Arguments);
}
