using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Headroom.Storage;

namespace Headroom.Retrieval;

/// <summary>The one visible grammar for anything left out, version 1. See docs/format.md.</summary>
/// <remarks>Pure and thread-safe. Everything here takes time linear in the text.</remarks>
public static class MarkerGrammar
{
    /// <summary>The grammar version that <see cref="Write"/> writes. Version 1 is the one without a number: later ones begin <c>[headroom2 </c>.</summary>
    public const int Version = 1;

    internal const string HeaderWord = "[headroom";
    internal const string HeaderStart = HeaderWord + " ";
    internal const string FooterStart = "[left out parts: " + RetrievalTool.Name + " id=";

    /// <summary>A longer locator (a pointer through very long keys) is not repeated in the footer: it already stands at its gap.</summary>
    private const int MaxFooterLocator = 80;

    /// <summary>Writes an elided text: header, kept parts with gap lines in place, footer; no final line end.</summary>
    /// <param name="id">Id of the original, as <see cref="OriginalId"/> makes it.</param>
    /// <param name="candidate">What is kept and what is left out.</param>
    public static string Write(string id, ElidedCandidate candidate)
    {
        ArgumentNullException.ThrowIfNull(id);
        ArgumentNullException.ThrowIfNull(candidate);
        var text = new StringBuilder();
        int shown = 0;
        foreach (ElidedPart part in candidate.Parts) shown += part is KeptPart { Range: { } range } && range.Unit == candidate.Total.Unit ? range.Count : 0;
        text.Append(CultureInfo.InvariantCulture, $"{HeaderStart}{id}: {candidate.Total.Count:N0} {candidate.Total.Unit}, {shown:N0} shown]\n");
        GapPart? first = null;
        foreach (ElidedPart part in candidate.Parts)
        {
            if (part is KeptPart kept)
            {
                text.Append(kept.Text).Append('\n');
            }
            else if (part is GapPart gap)
            {
                first ??= gap;
                WriteGap(text, gap);
            }
        }

        return text.Append(Footer(id, first)).ToString();
    }

    /// <summary>Takes an elided text apart.</summary>
    /// <param name="text">A text.</param>
    /// <param name="elided">What it says, shows and leaves out.</param>
    /// <returns>
    /// <see langword="false"/> when the text is not exactly what <see cref="Write"/> of this version writes: header line, at least one gap line,
    /// footer line with the same id, numbers that agree. Never throws.
    /// </returns>
    public static bool TryParse(string? text, [NotNullWhen(true)] out ElidedText? elided) => MarkerParser.TryParse(text, out elided);

    /// <summary>Whether a text begins like an elided text of any version.</summary>
    public static bool StartsWithHeader(ReadOnlySpan<char> text)
    {
        if (!text.StartsWith(HeaderWord, StringComparison.Ordinal)) return false;
        ReadOnlySpan<char> rest = text[HeaderWord.Length..].TrimStart("0123456789");
        return rest.Length > 0 && rest[0] == ' ';
    }

    /// <summary>Whether anything in a text could be taken for our header, footer, gap line or block-reference line, by a reader or by <see cref="TryParse"/>.</summary>
    public static bool ContainsMarker(ReadOnlySpan<char> text) => MarkerLookAlike.IsIn(text);

    /// <summary>The ids that occur in headers and footers anywhere in a text (also inside escaped or quoted text), each once, in order.</summary>
    public static IReadOnlyList<string> FindIds(ReadOnlySpan<char> text)
    {
        List<string> ids = [];
        HashSet<string> seen = new(StringComparer.Ordinal);
        int at = 0;
        while (at < text.Length)
        {
            int next = text[at..].IndexOf("headroom", StringComparison.Ordinal);
            if (next < 0) break;
            at += next + "headroom".Length;
            ReadOnlySpan<char> rest = text[at..];
            bool isHeader = at > "headroom".Length && text[at - "headroom".Length - 1] == '[' && StartsWithHeader(text[(at - HeaderWord.Length)..]);
            if (isHeader) rest = rest[(rest.IndexOf(' ') + 1)..];
            else if (rest.StartsWith("_retrieve id=", StringComparison.Ordinal)) rest = rest["_retrieve id=".Length..];
            else continue;
            int length = OriginalId.LengthAtStart(rest);
            if (length == 0 || (isHeader && (length == rest.Length || rest[length] != ':'))) continue;
            string id = new(rest[..length]);
            if (seen.Add(id)) ids.Add(id);
        }

        return ids;
    }

    internal static string Footer(string id, GapPart? first)
    {
        string locator = first is null ? "" : MarkerText.Locator(first.Range);
        if (locator.Length is 0 or > MaxFooterLocator) return $"{FooterStart}{id} with query=\"words\"]";
        string argument = first!.Range.Path is null ? "lines" : "path";
        return $"{FooterStart}{id} with {argument}={locator}, or query=\"words\"]";
    }

    private static void WriteGap(StringBuilder text, GapPart gap)
    {
        string phrase = MarkerText.Phrase(gap.Phrase);
        text.Append('[').Append(MarkerText.Locator(gap.Range)).Append(CultureInfo.InvariantCulture, $": {gap.Range.Count:N0} {gap.Range.Unit}");
        if (phrase.Length > 0) text.Append(", ").Append(phrase);
        text.Append("]\n");
    }
}
