using System.Text;

namespace Headroom.Internal.Selection;

/// <summary>Words for what a gap holds, fit to stand in a marker.</summary>
internal static class GapWords
{
    /// <summary>Longest phrase, in characters: a marker is a pointer, not a summary.</summary>
    private const int MaxLength = 72;

    /// <summary>The phrase in printable ASCII, without brackets at its end, shortened between words.</summary>
    public static string Clean(string phrase)
    {
        var text = new StringBuilder();
        foreach (char c in phrase)
        {
            if (c is ' ' or '\t') text.Append(text.Length > 0 && text[^1] != ' ' ? " " : "");
            else if (c is > ' ' and < '\u007f') text.Append(c is '[' ? '(' : c is ']' ? ')' : c);
        }

        string clean = text.ToString();
        if (clean.Length > MaxLength)
        {
            int cut = clean.LastIndexOf(' ', MaxLength);
            clean = string.Concat(clean.AsSpan(0, cut > MaxLength / 2 ? cut : MaxLength), " ...");
        }

        return clean.Trim(' ', ',', ';', ':');
    }

    /// <summary>Up to <paramref name="count"/> names in the order given, and how many more there are.</summary>
    public static string Names(IReadOnlyList<string> names, int count) =>
        string.Join(", ", names.Take(count)) + (names.Count > count ? $" and {names.Count - count} more" : "");
}
