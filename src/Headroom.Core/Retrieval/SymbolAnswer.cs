using System.Globalization;
using Headroom.Internal.Code;

namespace Headroom.Retrieval;

/// <summary>Answers with what source code declares under a name: whole lines, comments and attributes above included.</summary>
internal static class SymbolAnswer
{
    /// <summary>Names listed where nothing has the one asked for: a screenful of a file's members.</summary>
    private const int MaxNames = 16;

    /// <summary>The answer, or <see langword="null"/> where the original declares nothing, or nothing of that name and may be no code (an attribute looks like an array).</summary>
    public static string? Write(AnswerPage page, RetrievalRequest request, bool isCode)
    {
        CodeOutline outline = CodeOutline.Of(page.Lines.Text);
        if (outline.Declarations.Count == 0) return null;
        List<(string Name, TextSpan Span)> found = [];
        List<string> problems = [];
        foreach (SymbolPath symbol in SymbolPath.Split(request.Path!))
        {
            List<Declaration> matches = symbol.In(outline);
            if (matches.Count == 0) problems.Add(NotFound(page, outline, symbol));
            found.AddRange(matches.Select(d => (outline.PathOf(d), SpanOf(page.Lines, d))));
        }

        if (found.Count == 0 && !isCode) return null;
        if (found.Count > 0 && request.Query is not null) return QueryAnswer.Write(page, request, found.Select(f => f.Span));
        for (int i = 0; i < found.Count; i++)
        {
            (string name, TextSpan span) = found[i];
            string header = $"{MarkerText.Phrase(name)}: {LinesAnswer.Header(page.Lines, span)}";
            if (page.Fits(header, span, isLast: i == found.Count - 1 && problems.Count == 0))
            {
                page.Add($"[{header}]", span);
                continue;
            }

            TextSpan cut = page.Cut(header, span);
            IEnumerable<LineRange> rest = LinesAnswer.Rest(page.Lines, cut, span).Concat(found.Skip(i + 1).SelectMany(f => page.Lines.RangesOf(f.Span)));
            page.Add($"[{(cut.Length > 0 ? "start of " + header : "no room left")}; next: {LinesAnswer.Next(rest)}]", cut);
            return page.ToString();
        }

        foreach (string problem in problems) page.AddLine($"[{problem}]");
        return page.ToString();
    }

    private static TextSpan SpanOf(TextLines lines, Declaration declaration) =>
        new(lines.Start(declaration.First + 1), lines.End(Math.Min(declaration.Last + 1, lines.Count)));

    private static string NotFound(AnswerPage page, CodeOutline outline, SymbolPath symbol)
    {
        List<string> near = [.. outline.Declarations.Where(symbol.IsNear).Select(outline.PathOf).Distinct(StringComparer.Ordinal).Take(MaxNames)];
        if (near.Count > 0) return $"nothing called {MarkerText.Phrase(symbol.Text)} is declared; did you mean {MarkerText.Phrase(string.Join(", ", near))}?";
        List<string> all = [.. outline.Declarations.Where(d => !d.IsLocal && d.Kind != LineKind.Field && d.Name.Length > 0).Select(outline.PathOf).Distinct(StringComparer.Ordinal)];
        string more = all.Count > MaxNames ? string.Create(CultureInfo.InvariantCulture, $" and {all.Count - MaxNames:N0} more") : "";
        string names = all.Count > 0 ? $"; declared are {string.Join(", ", all.Take(MaxNames).Select(n => MarkerText.Phrase(n)))}{more}" : "";
        return string.Create(CultureInfo.InvariantCulture, $"nothing called {MarkerText.Phrase(symbol.Text)} is declared in {page.Lines.Count:N0} lines{names}");
    }
}
