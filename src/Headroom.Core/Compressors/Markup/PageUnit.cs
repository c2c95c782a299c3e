namespace Headroom.Compressors.Markup;

/// <summary>A passage of a page: a paragraph, an item, a row, a piece of code, or lines that cannot be told apart by lines of the source.</summary>
/// <param name="Kind">What its first line is.</param>
/// <param name="Text">The lines as Markdown; empty for what is left out.</param>
/// <param name="Phrase">What is left out.</param>
/// <param name="First">First source line, from 1.</param>
/// <param name="Last">Last source line.</param>
internal sealed record PageUnit(PageLineKind Kind, string Text, string Phrase, int First, int Last)
{
    /// <summary>Lines of code that make one passage: about a screen half full, so that long listings can be cut.</summary>
    private const int MaxCode = 20;

    /// <summary>Units that together are all of a page's source lines, each once and in order.</summary>
    public static List<PageUnit> Of(List<PageLine> lines, int count)
    {
        List<PageUnit> units = [];
        for (int i = 0; i < lines.Count;)
        {
            bool leftOut = lines[i].Kind == PageLineKind.LeftOut;
            int end = i + 1, last = Math.Clamp(lines[i].Last, 1, count);
            for (; end < lines.Count && GoesOn(lines, i, end, last); end++) last = Math.Clamp(lines[end].Last, last, count);
            if (leftOut && end < lines.Count) last = Math.Min(last, lines[end].First - 1); // its last line holds text too, and stays
            int first = units.Count > 0 ? units[^1].Last + 1 : 1; // the source lines before it hold nothing but tags
            IEnumerable<string> text = lines.Skip(i).Take(end - i).Select(l => l.Text);
            if (first <= last)
                units.Add(new PageUnit(lines[i].Kind, leftOut ? "" : string.Join('\n', text), leftOut ? string.Join(", ", text.Distinct(StringComparer.Ordinal)) : "", first, last));
            i = end;
        }

        if (units.Count > 0) units[^1] = units[^1] with { Last = count };
        return units;
    }

    /// <summary>Whether line <paramref name="at"/> belongs to the unit that began with <paramref name="first"/> and reaches to source line <paramref name="last"/>.</summary>
    private static bool GoesOn(List<PageLine> lines, int first, int at, int last)
    {
        (PageLineKind above, PageLineKind kind) = (lines[first].Kind, lines[at].Kind);
        if (above == PageLineKind.LeftOut || kind == PageLineKind.LeftOut) return above == kind;
        if (lines[at].First <= last) return true; // on the same line of the source
        return kind == PageLineKind.Text ? above is PageLineKind.Begins or PageLineKind.Text : kind == PageLineKind.Code && above == kind && at - first < MaxCode;
    }
}
