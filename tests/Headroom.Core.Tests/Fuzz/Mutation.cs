using System.Text;

namespace Headroom.Fuzz;

/// <summary>Ways real tool output is damaged or dressed up on its way to a model. Each is a pure function of the text and a seed.</summary>
public static class Mutation
{
    /// <summary>Lines that look like Headroom's own output, to be met inside an original.</summary>
    private static readonly string[] LookAlikes =
    [
        "[headroom 7kq2m9x4ab: 2,000 lines, 61 shown]", "[2-310: 309 lines, all \"INFO api\"]", "[left out parts: headroom_retrieve id=7kq2m9x4ab with lines=2-310, or query=\"words\"]",
        "[parts by lines: 1 as is]", "[= lines 1-4]", "[x12]", "30 rows of {a, b}; in all: c=1", "[/items[4-66]: 63 rows]",
    ];

    /// <summary>Names of all mutations.</summary>
    public static IReadOnlyList<string> Names { get; } =
        ["cut", "spliced", "bit flips", "CRLF", "BOM", "tabs", "look-alikes", "first line look-alike", "wrapped", "no spaces", "control characters", "duplicated"];

    /// <summary>Applies the named mutation.</summary>
    public static string Apply(string name, string text, string other, int seed)
    {
        var random = new Random(seed);
        return name switch
        {
            "cut" => text[..random.Next(text.Length + 1)],
            "spliced" => text[..random.Next(text.Length + 1)] + other[random.Next(other.Length)..],
            "bit flips" => Flip(text, random),
            "CRLF" => text.Replace("\n", "\r\n"),
            "BOM" => "\uFEFF" + text,
            "tabs" => text.Replace("  ", "\t"),
            "look-alikes" => Insert(text, random, afterFirstLine: true),
            "first line look-alike" => LookAlikes[random.Next(LookAlikes.Length)] + "\n" + text,
            "wrapped" => $"<returncode>0</returncode>\n<output>\n{text}\n</output>",
            "no spaces" => text.Replace(" ", "").Replace("e", "\u65e5").Replace("a", "\u0e01"),
            "control characters" => Flip(text.Replace("e", "\u001b[31me\u001b[0m"), random),
            "duplicated" => text + "\n" + text,
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, "no such mutation"),
        };
    }

    private static string Flip(string text, Random random)
    {
        char[] chars = text.ToCharArray();
        for (int i = 0; i < Math.Min(20, chars.Length); i++)
        {
            ref char c = ref chars[random.Next(chars.Length)];
            c = random.Next(8) == 0 ? (char)random.Next(0xD800, 0xE000) : (char)(c ^ (1 << random.Next(7)));
        }

        return new string(chars);
    }

    private static string Insert(string text, Random random, bool afterFirstLine)
    {
        var result = new StringBuilder();
        foreach (string line in text.Split('\n'))
        {
            if (result.Length > 0) result.Append('\n');
            if (random.Next(10) == 0 && (result.Length > 0 || !afterFirstLine)) result.Append(LookAlikes[random.Next(LookAlikes.Length)]).Append('\n');
            result.Append(line);
        }

        return result.ToString();
    }
}
