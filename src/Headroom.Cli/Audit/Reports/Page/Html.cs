using System.Globalization;
using System.Net;
using System.Text;

namespace Headroom.Cli.Audit.Reports.Page;

/// <summary>Writes HTML. Everything that is not a literal of ours goes through <see cref="Text"/>.</summary>
internal sealed class Html
{
    /// <summary>Names of a transcript may be of any length; what is longer is cut.</summary>
    private const int LongestText = 200;

    private readonly StringBuilder _text = new();

    /// <summary>Markup of ours.</summary>
    public Html Raw(string markup)
    {
        _text.Append(markup);
        return this;
    }

    /// <summary>Markup of ours around texts that are escaped.</summary>
    public Html Format(FormattableString markup)
    {
        _text.Append(CultureInfo.InvariantCulture, $"{string.Format(new Escaping(), markup.Format, markup.GetArguments())}");
        return this;
    }

    /// <summary>Any text, escaped: also good inside a quoted attribute.</summary>
    public static string Text(string text) => WebUtility.HtmlEncode(Figure.Line(text.Length > LongestText ? text[..LongestText] + "…" : text));

    public override string ToString() => _text.ToString();

    private sealed class Escaping : IFormatProvider, ICustomFormatter
    {
        public object? GetFormat(Type? formatType) => formatType == typeof(ICustomFormatter) ? this : null;

        public string Format(string? format, object? arg, IFormatProvider? formatProvider) => arg switch
        {
            null => "",
            Html markup => markup.ToString(),
            double or float => ((IFormattable)arg).ToString(format ?? "0.##", CultureInfo.InvariantCulture),
            IFormattable number => number.ToString(format, CultureInfo.InvariantCulture),
            _ => Text(arg.ToString() ?? ""),
        };
    }
}
