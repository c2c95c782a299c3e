using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Headroom.Internal.Lines;

/// <summary>Writes whole lines and blocks that stand in a text again as one short line that says where they stood. Every visible line is verbatim.</summary>
/// <remarks>
/// <c>[= lines 3-19: first words]</c> original lines 3 to 19, which begin with these words, stand here again; <c>[= 4 more of the line above]</c>,
/// <c>[= 3 more of the 5 lines above]</c>. In prose also <c>[= last 212 characters of line 12: first words]</c>: this line begins as line 12 ends, and
/// goes on behind the bracket. The words are for the reader, who cannot count lines well; the decoder takes the numbers.
/// An original line that begins with <c>[=</c> is written with one more <c>=</c>.
/// </remarks>
internal static class LineFold
{
    /// <summary>First line of a folded text: the legend, and what the decoder recognises.</summary>
    public const string Header = "[repeats folded: \"[= lines 3-19: words]\" stands for lines 3-19 of the unfolded text, which begin so]\n";

    /// <summary>Estimated tokens the folds of a text must win together: the legend, and a little for the reader.</summary>
    private const int MinGain = 30;

    /// <summary>Characters a decoded text may have beyond a thousand times its folded form. Stops texts made to explode; real ones stay far below.</summary>
    private const long MaxExpansion = 16 * 1024 * 1024;

    /// <summary>Characters of a block's beginning that a reference quotes: two or three words, three or four tokens.</summary>
    private const int MaxWords = 16;

    private const string Mark = "[=", LastCharacters = "[= last ";

    /// <summary>The folded text with its header, or <see langword="null"/> where too little repeats.</summary>
    /// <param name="text">The text.</param>
    /// <param name="overlaps">Whether lines that begin as an earlier one ends are shortened too: for prose, which nobody quotes back to edit it.</param>
    public static string? Encode(string text, bool overlaps = false)
    {
        var lines = new LineList(text);
        if (lines.Count < 3) return null;
        List<FoldSearch.Fold> folds = new FoldSearch(lines).Find();
        Dictionary<int, OverlapSearch.Overlap> begun = overlaps ? new OverlapSearch(lines).Find(folds) : [];
        return folds.Sum(f => f.Gain) + begun.Values.Sum(o => o.Gain) < MinGain ? null : Write(lines, folds, begun);
    }

    /// <summary>Decodes a folded text; <see langword="false"/> when it does not begin with the header or a reference is not possible.</summary>
    public static bool TryDecode(string text, [NotNullWhen(true)] out string? original)
    {
        original = null;
        if (!text.StartsWith(Header, StringComparison.Ordinal)) return false;
        var lines = new LineList(text);
        List<ReadOnlyMemory<char>> decoded = [];
        long size = 0, most = MaxExpansion + 1_000L * text.Length;
        for (int i = 1; i < lines.Count; i++)
        {
            ReadOnlyMemory<char> line = lines.Memory(i);
            if (!line.Span.StartsWith("[= ", StringComparison.Ordinal))
            {
                bool escaped = line.Span.StartsWith("[==", StringComparison.Ordinal);
                decoded.Add(escaped ? string.Concat(Mark, line.Span[3..]).AsMemory() : line);
            }
            else if (line.Span.StartsWith(LastCharacters, StringComparison.Ordinal))
            {
                if (!TryReadOverlap(line.Span, decoded, out string? joined)) return false;
                decoded.Add(joined.AsMemory());
            }
            else
            {
                if (!TryParse(line.Span, decoded.Count, out int from, out int length)) return false;
                for (int k = 0; k < length; k++)
                {
                    decoded.Add(decoded[from + k]);
                    size += decoded[^1].Length + 1;
                    if (size > most) return false;
                }

                continue;
            }

            size += decoded[^1].Length + 1;
            if (size > most) return false;
        }

        original = Join(decoded, size);
        return true;
    }

