using System.Globalization;

namespace Headroom.Retrieval;

/// <summary>Answers with lines of the original, or with all of it page by page.</summary>
internal static class LinesAnswer
{
    /// <summary>Ranges repeated at most in "next": whoever asked for more knows which are left.</summary>
    private const int MaxNext = 8;

    public static string Write(AnswerPage page, RetrievalRequest request)
    {
        TextLines lines = page.Lines;
        if (lines.Count == 0) return "[the original is empty]";
        IReadOnlyList<LineRange> ranges = request.Lines.Count > 0 ? request.Lines : [new LineRange(1, int.MaxValue)];
        for (int i = 0; i < ranges.Count; i++)
        {
            if (lines.Find(ranges[i]) is not { } span)
            {
                page.AddLine(Missing(lines, ranges[i]));
                continue;
            }

            string header = Header(lines, span);
            if (page.Fits(header, span, isLast: i == ranges.Count - 1))
            {
                page.Add($"[{header}]", span);
                continue;
            }

            TextSpan cut = page.Cut(header, span);
            IEnumerable<LineRange> rest = Rest(lines, cut, span).Concat(ranges.Skip(i + 1));
            page.Add($"[{(cut.Length > 0 ? Header(lines, cut) : "no room left")}; next: {Next(rest)}]", cut);
            break;
        }

        return page.ToString();
    }

    /// <summary>The <c>lines</c> argument that fetches the given ranges.</summary>
    public static string Next(IEnumerable<LineRange> ranges) => "lines=" + string.Join(',', ranges.Take(MaxNext));

    /// <summary>The lines that fetch what is left of a stretch after a cut, without the line feed the cut ended at.</summary>
    public static IEnumerable<LineRange> Rest(TextLines lines, TextSpan cut, TextSpan span)
    {
        if (cut.End == span.End) return [];
        int start = cut.Length > 0 && lines.Text[cut.End] == '\n' ? cut.End + 1 : cut.End;
        return lines.RangesOf(new TextSpan(start, span.End));
    }

    /// <summary>Names a stretch: <c>lines 120-180 of 2,000</c>, or <c>line 1 of 1, characters 1-20,000 of 55,000</c>.</summary>
    public static string Header(TextLines lines, TextSpan span)
    {
        int first = lines.LineAt(span.Start);
        int last = lines.LineAt(span.End);
        string which = first == last ? $"line {N(first)} of {N(lines.Count)}" : $"lines {N(first)}-{N(last)} of {N(lines.Count)}";
        int start = lines.Start(first), end = lines.End(last);
        if (span.Start == start && span.End >= end) return which;
        return first == last
            ? $"{which}, characters {N(span.Start - start + 1)}-{N(span.End - start)} of {N(end - start)}"
            : $"{which}, from character {N(span.Start - start + 1)} of the first to {N(span.End - lines.Start(last))} of the last";
    }

    private static string Missing(TextLines lines, LineRange range)
    {
        if (range.First > lines.Count) return $"[no line {N(range.First)}: the original has {N(lines.Count)} lines]";
        return $"[no character {N(range.FirstCharacter)} in line {N(range.First)}: it has {N(lines.End(range.First) - lines.Start(range.First))}]";
    }

    private static string N(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
