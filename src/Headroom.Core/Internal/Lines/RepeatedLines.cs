using System.Globalization;

namespace Headroom.Internal.Lines;

/// <summary>Leaves out lines that go on as they did before: <c>[12 more lines as above]</c>.</summary>
/// <remarks>The note means: after the line in front of it, the next lines are those that followed the last earlier occurrence of that line.
/// Runs, recursion and common tails all fold this way. Linear.</remarks>
internal static class RepeatedLines
{
    private const string Start = "[", End = " more lines as above]";

    /// <summary>A note is about seven tokens, so is one short line.</summary>
    private const int MinCharacters = 48;

    /// <summary>The lines that stay; a <see langword="null"/> line is a note about <c>Count</c> lines.</summary>
    public static List<(string? Line, int Count)> Fold(IReadOnlyList<string> lines)
    {
        var folded = new List<(string?, int)>(lines.Count);
        var last = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < lines.Count; i++)
        {
            folded.Add((lines[i], 1));
            bool seen = last.TryGetValue(lines[i], out int before);
            last[lines[i]] = i;
            if (!seen) continue;
            int count = 0, characters = 0;
            while (i + 1 + count < lines.Count && lines[before + 1 + count] == lines[i + 1 + count]) characters += lines[i + 1 + count++].Length + 1;
            if (count < 2 || characters < MinCharacters) continue;
            folded.Add((null, count));
            for (; count > 0; count--) last[lines[++i]] = i;
        }

        return folded;
    }

    public static string Note(int count) => string.Create(CultureInfo.InvariantCulture, $"{Start}{count}{End}");

    /// <summary>Whether a line reads as a note.</summary>
    public static bool IsNote(string line, out int count)
    {
        count = 0;
        return line.EndsWith(End, StringComparison.Ordinal) && line.StartsWith(Start, StringComparison.Ordinal)
            && int.TryParse(line.AsSpan(Start.Length, line.Length - Start.Length - End.Length), NumberStyles.None, CultureInfo.InvariantCulture, out count);
    }
}
