using System.Text;

namespace Headroom.Compressors;

/// <summary>Texts of every shape that line-based encodings must survive, made from a seed: the same seed gives the same texts.</summary>
internal static class SeededTexts
{
    private static readonly string[] Words =
    [
        "alpha", "Running", "0/1", "CrashLoopBackOff", "12", "3.25", "-", "<none>", "a b", "", "é", "日本", "\ud83d\ude00", "\ud800", "\0", "*", "??", "^", "@", "@=", "|", "\"q, x\"", "\"\"",
        "2026-01-02", "2026-01-03", "10:00:01", "key:", "name: x", "[=", "[= lines 1-2: x]", "[== a", ".", "NAME", "true", "0x1f", "=", "\\", "//", "#", "<a b=\"c\">", "</a>", "- 1", "100%",
    ];

    private static readonly string[] Ends = ["\n", "\n", "\n", "\n", "\r\n", "\r", "\n\n"];

    /// <summary>Texts of free lines, of delimited rows, of aligned columns and of keyed blocks, some damaged.</summary>
    public static IEnumerable<string> Make(int seed, int count)
    {
        var random = new Random(seed);
        for (int i = 0; i < count; i++)
        {
            string text = (i % 5) switch
            {
                0 => Free(random),
                1 => Delimited(random),
                2 => Aligned(random),
                3 => Blocks(random),
                _ => Delimited(random) + Aligned(random) + Blocks(random),
            };
            yield return random.Next(4) == 0 ? Damage(text, random) : text;
        }
    }

    private static string Free(Random random)
    {
        var text = new StringBuilder();
        string[] pool = [.. Enumerable.Range(0, random.Next(1, 8)).Select(_ => string.Join(' ', Some(random, random.Next(0, 8))))];
        for (int lines = random.Next(60); lines > 0; lines--)
        {
            if (random.Next(3) == 0) text.Append(string.Join(' ', Some(random, random.Next(0, 6)))).Append(Pick(random, Ends));
            else text.Append(Pick(random, pool)).Append('\n');
        }

        return text.ToString();
    }

    private static string Delimited(Random random)
    {
        string separator = Pick(random, [",", "\t", "|", ";", " | "]);
        int columns = random.Next(2, 7);
        string end = Pick(random, ["\n", "\r\n"]);
        var text = new StringBuilder();
        string[] constant = [.. Some(random, columns)];
        for (int rows = random.Next(2, 40); rows > 0; rows--)
        {
            int cells = random.Next(25) == 0 ? random.Next(1, 8) : columns;
            for (int c = 0; c < cells; c++)
                text.Append(c > 0 ? separator : "").Append(random.Next(3) == 0 || c >= columns ? Pick(random, Words) : constant[c % columns]);
            text.Append(end);
        }

        return text.ToString();
    }

    private static string Aligned(Random random)
    {
        int columns = random.Next(2, 6);
        int[] widths = [.. Enumerable.Range(0, columns).Select(_ => random.Next(3, 20))];
        bool[] right = [.. Enumerable.Range(0, columns).Select(_ => random.Next(3) == 0)];
        bool trim = random.Next(2) == 0;
        string end = Pick(random, ["\n", "\r\n"]);
        var text = new StringBuilder();
        for (int rows = random.Next(2, 30); rows > 0; rows--)
        {
            string line = string.Concat(Enumerable.Range(0, columns).Select(c =>
            {
                string cell = random.Next(2) == 0 ? Words[c] : Pick(random, Words);
                return (right[c] ? cell.PadLeft(widths[c]) : cell.PadRight(widths[c])) + (c + 1 < columns ? "  " : "");
            }));
            text.Append(trim ? line.TrimEnd() : line).Append(end);
        }

        return text.ToString();
    }

    private static string Blocks(Random random)
    {
        var text = new StringBuilder();
        string[] keys = [.. Some(random, random.Next(1, 6)).Select(k => k + ": ")];
        for (int blocks = random.Next(1, 12); blocks > 0; blocks--)
        {
            text.Append("- id: ").Append(random.Next(100)).Append('\n');
            foreach (string key in keys) text.Append("  ").Append(key.PadRight(12)).Append(random.Next(3) == 0 ? Pick(random, Words) : "same").Append('\n');
        }

        return text.ToString();
    }

    private static string Damage(string text, Random random)
    {
        if (text.Length == 0) return "\n";
        int at = random.Next(text.Length);
        return random.Next(5) switch
        {
            0 => text[..at],
            1 => text.Remove(at, 1),
            2 => text.Insert(at, Pick(random, Words)),
            3 => text.TrimEnd('\n'),
            _ => text.Insert(at, "\n"),
        };
    }

    private static IEnumerable<string> Some(Random random, int count) => Enumerable.Range(0, count).Select(_ => Pick(random, Words));

    private static string Pick(Random random, string[] from) => from[random.Next(from.Length)];
}
