using System.Text.RegularExpressions;

namespace Headroom.Conversation.References;

/// <summary>Follows references the way a reader would: finds the earlier result by its name, takes the lines, and renumbers them.</summary>
internal static partial class ReferenceReader
{
    /// <summary>What <paramref name="referred"/> says in full.</summary>
    /// <param name="referred">A text with reference lines.</param>
    /// <param name="earlier">What was sent before, by the name a reference uses.</param>
    public static string Follow(string referred, IReadOnlyDictionary<string, string> earlier) =>
        string.Join('\n', referred.Split('\n').SelectMany(line => Reference().Match(line) is { Success: true } match ? Lines(match, earlier) : [line]));

    private static IEnumerable<string> Lines(Match match, IReadOnlyDictionary<string, string> earlier)
    {
        int first = int.Parse(match.Groups["first"].Value), last = match.Groups["last"].Success ? int.Parse(match.Groups["last"].Value) : first;
        string[] lines = earlier[match.Groups["label"].Value].Split('\n');
        int start = new TextLines(string.Join('\n', lines)).IsNumbered
            ? Array.FindIndex(lines, l => Number().Match(l) is { Success: true } n && int.Parse(n.Groups["n"].Value) == first)
            : first - 1;
        Assert.InRange(start, 0, lines.Length - 1);
        int here = match.Groups["here"].Success ? int.Parse(match.Groups["here"].Value) : -1;
        return lines.Skip(start).Take(last - first + 1)
            .Select((line, i) => here < 0 ? line : $"{(here + i).ToString().PadLeft(6)}\t{Number().Replace(line, "", 1)}");
    }

    [GeneratedRegex(@"^\[= lines? (?<first>\d+)(-(?<last>\d+))? of (?<label>.*) above(, here numbered (?<here>\d+)(-\d+)?)?\]$")]
    private static partial Regex Reference();

    [GeneratedRegex(@"^ *(?<n>\d+)\t")]
    private static partial Regex Number();
}
