using System.Buffers;
using AngleSharp.Html.Parser;

namespace Headroom.Compressors.Markup;

/// <summary>Finds what of a page is not for reading: scripts, styles, drawings, navigation, footers.</summary>
internal sealed class PageRegions
{
    /// <summary>A region with more of the page's letters is the page, however it is called.</summary>
    private const double MaxShare = 0.4;

    private static readonly HashSet<string> Roles = new(StringComparer.OrdinalIgnoreCase) { "navigation", "search", "menu", "menubar", "contentinfo", "banner", "dialog" };

    private static readonly HashSet<string> Boxes = new(StringComparer.Ordinal) { "div", "ul", "ol", "section", "aside", "header", "table", "p", "form" };

    private static readonly HashSet<string> Words = new(StringComparer.OrdinalIgnoreCase) { "nav", "menu", "footer", "toc", "cookie", "cookies", "pagination", "related", "share", "sidebar" };

    private static readonly SearchValues<string> Parts = SearchValues.Create(["navbar", "navigation", "sidebar", "breadcrumb", "navheader", "navfooter", "mainmenu"], StringComparison.OrdinalIgnoreCase);

    private readonly List<PageToken> _tokens;
    private readonly int[] _end;
    private readonly int[] _letters;
    private readonly int[] _mains;

    public PageRegions(List<PageToken> tokens)
    {
        _tokens = tokens;
        _end = new int[tokens.Count];
        _letters = new int[tokens.Count + 1];
        _mains = new int[tokens.Count + 1];
        MatchTags();
        bool hidden = false;
        for (int i = 0; i < tokens.Count; i++)
        {
            PageToken token = tokens[i];
            if (token.Kind == HtmlTokenType.StartTag) hidden = token.Name is "script" or "style";
            _letters[i + 1] = _letters[i] + (token.Kind == HtmlTokenType.Character && !hidden ? Letters(token.Name) : 0);
            _mains[i + 1] = _mains[i] + (token.Opens("main") || token.Opens("article") || token.Opens("h1") ? 1 : 0);
        }
    }

    /// <summary>Letters and digits for a reader.</summary>
    public int TotalLetters => _letters[^1];

    /// <summary>What the tag at <paramref name="at"/> begins that is left out, and its last token; <see langword="null"/> where it begins none.</summary>
    public string? LeftOut(int at, out int last)
    {
        PageToken token = _tokens[at];
        last = _end[at];
        if (token.Kind != HtmlTokenType.StartTag) return null;
        if (token.Name is "script" or "style" or "template" or "svg" or "noscript" or "iframe" or "object" or "canvas" or "textarea" or "select")
        {
            if (last < 0 && token.Name is not ("script" or "style")) return null;
            if (last < 0) last = _tokens.Count - 1; // the rest of the text is in it
            return token.Name is "template" or "noscript" or "object" or "canvas" or "iframe" ? "script" : token.Name is "textarea" or "select" ? "form" : token.Name;
        }

        if (last < 0 || token.Name is "html" or "body" or "main" or "article") return null;
        string? why = Reason(token);
        bool isContent = _mains[last] > _mains[at] || _letters[last] - _letters[at] > MaxShare * TotalLetters;
        return why is null || isContent ? null : why;
    }

    private static string? Reason(PageToken token)
    {
        if (token.Name is "nav") return "navigation";
        if (token.Name is "footer") return "footer";
        if (token.Tag!.Attributes.Count == 0) return null;
        string role = token.Attribute("role");
        if (Roles.Contains(role)) return role.ToLowerInvariant() switch { "contentinfo" => "footer", "search" => "search", "dialog" => "dialog", _ => "navigation" };
        if (token.Attribute("aria-hidden") == "true" && Boxes.Contains(token.Name)) return "hidden";
        return Boxes.Contains(token.Name) && (IsNavigation(token.Attribute("class")) || IsNavigation(token.Attribute("id"))) ? "navigation" : null;
    }

    private static bool IsNavigation(ReadOnlySpan<char> names)
    {
        if (names.IsEmpty) return false;
        if (names.ContainsAny(Parts)) return true;
        var words = Words.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (Range range in names.SplitAny(" -_"))
        {
            if (words.Contains(names[range])) return true;
        }

        return false;
    }

    /// <summary>For each start tag the end tag of the same name that closes it, or -1; what stands between may be nested wrongly.</summary>
    private void MatchTags()
    {
        var open = new Dictionary<string, Stack<int>>(StringComparer.Ordinal);
        for (int i = 0; i < _tokens.Count; i++)
        {
            _end[i] = -1;
            PageToken token = _tokens[i];
            if (token.IsContainer)
            {
                if (!open.TryGetValue(token.Name, out Stack<int>? stack)) open.Add(token.Name, stack = new Stack<int>());
                stack.Push(i);
            }
            else if (token.Kind == HtmlTokenType.EndTag && open.TryGetValue(token.Name, out Stack<int>? starts) && starts.TryPop(out int start)) _end[start] = i;
        }
    }

    private static int Letters(string text)
    {
        int letters = 0;
        foreach (char c in text)
        {
            if (char.IsLetterOrDigit(c)) letters++;
        }

        return letters;
    }
}
