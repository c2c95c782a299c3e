using System.Buffers;

namespace Headroom.Cli.Audit;

/// <summary>
/// The values of texts, each with a number: runs of letters, digits, underscores and the characters that hold names, paths, versions and dates
/// together, and their parts. Not thread-safe.
/// </summary>
internal sealed class ValueTable
{
    /// <summary>What holds a value together. A colon does not: it stands between the path, the line and the text of a search hit.</summary>
    private static readonly SearchValues<char> Inside = SearchValues.Create("_./\\-+~");

    private static readonly SearchValues<char> Joints = SearchValues.Create("./\\-+~");

    private static readonly SearchValues<char> Separators = SearchValues.Create("/\\");

    /// <summary>Longer runs are data (base64, minified code), not something a model would write out.</summary>
    private const int Longest = 512;

    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _bySpan;
    private readonly List<int> _lastText = [];
    private int _text;

    public ValueTable() => _bySpan = _numbers.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Values known.</summary>
    public int Count => _numbers.Count;

    /// <summary>The number of a value; -1 where no text so far had it.</summary>
    public int Find(ReadOnlySpan<char> value) => _bySpan.TryGetValue(value, out int number) ? number : -1;

    /// <summary>The values of a text, each once.</summary>
    public int[] Read(string text)
    {
        _text++;
        List<int> found = [];
        foreach (Range range in Runs(text))
        {
            ReadOnlySpan<char> run = text.AsSpan()[range];
            Add(run, found);
            if (!run.ContainsAny(Joints)) continue;
            foreach (Range part in Segments(run))
            {
                ReadOnlySpan<char> segment = run[part];
                if (segment.Length < run.Length) Add(segment, found);
                foreach (Range word in Words(segment))
                {
                    if (segment[word].Length < segment.Length && IsTelling(segment[word])) Add(segment[word], found);
                }
            }
        }

        return [.. found];
    }

    /// <summary>The runs of a text, longest first where they nest: what <see cref="Read"/> takes apart further.</summary>
    public static List<Range> Runs(ReadOnlySpan<char> text)
    {
        List<Range> runs = [];
        for (int i = 0; i < text.Length;)
        {
            if (!IsInside(text[i]))
            {
                i++;
                continue;
            }

            int start = i;
            while (i < text.Length && IsInside(text[i])) i++;
            int end = i;
            while (start < end && !IsWord(text[start])) start++;
            while (end > start && !IsWord(text[end - 1])) end--;
            if (end > start) runs.Add(start..end);
        }

        return runs;
    }

    /// <summary>The names between the slashes of a path; of anything else the whole.</summary>
    public static List<Range> Segments(ReadOnlySpan<char> run) => Split(run, static c => Separators.Contains(c));

    /// <summary>The parts of letters, digits and underscores.</summary>
    public static List<Range> Words(ReadOnlySpan<char> segment) => Split(segment, static c => !IsWord(c));

    /// <summary>Whether a value is one a reader could not have come by otherwise: a name, number, path or date, rather than a word of the language.</summary>
    public static bool IsTelling(ReadOnlySpan<char> value)
    {
        bool digits = false, letters = false, joined = false, inner = false, onlyHyphens = true;
        for (int i = 0; i < value.Length; i++)
        {
            char c = value[i];
            if (char.IsAsciiDigit(c)) digits = true;
            else if (char.IsLetter(c))
            {
                letters = true;
                inner |= i > 0 && char.IsUpper(c) && char.IsLower(value[i - 1]);
            }
            else
            {
                joined = true;
                onlyHyphens &= c == '-';
            }
        }

        if (digits && !letters) return value.Length >= 3; // two digits stand everywhere
        if (digits || inner) return value.Length >= 4;
        return joined && !onlyHyphens && value.Length >= 5; // "well-known" is a word
    }

    private void Add(ReadOnlySpan<char> value, List<int> found)
    {
        if (value.Length > Longest) return;
        if (!_bySpan.TryGetValue(value, out int number))
        {
            number = _numbers.Count;
            _numbers.Add(value.ToString(), number);
            _lastText.Add(0);
        }

        if (_lastText[number] == _text) return;
        _lastText[number] = _text;
        found.Add(number);
    }

    private static List<Range> Split(ReadOnlySpan<char> text, Func<char, bool> isBetween)
    {
        List<Range> parts = [];
        int start = 0;
        for (int i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && !isBetween(text[i])) continue;
            if (i > start) parts.Add(start..i);
            start = i + 1;
        }

        return parts;
    }

    private static bool IsInside(char c) => char.IsLetterOrDigit(c) || Inside.Contains(c);

    private static bool IsWord(char c) => char.IsLetterOrDigit(c) || c == '_';
}
