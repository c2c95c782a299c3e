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
            foreach (string word in Words(lines, shape)) CollectionsMarshal.GetValueRefOrAddDefault(usage, word, out _)++;
        }

        var names = new string?[shapes.Length];
        var taken = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < shapes.Length; i++)
        {
            if (shapes[i] is not { } shape) continue;
            string? best = null;
            foreach (string word in Words(lines, shape))
            {
                if (!taken.Contains(word) && (best is null || usage[word] < usage[best])) best = word;
            }

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

    /// <summary>The different words in what is constant of a shape.</summary>
    private static HashSet<string> Words(LogLines lines, RecordShape shape)
    {
        var words = new HashSet<string>(StringComparer.Ordinal); // enumerated in order of insertion: nothing is removed
        ReadOnlySpan<LineToken> tokens = lines.Tokens(shape.First.Line, shape.First.Lines);
        for (int i = 0; i < tokens.Length; i++)
        {
            if (shape.Varies(i)) continue;
            ReadOnlySpan<char> value = lines.Value(tokens[i]);
            int start = -1;
            for (int k = 0; k <= value.Length; k++)
            {
                bool letter = k < value.Length && char.IsAsciiLetter(value[k]);
                if (letter && start < 0) start = k;
                if (letter || start < 0) continue;
                if (k - start is >= 3 and <= MaxLength) words.Add(value[start..k].ToString());
                start = -1;
            }
        }

        return words;
    }
}
