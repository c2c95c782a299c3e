using System.Globalization;

namespace Headroom;

/// <summary>A run of lines or of array rows in an original.</summary>
/// <param name="Path">JSON pointer of the array whose rows are meant (empty for the root); <see langword="null"/> when lines are meant.</param>
/// <param name="First">First line (from 1) or row (from 0), inclusive.</param>
/// <param name="Last">Last line or row, inclusive.</param>
public readonly record struct ContentRange(string? Path, int First, int Last)
{
    /// <summary>Lines <paramref name="first"/> to <paramref name="last"/>, counted from 1, inclusive.</summary>
    public static ContentRange Lines(int first, int last) => new(null, first, last);

    /// <summary>Rows <paramref name="first"/> to <paramref name="last"/>, counted from 0, of the array at <paramref name="path"/>.</summary>
    public static ContentRange Rows(string path, int first, int last) => new(path, first, last);

    /// <summary>How many lines or rows the range holds.</summary>
    public int Count => Last - First + 1;

    /// <summary><c>lines</c> or <c>rows</c>.</summary>
    public string Unit => Path is null ? "lines" : "rows";

    /// <summary>The locator as markers and the retrieval tool spell it: <c>2-310</c> for lines, <c>/items[4-66]</c> for rows.</summary>
    public override string ToString() => Path is null
        ? string.Create(CultureInfo.InvariantCulture, $"{First}-{Last}")
        : string.Create(CultureInfo.InvariantCulture, $"{Path}[{First}-{Last}]");
}
