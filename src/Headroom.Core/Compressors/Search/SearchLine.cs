namespace Headroom.Compressors.Search;

/// <summary>One line of a search result. <c>Path + Separator + Number + Separator + Text</c> (without number: <c>Path + Separator + Text</c>) is the line.</summary>
/// <param name="Path">The file, or <see langword="null"/> when the line is no hit.</param>
/// <param name="Number">The line number's digits, or empty.</param>
/// <param name="Separator"><c>:</c> a hit, <c>-</c> context, <c>=</c> the enclosing function.</param>
/// <param name="Text">What stands in the file; the whole line when it is no hit.</param>
internal readonly record struct SearchLine(string? Path, string Number, char Separator, string Text)
{
    public static SearchLine Other(string text) => new(null, "", '\0', text);

    /// <summary>The line as it stood in the result.</summary>
    public override string ToString() =>
        Path is null ? Text : Number.Length == 0 ? $"{Path}{Separator}{Text}" : $"{Path}{Separator}{Number}{Separator}{Text}";
}
