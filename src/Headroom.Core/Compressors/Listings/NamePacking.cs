using System.Text;
using Headroom.Internal.Paths;

namespace Headroom.Compressors.Listings;

/// <summary>Several names on one line, with one space between; neighbours with the same extension as <c>{a b c}.cs</c>.</summary>
/// <remarks>A name that could be misread stands in quotes, a quote in it doubled.</remarks>
internal static class NamePacking
{
    /// <summary>From three names on braces are shorter than repeated extensions.</summary>
    private const int MinBraced = 3;

    public static string Pack(List<string> names)
    {
        var line = new StringBuilder();
        for (int i = 0; i < names.Count;)
        {
            if (line.Length > 0) line.Append(' ');
            string extension = Extension(names[i]);
            int end = i + 1;
            while (extension.Length > 0 && end < names.Count && Extension(names[end]) == extension) end++;
            if (extension.Length > 0 && end - i >= MinBraced)
            {
                line.Append('{');
                for (int k = i; k < end; k++) line.Append(k > i ? " " : "").Append(names[k].AsSpan(0, names[k].Length - extension.Length));
                line.Append('}').Append(extension);
                i = end;
            }
            else line.Append(Quote(names[i++]));
        }

        return line.ToString();
    }

    /// <summary>The names of a packed line, from <paramref name="position"/> on; <see langword="null"/> when it is not one.</summary>
    public static List<string>? Unpack(string line, int position)
    {
        List<string> names = [];
        while (position <= line.Length)
        {
            int end;
            if (position < line.Length && line[position] == '{')
            {
                int close = line.IndexOf('}', position);
                if (close < 0) return null;
                end = EndOfWord(line, close);
                string extension = line[(close + 1)..end];
                foreach (string name in line[(position + 1)..close].Split(' ')) names.Add(name + extension);
            }
            else
            {
                if (!TryReadName(line, position, out string name, out end)) return null;
                names.Add(name);
            }

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
        name.Length == 0 || name[0] is '"' or '|' || name.AsSpan().ContainsAny(' ', '{', '}') || DirectoryFold.IsSeparator(name[^1]);

    /// <summary>The extension with its dot; empty when the name has none or must be quoted.</summary>
    private static string Extension(string name)
    {
        int dot = name.LastIndexOf('.');
        return dot <= 0 || dot == name.Length - 1 || NeedsQuotes(name) || name.Contains('"', StringComparison.Ordinal) ? "" : name[dot..];
    }

    private static int EndOfWord(string line, int from)
    {
        int end = line.IndexOf(' ', Math.Min(from, line.Length));
        return end < 0 ? line.Length : end;
    }
}
