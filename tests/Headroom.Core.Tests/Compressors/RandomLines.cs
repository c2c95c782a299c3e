using System.Text;

namespace Headroom.Compressors;

/// <summary>Random texts of line-based kinds, with the odd names and noise that real ones have.</summary>
internal static class RandomLines
{
    private static readonly string[] Directories = ["src/", "src/cart/", "src/cart/items/", "./", "C:\\work\\", "a b/", "1-parse/", "-x/", "/usr/share/doc/", "lib/rules/", "\"q\"/", ":/", "", "{id}/", "..\\up\\"];
    private static readonly string[] Names = ["Cart.cs", "Item.cs", "a-12-b.txt", "x:3:y", "my file.md", "README", ".git", "index.js", "{slug}.ts", "\"quoted\"", "12", "total", "|", "dir/", "--", "644", "é.js", "a.b.c", "", " lead", "trail "];
    private static readonly string[] Texts = ["", "    return x;", "}", "\"", "| pipe", "12:34", "-- ", " 7 eight", "public class A : B", "a\tb", "a\rb", "\uD800 lone", "\0nul", "[grep hits by file]", "*"];
    private static readonly string[] Noise = ["", "--", "Binary file x matches", "total 12", "src/cart:", "<output>", "| ", "|", "  ", "[paths by directory]", "2 directories, 3 files", "12", "12 ", "\r", "grep: x: No such file or directory", "./:"];

    public static string Path(Random random) => Pick(random, Directories) + Pick(random, Names);

    public static string Text(Random random) => Pick(random, Texts);

    public static string Other(Random random) => Pick(random, Noise);

    /// <summary>Joins lines with the ends of one platform, sometimes of both, sometimes without the last.</summary>
    public static string Join(Random random, int count, Func<Random, string> line)
    {
        var text = new StringBuilder();
        int ends = random.Next(4);
        for (int i = 0; i < count; i++)
        {
            text.Append(random.Next(12) == 0 ? Other(random) : line(random));
            bool carriageReturn = ends == 1 || (ends == 2 && random.Next(2) == 0);
            if (i + 1 < count || random.Next(2) == 0) text.Append(carriageReturn ? "\r\n" : "\n");
        }

        return text.Length == 0 ? "x" : text.ToString();
    }

    public static string Pick(Random random, string[] from) => from[random.Next(from.Length)];
}
