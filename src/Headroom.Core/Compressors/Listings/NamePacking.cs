using System.Text;
using Headroom.Internal.Paths;

namespace Headroom.Compressors.Listings;

/// <summary>Several names on one line, with one space between. Names stay whole: they are what an agent copies next.</summary>
/// <remarks>A name that could be misread stands in quotes, a quote in it doubled.</remarks>
internal static class NamePacking
{
    public static string Pack(List<string> names)
    {
        var line = new StringBuilder();
        foreach (string name in names)
        {
            if (line.Length > 0) line.Append(' ');
            line.Append(Quote(name));
        }

        return line.ToString();
    }

    /// <summary>The names of a packed line, from <paramref name="position"/> on; <see langword="null"/> when it is not one.</summary>
    public static List<string>? Unpack(string line, int position)
    {
        List<string> names = [];
        while (position <= line.Length)
        {
            if (!TryReadName(line, position, out string name, out int end)) return null;
            names.Add(name);
            if (end < line.Length && line[end] != ' ') return null;
            position = end + 1;
        }

        return names;
    }

    public static string Quote(string name) => NeedsQuotes(name) ? '"' + name.Replace("\"", "\"\"", StringComparison.Ordinal) + '"' : name;

    /// <summary>Reads a name, quoted or not, up to the next space or the end of the line.</summary>
    public static bool TryReadName(string line, int position, out string name, out int end)
    {
        if (position >= line.Length || line[position] != '"')
        {
            end = EndOfWord(line, position);
            name = line[position..end];
            return name.Length > 0;
        }

        var inner = new StringBuilder();
        for (end = position + 1; end < line.Length; end++)
        {
            if (line[end] != '"') inner.Append(line[end]);
            else if (end + 1 < line.Length && line[end + 1] == '"') inner.Append(line[end++]);
            else break;
        }

        name = inner.ToString();
        return end++ < line.Length;
    }

    private static bool NeedsQuotes(string name) =>
        name.Length == 0 || name[0] is '"' or '|' || name.Contains(' ') || DirectoryFold.IsSeparator(name[^1]);

    private static int EndOfWord(string line, int from)
    {
        int end = line.IndexOf(' ', Math.Min(from, line.Length));
        return end < 0 ? line.Length : end;
    }
}
