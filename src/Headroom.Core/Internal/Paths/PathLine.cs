namespace Headroom.Internal.Paths;

/// <summary>Writes and reads one line that names a directory or a file under the directories above it, one space a level.</summary>
/// <remarks>A directory ends with its separator. A name that could be read as something else stands in quotes, as it is.</remarks>
internal static class PathLine
{
    /// <param name="step">What to write.</param>
    /// <param name="mustQuote">Whether an unquoted name would be misread for reasons of the caller's own grammar.</param>
    public static string Write(PathStep step, Func<int, string, bool> mustQuote)
    {
        string indent = new(' ', step.Depth);
        if (!step.IsDirectory)
        {
            bool ambiguous = step.Text.Length == 0 || DirectoryFold.IsSeparator(step.Text[^1]) || Odd(step.Text) || mustQuote(step.Depth, step.Text);
            return ambiguous ? $"{indent}\"{step.Text}\"" : indent + step.Text;
        }

        string name = step.Text[..^1];
        bool quote = name.Length > 0 && (Odd(name) || mustQuote(step.Depth, name));
        return quote ? $"{indent}\"{name}\"{step.Text[^1]}" : indent + step.Text;
    }

    /// <summary>Reads a line; <see langword="false"/> when it is not one.</summary>
    public static bool TryRead(string line, out PathStep step)
    {
        int depth = 0;
        while (depth < line.Length && line[depth] == ' ') depth++;
        step = default;
        string name = line[depth..];
        if (name.Length == 0) return false;
        bool isDirectory = DirectoryFold.IsSeparator(name[^1]);
        string inner = isDirectory ? name[..^1] : name;
        if (inner.StartsWith('"'))
        {
            if (inner.Length < 2 || inner[^1] != '"') return false;
            inner = inner[1..^1];
        }

        step = new PathStep(depth, isDirectory ? inner + name[^1] : inner, -1, isDirectory);
        return true;
    }

    private static bool Odd(string name) => name[0] is ' ' or '"';
}
