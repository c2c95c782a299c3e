using Headroom.Internal.Python;

namespace Headroom.Retrieval;

/// <summary>The lines of an original: each ends at a line feed, which ends it and is not part of it; a carriage return is part of it.</summary>
internal sealed class TextLines
{
    private readonly List<int> _starts = [];
    private bool? _isPython;

    public TextLines(string text)
    {
        Text = text;
        for (int at = 0; at < text.Length;)
        {
            _starts.Add(at);
            int end = text.IndexOf('\n', at);
            at = end < 0 ? text.Length : end + 1;
        }
    }

    public string Text { get; }

    /// <summary>Whether the text is a value as Python shows it. Found out once, when it is first asked.</summary>
    public bool IsPython => _isPython ??= ReprReader.IsValue(Text);

    public int Count => _starts.Count;

    /// <summary>Where a line starts; lines count from 1.</summary>
    public int Start(int line) => _starts[line - 1];

    /// <summary>Where a line ends, without its line feed.</summary>
    public int End(int line)
    {
        int next = line < _starts.Count ? _starts[line] : Text.Length;
        return next > 0 && Text[next - 1] == '\n' ? next - 1 : next;
    }

    /// <summary>The line that holds the character at <paramref name="offset"/>.</summary>
    public int LineAt(int offset)
    {
        int found = _starts.BinarySearch(offset);
        return found >= 0 ? found + 1 : ~found;
    }

    /// <summary>The stretch of the text that a range of lines or characters names, as far as it exists; <see langword="null"/> where nothing of it does.</summary>
    public TextSpan? Find(LineRange range)
    {
        if (range.First > Count) return null;
        if (!range.IsWithinLine) return new TextSpan(Start(range.First), End(Math.Min(range.Last, Count)));
        int start = Start(range.First), length = End(range.First) - start;
        return range.FirstCharacter > length ? null : new TextSpan(start + range.FirstCharacter - 1, start + Math.Min(range.LastCharacter, length));
    }

    /// <summary>The <c>lines</c> argument that fetches exactly a stretch; an empty stretch at the start of a line is that line, empty.</summary>
    public IEnumerable<LineRange> RangesOf(TextSpan span)
    {
        if (Count == 0) yield break;
        int first = LineAt(span.Start), last = LineAt(span.End);
        if (span.Start > Start(first))
        {
            if (span.Start < Math.Min(span.End, End(first)))
                yield return new LineRange(first, first, span.Start - Start(first) + 1, span.End >= End(first) ? int.MaxValue : span.End - Start(first));
            first++; // what is left of that line is at most its line feed
        }

        int whole = span.End >= End(last) ? last : last - 1;
        if (first <= whole) yield return new LineRange(first, whole == Count ? int.MaxValue : whole);
        if (first <= last && whole < last && span.End > Start(last)) yield return new LineRange(last, last, 1, span.End - Start(last));
    }
}

/// <summary>A stretch of a text, from <paramref name="Start"/> up to but not including <paramref name="End"/>.</summary>
internal readonly record struct TextSpan(int Start, int End)
{
    public int Length => End - Start;
}
