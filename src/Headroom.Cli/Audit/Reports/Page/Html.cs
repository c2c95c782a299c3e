using System.Globalization;
using System.Net;
using System.Text;
using Headroom.Cli.Terminals;

namespace Headroom.Cli.Audit.Reports.Page;

/// <summary>Writes HTML. Whatever stands in the holes of <see cref="Format"/> is escaped, but for HTML itself.</summary>
internal sealed class Html
{
    /// <summary>Names of a transcript may be of any length; what is longer is cut.</summary>
    private const int LongestText = 400;

    private static readonly Escaping s_escaping = new();

    private readonly StringBuilder _text = new();

    /// <summary>Markup of ours.</summary>
    public Html Raw(string markup)
    {
        _text.Append(markup);
        return this;
    }

    public Html Add(Html html)
    {
        _text.Append(html._text);
        return this;
    }

    /// <summary>Markup of ours around texts and numbers.</summary>
    public Html Format(FormattableString markup)
    {
        _text.AppendFormat(s_escaping, markup.Format, markup.GetArguments());
        return this;
    }

    /// <summary>The begin of a picture with its name and description, which readers of screens say.</summary>
    public static Html OpenSvg(string id, int width, int height, string title, string description)
    {
        var svg = new Html();
        svg.Format($"<svg id=\"{id}\" viewBox=\"0 0 {width} {height}\" role=\"img\" aria-labelledby=\"{id}-t {id}-d\">");
        return svg.Format($"<title id=\"{id}-t\">{title}</title><desc id=\"{id}-d\">{description}</desc>\n");
    }

    public override string ToString() => _text.ToString();

    private sealed class Escaping : IFormatProvider, ICustomFormatter
    {
        public object? GetFormat(Type? formatType) => formatType == typeof(ICustomFormatter) ? this : null;

        public string Format(string? format, object? arg, IFormatProvider? formatProvider) => arg switch
        {
            null => "",
            Html markup => markup.ToString(),
            double number => number.ToString(format ?? "0.##", CultureInfo.InvariantCulture),
            IFormattable number => number.ToString(format, CultureInfo.InvariantCulture),
            _ => Escape(arg.ToString() ?? ""),
        };

        private static string Escape(string text) => WebUtility.HtmlEncode(Figure.Line(text.Length > LongestText ? text[..LongestText] + "…" : text));
    }
}
