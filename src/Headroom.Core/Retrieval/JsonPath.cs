using System.Globalization;

namespace Headroom.Retrieval;

/// <summary>The <c>path</c> argument taken apart: keys to follow, and the rows wanted of the array they lead to.</summary>
/// <param name="Keys">Object keys and array indexes, decoded, from the root.</param>
/// <param name="FirstRow">First row wanted, from 0; -1 when the value itself is wanted.</param>
/// <param name="LastRow">Last row wanted; <see cref="int.MaxValue"/> for "to the end".</param>
internal sealed record JsonPath(IReadOnlyList<string> Keys, int FirstRow = -1, int LastRow = -1)
{
    /// <summary>
    /// What a path may mean, the most literal reading first: a pointer with rows as markers spell it (<c>/items[4-66]</c>), a pointer whose keys hold
    /// brackets, and the spelling of JavaScript (<c>$.items[3].name</c>), which models fall into.
    /// </summary>
    public static IEnumerable<JsonPath> Readings(string path)
    {
        string text = path.Trim(' ', '"', '\'', '`');
        bool isScript = text.StartsWith('$') || (!text.StartsWith('/') && !text.StartsWith('[') && !text.StartsWith('#'));
        if (text.StartsWith('#') || text.StartsWith('$')) text = text[1..];
        (string pointer, int first, int last) = SplitRows(text);
        yield return new JsonPath(KeysOf(pointer, unescape: true), first, last);
        if (first >= 0) yield return new JsonPath(KeysOf(text, unescape: false));
        string indexed = pointer.Replace("][", "/", StringComparison.Ordinal).Replace('[', '/').Replace("]", "", StringComparison.Ordinal).Replace("'", "", StringComparison.Ordinal).Replace("\"", "", StringComparison.Ordinal);
        if (indexed != pointer) yield return new JsonPath(KeysOf(indexed, unescape: true), first, last);
        if (isScript) yield return new JsonPath(KeysOf(indexed.Replace('.', '/'), unescape: true), first, last);
        int slash = pointer.LastIndexOf('/'); // /items/4-66
        if (first < 0 && slash >= 0 && TryParseRows(pointer.AsSpan(slash + 1), out first, out last)) yield return new JsonPath(KeysOf(pointer[..slash], unescape: true), first, last);
    }

    /// <summary>The JSON pointer of the keys up to <paramref name="count"/>.</summary>
    public string Pointer(int count) =>
        string.Concat(Keys.Take(count).Select(k => "/" + k.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)));

    private static (string Pointer, int First, int Last) SplitRows(string text)
    {
        int open = text.LastIndexOf('[');
        if (open < 0 || !text.EndsWith(']')) return (text, -1, -1);
        return TryParseRows(text.AsSpan(open + 1, text.Length - open - 2), out int first, out int last) ? (text[..open], first, last) : (text, -1, -1);
    }

    /// <summary>Reads <c>4-66</c>, <c>4..66</c>, <c>4:66</c>, <c>4-</c>, <c>-66</c>, <c>4</c>, <c>*</c> and nothing.</summary>
    private static bool TryParseRows(ReadOnlySpan<char> text, out int first, out int last)
    {
        first = 0;
        last = int.MaxValue;
        text = text.Trim();
        if (text.Length == 0 || text is "*") return true;
        int from = text.IndexOfAnyExceptInRange('0', '9');
        if (from < 0)
        {
            bool isIndex = TryParseRow(text, out first);
            last = first;
            return isIndex;
        }

        int to = from;
        while (to < text.Length && text[to] is '-' or '.' or ':' or ' ') to++;
        if (to == from || (from > 0 && !TryParseRow(text[..from], out first)) || (to < text.Length && !TryParseRow(text[to..], out last))) return false;
        if (from == 0 && to == text.Length) return false;
        if (first > last) (first, last) = (last, first);
        return true;
    }

    private static bool TryParseRow(ReadOnlySpan<char> text, out int row) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out row);

    /// <summary>The keys of a JSON pointer; the slash in front may be missing.</summary>
    public static string[] KeysOf(string pointer, bool unescape)
    {
        if (pointer.StartsWith('/')) pointer = pointer[1..];
        else if (pointer.Length == 0) return [];
        return
        [
            .. pointer.Split('/').Select(k => (unescape ? MarkerText.Unescape(k) : k)
                .Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)),
        ];
    }
}
