using System.Globalization;
using System.Text;

namespace Headroom.Retrieval;

/// <summary>The one visible grammar for anything left out, version 1. See docs/format.md.</summary>
public static class MarkerGrammar
{
    private const string HeaderStart = "[headroom ";

    /// <summary>Writes an elided text: header, kept parts with gap lines in place, footer.</summary>
    public static string Write(string id, ElidedCandidate candidate)
    {
        ArgumentNullException.ThrowIfNull(candidate);
        var text = new StringBuilder();
        int shown = candidate.Parts.OfType<KeptPart>().Sum(p => p.Range?.Count ?? 0);
        text.Append(CultureInfo.InvariantCulture, $"{HeaderStart}{id}: {candidate.Total.Count:N0} {candidate.Total.Unit}, {shown:N0} shown]\n");
        foreach (ElidedPart part in candidate.Parts)
        {
            if (part is KeptPart kept) text.Append(kept.Text).Append('\n');
            else if (part is GapPart gap) text.Append(CultureInfo.InvariantCulture, $"[{gap.Range}: {gap.Range.Count:N0} {gap.Range.Unit}{(gap.Phrase.Length > 0 ? ", " : "")}{gap.Phrase}]\n");
        }

        GapPart? first = candidate.Parts.OfType<GapPart>().FirstOrDefault();
        string argument = first is null ? "" : first.Range.Path is null ? $" with lines={first.Range}" : $" with path={first.Range}";
        return text.Append(CultureInfo.InvariantCulture, $"[left out parts: {RetrievalTool.Name} id={id}{argument}, or query=\"words\"]").ToString();
    }

    /// <summary>Whether a text begins like an elided text.</summary>
    public static bool StartsWithHeader(ReadOnlySpan<char> text) => text.StartsWith(HeaderStart, StringComparison.Ordinal);

    /// <summary>Whether any line of a text looks like a marker.</summary>
    public static bool ContainsMarker(ReadOnlySpan<char> text) => text.Contains(HeaderStart, StringComparison.Ordinal);
}