    private static string Write(LineList lines, List<FoldSearch.Fold> folds, Dictionary<int, OverlapSearch.Overlap> overlaps)
    {
        var text = new StringBuilder(Header);
        int next = 0;
        for (int i = 0; i < lines.Count; i++)
        {
            if (i > 0) text.Append('\n');
            if (next < folds.Count && folds[next].At == i)
            {
                i += folds[next].Length - 1;
                Append(text, lines, folds[next++]);
                continue;
            }

            ReadOnlySpan<char> line = lines[i];
            if (overlaps.TryGetValue(i, out OverlapSearch.Overlap overlap))
            {
                text.Append(CultureInfo.InvariantCulture, $"{LastCharacters}{overlap.Length} characters of line {overlap.From + 1}: ");
                ReadOnlySpan<char> words = Words(line);
                text.Append(words[..(words.IndexOf(']') is >= 0 and var bracket ? bracket : words.Length)]).Append(']').Append(line[overlap.Length..]);
            }
            else if (line.StartsWith(Mark, StringComparison.Ordinal)) text.Append(Mark).Append('=').Append(line[Mark.Length..]);
            else text.Append(line);
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, LineList lines, FoldSearch.Fold fold)
    {
        int period = fold.At - fold.From;
        if (period <= fold.Length && fold.Length % period == 0)
        {
            string what = period == 1 ? "line" : string.Create(CultureInfo.InvariantCulture, $"{period} lines");
            text.Append(CultureInfo.InvariantCulture, $"[= {fold.Length / period} more of the {what} above]");
        }
        else
        {
            text.Append(CultureInfo.InvariantCulture, $"[= line{(fold.Length == 1 ? "" : "s")} {fold.From + 1}");
            if (fold.Length > 1) text.Append(CultureInfo.InvariantCulture, $"-{fold.From + fold.Length}");
            text.Append(": ").Append(FirstWords(lines, fold)).Append(']');
        }
    }

    /// <summary>The beginning of the first line of a block that is not blank, cut between words where it can be.</summary>
    private static ReadOnlySpan<char> FirstWords(LineList lines, FoldSearch.Fold fold)
    {
        int at = fold.From;
        while (at < fold.From + fold.Length - 1 && lines[at].IsWhiteSpace()) at++;
        return Words(lines[at]);
    }

    /// <summary>The first words of a line.</summary>
    private static ReadOnlySpan<char> Words(ReadOnlySpan<char> line)
    {
        line = line.Trim();
        if (line.Length <= MaxWords) return line;
        int end = line[..MaxWords].LastIndexOf(' ');
        line = line[..(end > MaxWords / 2 ? end : MaxWords)];
        return char.IsHighSurrogate(line[^1]) ? line[..^1] : line;
    }

    /// <summary>Reads a reference line: which decoded lines stand here again.</summary>
    private static bool TryParse(ReadOnlySpan<char> line, int decoded, out int from, out int length)
    {
        from = length = 0;
        var scan = new LineScan(line);
        if (!scan.Skip("[= ")) return false;
        if (scan.Skip("lines "))
        {
            if (!scan.Number(out from) || !scan.Skip("-") || !scan.Number(out int last) || !scan.Skip(": ")) return false;
            length = last - --from;
            return from >= 0 && length > 0 && last <= decoded;
        }

        if (scan.Skip("line "))
        {
            length = 1;
            return scan.Number(out from) && scan.Skip(": ") && from-- is > 0 && from < decoded;
        }

        if (!scan.Number(out int times) || !scan.Skip(" more of the ")) return false;
        int period = 1;
        if (!scan.Skip("line") && (!scan.Number(out period) || !scan.Skip(" lines"))) return false;
        from = decoded - period;
        length = (int)Math.Min((long)times * period, int.MaxValue);
        return scan.SkipLast(" above]") && period > 0 && from >= 0 && length > 0;
    }

    /// <summary>Reads a line that begins as an earlier one ends.</summary>
    private static bool TryReadOverlap(ReadOnlySpan<char> line, List<ReadOnlyMemory<char>> decoded, [NotNullWhen(true)] out string? joined)
    {
        joined = null;
        var scan = new LineScan(line[LastCharacters.Length..]);
        if (!scan.Number(out int length) || !scan.Skip(" characters of line ") || !scan.Number(out int from) || !scan.Skip(": ")) return false;
        int end = scan.Rest.IndexOf(']');
        if (from < 1 || from > decoded.Count || end < 0) return false;
        ReadOnlySpan<char> earlier = OverlapSearch.Content(decoded[from - 1].Span);
        if (length > earlier.Length) return false;
        joined = string.Concat(earlier[^length..], scan.Rest[(end + 1)..]);
        return true;
    }

    private static string Join(List<ReadOnlyMemory<char>> decoded, long size)
    {
        var text = new StringBuilder((int)Math.Min(size, int.MaxValue / 4));
        for (int i = 0; i < decoded.Count; i++)
        {
            if (i > 0) text.Append('\n');
            text.Append(decoded[i]);
        }

        return text.ToString();
    }
}
