using System.Buffers;
using System.Globalization;
using System.Text;

namespace Headroom.Compressors.Listings;

/// <summary>The columns in front of a path (sizes, counts, hashes, states), and how they were padded, as a <c>printf</c> format.</summary>
internal sealed class LeadColumns
{
    /// <summary>Lists have at most three such columns; more is a table.</summary>
    private const int MaxColumns = 3;

    private static readonly SearchValues<char> GitStates = SearchValues.Create("MADRCUT?!-"), HexDigits = SearchValues.Create("0123456789abcdefABCDEF"), NumberCharacters = SearchValues.Create("0123456789.,");

    private static readonly SearchValues<char> ExtensionCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");

    /// <summary>A line without the common extension costs two tokens more than one with it saves.</summary>
    private const double MinExtensionShare = 0.85;

    /// <summary>In lists of fewer characters every name stays whole, ready to be copied into the next call.</summary>
    private const int MinShortenedLength = 16_000;

    private readonly int[] _widths;
    private readonly string[] _gaps;
    private readonly string _extension;

    private LeadColumns(int[] widths, string[] gaps, string extension) => (_widths, _gaps, _extension) = (widths, gaps, extension);

    public int Count => _widths.Length;

    /// <summary>Such as <c>%7s %s.cs</c>; the last is the path, with the extension that nearly all have.</summary>
    public string Format
    {
        get
        {
            var format = new StringBuilder();
            for (int i = 0; i < _widths.Length; i++)
            {
                format.Append('%');
                if (_widths[i] > 0) format.Append(_widths[i].ToString(CultureInfo.InvariantCulture));
                format.Append('s').Append(_gaps[i].Replace("\t", "\\t", StringComparison.Ordinal));
            }

            return format.Append("%s").Append(_extension).ToString();
        }
    }

    /// <summary>The columns that most of the lines have; <see langword="null"/> when most have none.</summary>
    public static LeadColumns? Find(IReadOnlyList<string> lines)
    {
        var counts = new int[MaxColumns + 1];
        foreach (string line in lines) counts[Split(line, MaxColumns).Count]++;
        int columns = Array.IndexOf(counts, counts.Max());
        if (columns == 0) return null;

        var widths = new int[columns];
        var gaps = new string?[columns];
        foreach (string line in lines)
        {
            List<Word> words = Split(line, columns);
            if (words.Count < columns) continue;
            for (int i = 0; i < columns; i++)
            {
                string gap = line[words[i].End..words[i].Next];
                if (gaps[i] is not { } least || gap.Length < least.Length) gaps[i] = gap;
            }
        }

        foreach (string line in lines)
        {
            List<Word> words = Split(line, columns);
            if (words.Count < columns) continue;
            for (int i = 0; i < columns; i++)
            {
                int start = i == 0 ? 0 : words[i - 1].End + gaps[i - 1]!.Length;
                if (words[i].Start > start) widths[i] = Math.Max(widths[i], words[i].End - start);
            }
        }

        return new LeadColumns(widths, gaps!, lines.Sum(l => l.Length + 1L) < MinShortenedLength ? "" : CommonExtension(lines));
    }

    /// <summary>The extension that nearly all lines end with, or empty. The others are then kept as they stand.</summary>
    private static string CommonExtension(IReadOnlyList<string> lines)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        string extension = "";
        int most = 0;
        foreach (string line in lines)
        {
            int dot = line.LastIndexOf('.');
            if (dot <= 0 || line.Length - dot is < 2 or > 8 || line.AsSpan(dot + 1).IndexOfAnyExcept(ExtensionCharacters) >= 0) continue;
            string found = line[dot..];
            int count = counts[found] = counts.GetValueOrDefault(found) + 1;
            if (count > most) (most, extension) = (count, found);
        }

        return most >= MinExtensionShare * lines.Count ? extension : "";
    }

    public static LeadColumns? Parse(string format)
    {
        List<int> widths = [];
        List<string> gaps = [];
        int i = 0;
        while (i < format.Length && format[i] == '%')
        {
            int s = format.IndexOf('s', i);
            if (s < 0) return null;
            int width = 0;
            if (s > i + 1 && !int.TryParse(format.AsSpan(i + 1, s - i - 1), NumberStyles.None, CultureInfo.InvariantCulture, out width)) return null;
            int next = format.IndexOf('%', s);
            if (next < 0) return widths.Count is > 0 and <= MaxColumns && width == 0 ? new LeadColumns([.. widths], [.. gaps], format[(s + 1)..]) : null;
            if (width > 1000) return null;
            widths.Add(width);
            gaps.Add(format[(s + 1)..next].Replace("\\t", "\t", StringComparison.Ordinal));
            i = next;
        }

        return null;
    }

    /// <summary>Takes a line apart; <see langword="false"/> when putting it together again would not give the same line.</summary>
    public bool TryRead(string line, out string[] values, out string path)
    {
        values = [];
        path = "";
        List<Word> words = Split(line, Count);
        if (words.Count < Count) return false;
        values = [.. words.Select(w => line[w.Start..w.End])];
        int pathStart = words[^1].End + _gaps[^1].Length;
        if (pathStart > line.Length) return false;
        if (pathStart + _extension.Length >= line.Length || !line.EndsWith(_extension, StringComparison.Ordinal)) return false;
        path = line[pathStart..^_extension.Length];
        return Write(values, path) == line;
    }

    public string Write(IReadOnlyList<string> values, string path)
    {
        var line = new StringBuilder();
        for (int i = 0; i < Count; i++) line.Append(values[i].PadLeft(_widths[i])).Append(_gaps[i]);
        return line.Append(path).Append(_extension).ToString();
    }

    /// <summary>Leading words that are data: numbers, sizes, percentages, hashes, states of git.</summary>
    private static List<Word> Split(string line, int max)
    {
        List<Word> words = [];
        int i = 0;
        while (words.Count < max)
        {
            int start = i;
            while (start < line.Length && line[start] == ' ') start++;
            int end = start;
            while (end < line.Length && line[end] is not (' ' or '\t')) end++;
            int next = end;
            while (next < line.Length && line[next] is ' ' or '\t') next++;
            if (end == start || next >= line.Length || !IsData(line.AsSpan(start, end - start))) break;
            words.Add(new Word(start, end, next));
            i = next;
        }

        return words;
    }

    private static bool IsData(ReadOnlySpan<char> word)
    {
        if (word.Length <= 2 && word.IndexOfAnyExcept(GitStates) < 0) return true;
        if (word[0] is 'R' or 'C' && word.Length == 4 && word[1..].IndexOfAnyExceptInRange('0', '9') < 0) return true;
        if (word.Length >= 32 && word.IndexOfAnyExcept(HexDigits) < 0) return true;
        int digits = word.IndexOfAnyExcept(NumberCharacters);
        return char.IsAsciiDigit(word[0]) && (digits < 0 || (digits == word.Length - 1 && word[digits] is 'K' or 'k' or 'M' or 'G' or 'T' or 'B' or '%') || word[digits..] is "KB" or "MB" or "GB" or "KiB" or "MiB" or "GiB");
    }

    private readonly record struct Word(int Start, int End, int Next);
}
