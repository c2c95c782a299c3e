using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Headroom.Routing;

/// <summary>
/// Writes and reads the encoding of texts that mix kinds: a first line that says how many lines each part has and whether it is
/// re-encoded, then the parts, one after the other. <c>[parts by lines: 3 as is, 14 encoded, 2 as is]</c>
/// </summary>
internal static class PartsFormat
{
    public const string Name = "parts";

    /// <summary>What naming one more part in the first line costs, in tokens, with the two plain neighbours it may split.</summary>
    public const int CostOfAPart = 8;

    private const string Start = "[parts by lines: ";

    public static string Write(IReadOnlyList<EncodedPart> parts)
    {
        List<EncodedPart> merged = [];
        foreach (EncodedPart part in parts)
        {
            if (merged.Count > 0 && !merged[^1].IsEncoded && !part.IsEncoded) merged[^1] = merged[^1] with { Text = merged[^1].Text + "\n" + part.Text };
            else merged.Add(part);
        }

        var text = new StringBuilder(Start);
        text.AppendJoin(", ", merged.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Text.AsSpan().Count('\n') + 1} {(p.IsEncoded ? "encoded" : "as is")}")));
        text.Append(']');
        foreach (EncodedPart part in merged) text.Append('\n').Append(part.Text);
        return text.ToString();
    }

    public static bool TryExpand(string text, Func<string, string> expandPart, [NotNullWhen(true)] out string? original)
    {
        original = null;
        if (!text.StartsWith(Start, StringComparison.Ordinal)) return false;
        int lineEnd = text.IndexOf('\n', StringComparison.Ordinal);
        if (lineEnd < 0 || text[lineEnd - 1] != ']') return false;
        var result = new StringBuilder();
        int at = lineEnd + 1;
        foreach (Range range in text.AsSpan(Start.Length, lineEnd - 1 - Start.Length).Split(", "))
        {
            ReadOnlySpan<char> part = text.AsSpan(Start.Length, lineEnd - 1 - Start.Length)[range];
            int space = part.IndexOf(' ');
            if (space < 0 || !int.TryParse(part[..space], NumberStyles.None, CultureInfo.InvariantCulture, out int lines) || lines == 0 || at < 0) return false;
            int end = at;
            for (int i = 0; i < lines; i++)
            {
                int next = end > text.Length ? -1 : text.IndexOf('\n', end);
                if (next < 0 && i < lines - 1) return false;
                end = next < 0 ? text.Length + 1 : next + 1;
            }

            string body = text[at..(end - 1)];
            if (result.Length > 0 || at > lineEnd + 1) result.Append('\n');
            if (part[(space + 1)..] is "encoded") result.Append(expandPart(body));
            else if (part[(space + 1)..] is "as is") result.Append(body);
            else return false;
            at = end > text.Length ? -1 : end;
        }

        if (at >= 0) return false;
        original = result.ToString();
        return true;
    }
}
