namespace Headroom.Compressors.Markup;

/// <summary>A line of a page as it is read, or a stretch of it that is not for reading.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">The line as Markdown; of a stretch that is left out, what it is.</param>
/// <param name="First">First line of the page that it comes from, from 1.</param>
/// <param name="Last">Last line that it comes from.</param>
internal readonly record struct PageLine(PageLineKind Kind, string Text, int First, int Last);

/// <summary>What a line of a page is.</summary>
internal enum PageLineKind
{
    /// <summary>Goes on with the text above.</summary>
    Text,

    /// <summary>Begins a paragraph, a list item or a row.</summary>
    Begins,

    /// <summary>A heading or the title.</summary>
    Heading,

    /// <summary>Says nothing but the names of links.</summary>
    Links,

    /// <summary>Preformatted.</summary>
    Code,

    /// <summary>Not for reading.</summary>
    LeftOut,
}
