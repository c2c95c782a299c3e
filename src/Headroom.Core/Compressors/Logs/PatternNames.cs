using System.Globalization;
using System.Runtime.InteropServices;

namespace Headroom.Compressors.Logs;

/// <summary>Names patterns after a word in them, so that rows speak for themselves.</summary>
internal static class PatternNames
{
    /// <summary>Longer words cost more than one token.</summary>
    private const int MaxLength = 9;

    public static string?[] Choose(LogLines lines, RecordShape?[] shapes)
    {
        var usage = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (RecordShape? shape in shapes)
        {
            if (shape is null) continue;
            foreach ((string word, _) in Words(lines, shape)) CollectionsMarshal.GetValueRefOrAddDefault(usage, word, out _)++;
        }

        var names = new string?[shapes.Length];
        var taken = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < shapes.Length; i++)
        {
            if (shapes[i] is not { } shape) continue;
            string? best = null;
            int least = int.MaxValue;
            foreach ((string word, int awkward) in Words(lines, shape))
            {
                int cost = usage[word] + awkward; // a word that few patterns have tells them apart
                if (cost < least && !taken.Contains(word)) (best, least) = (word, cost);
            }

            if (best is null && taken.Add("at")) best = "at"; // only a time is constant
            for (int n = 1; best is null; n++)
            {
                string numbered = string.Create(CultureInfo.InvariantCulture, $"row{n}");
                if (!taken.Contains(numbered)) best = numbered;
            }

            taken.Add(best);
            names[i] = best;
        }

        return names;
    }

    /// <summary>The words in what is constant of a shape, and how ill each would do as a name.</summary>
    private static List<(string Word, int Awkward)> Words(LogLines lines, RecordShape shape)
    {
        List<(string, int)> words = [];
        var known = new HashSet<string>(StringComparer.Ordinal);
        ReadOnlySpan<LineToken> tokens = lines.Tokens(shape.First.Line, shape.First.Lines);
        for (int i = 0; i < tokens.Length; i++)
        {
            if (shape.Varies(i) || tokens[i].Kind == TokenKind.Time) continue;
            ReadOnlySpan<char> value = lines.Value(tokens[i]);
            int start = -1;
            for (int k = 0; k <= value.Length; k++)
            {
                bool letter = k < value.Length && char.IsAsciiLetter(value[k]);
                if (letter && start < 0) start = k;
                if (letter || start < 0) continue;
                ReadOnlySpan<char> word = value[start..k];
                int awkward = (word.Length < value.Length ? 3 : 0) + (word.Length < 4 ? 2 : 0); // parts of names and tiny words say less
                if (word.Length is >= 3 and <= MaxLength && known.Add(word.ToString())) words.Add((word.ToString(), awkward));
                start = -1;
            }
        }

        return words;
    }
}
