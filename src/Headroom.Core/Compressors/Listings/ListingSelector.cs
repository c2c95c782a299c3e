using System.Buffers;
using Headroom.Internal.Lines;

namespace Headroom.Compressors.Listings;

/// <summary>Chooses the entries that stay visible: those the question names, headings and totals, then what is nearest to the root.</summary>
internal static class ListingSelector
{
    private const int Asked = 60, PerTerm = 8, Heading = 50, Shallow = 40, PerLevel = 4, Deep = 5;

    public static ElidedCandidate? Select(CompressionRequest request, int budget)
    {
        string[] lines = LineSelection.LinesOf(request.Text);
        int[] matches = new QuestionTerms(request.Question).Matches(lines);
        var interest = new int[lines.Length];
        for (int i = 0; i < lines.Length; i++)
        {
            if (string.IsNullOrWhiteSpace(lines[i])) continue;
            bool heading = lines[i].TrimEnd('\r').EndsWith(':') || lines[i].Contains("total", StringComparison.Ordinal);
            interest[i] = heading ? Heading : Math.Max(Deep, Shallow - PerLevel * Level(lines[i]));
            if (matches[i] > 0) interest[i] = Asked + PerTerm * Math.Min(4, matches[i]);
        }

        return LineSelection.Select(lines, interest, budget, (first, last) => Phrase(lines, first, last));
    }

    private static readonly SearchValues<char> Drawing = SearchValues.Create("│├└─ \u00a0|`+-\\");

    /// <summary>How deep an entry is: separators of its path, or pieces of drawing in front of its name.</summary>
    private static int Level(string line)
    {
        int drawn = line.AsSpan().IndexOfAnyExcept(Drawing);
        return drawn > 3 && line[0] is not ' ' ? drawn / 4 : line.AsSpan().Count('/') + line.AsSpan().Count('\\');
    }

    /// <summary>The directory the lines share and the extensions they have.</summary>
    private static string Phrase(string[] lines, int first, int last)
    {
        var extensions = new TopNames();
        string? shared = null;
        for (int i = first; i <= last; i++)
        {
            string line = lines[i].TrimEnd('\r');
            string path = line[(line.LastIndexOfAny([' ', '\t', '\u00a0']) + 1)..];
            if (path.Length == 0) continue;
            int dot = path.LastIndexOf('.'), slash = path.LastIndexOfAny(['/', '\\']);
            if (dot > slash + 1) extensions.Add(path[dot..]);
            string directory = path[..(slash + 1)];
            shared = shared is null ? directory : directory[..directory.AsSpan().CommonPrefixLength(shared)];
        }

        shared = shared?[..(shared.LastIndexOfAny(['/', '\\']) + 1)] ?? "";
        return shared.Length is > 0 and < 100 ? $"in {shared}: {extensions}".TrimEnd(' ', ':') : extensions.ToString();
    }
}
