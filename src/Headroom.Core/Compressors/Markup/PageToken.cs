using AngleSharp.Dom;
using AngleSharp.Html;
using AngleSharp.Html.Parser;
using AngleSharp.Html.Parser.Tokens;
using AngleSharp.Text;

namespace Headroom.Compressors.Markup;

/// <summary>A tag or a piece of text of a page.</summary>
/// <param name="Kind">Start tag, end tag, text; other tokens are not read.</param>
/// <param name="Name">Name of the tag in lower case, or the text with entities decoded.</param>
/// <param name="Tag">The tag with its attributes; <see langword="null"/> for text.</param>
/// <param name="Line">Line on which it begins, from 1.</param>
internal readonly record struct PageToken(HtmlTokenType Kind, string Name, HtmlTagToken? Tag, int Line)
{
    private static readonly HashSet<string> Void = new(StringComparer.Ordinal)
    {
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
    };

    public bool Opens(string name) => Kind == HtmlTokenType.StartTag && Name == name;

    /// <summary>Whether an end tag may follow.</summary>
    public bool IsContainer => Kind == HtmlTokenType.StartTag && !Void.Contains(Name);

    /// <summary>An attribute's value; empty where there is none.</summary>
    public string Attribute(string name) => Tag?.GetAttribute(name) ?? "";

    /// <summary>Reads a page from its beginning to its end; there is no tree, so neither depth nor order of the tags costs anything.</summary>
    public static List<PageToken> Read(string text)
    {
        using var source = new TextSource(text);
        using var tokenizer = new HtmlTokenizer(source, HtmlEntityProvider.Resolver) { SkipComments = true };
        List<PageToken> tokens = [];
        int line = 1, at = 0;
        while (true)
        {
            HtmlToken token = tokenizer.Get();
            if (token.Type == HtmlTokenType.EndOfFile) return tokens;
            int index = Math.Clamp(token.Position.Index, at, text.Length);
            line += text.AsSpan(at, index - at).Count('\n');
            at = index;
            if (token.Type == HtmlTokenType.Character) tokens.Add(new PageToken(token.Type, token.Data ?? "", null, line));
            else if (token is HtmlTagToken tag && token.Type is HtmlTokenType.StartTag or HtmlTokenType.EndTag)
            {
                tokens.Add(new PageToken(token.Type, tag.Name, tag, line));
                if (token.Type == HtmlTokenType.StartTag) tokenizer.State = StateAfter(tag.Name);
            }
        }
    }

    /// <summary>Inside some elements nothing but their end tag is a tag.</summary>
    private static HtmlParseMode StateAfter(string name) => name switch
    {
        "script" => HtmlParseMode.Script,
        "style" or "iframe" or "noembed" or "noframes" or "xmp" => HtmlParseMode.Rawtext,
        "title" or "textarea" => HtmlParseMode.RCData,
        _ => HtmlParseMode.PCData,
    };
}
