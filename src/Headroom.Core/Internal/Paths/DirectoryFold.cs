namespace Headroom.Internal.Paths;

/// <summary>Writes shared directories of neighbouring paths once. Keeps the order; linear in the length of all paths.</summary>
internal static class DirectoryFold
{
    private const string Separators = "/\\";

    /// <summary>Opens a directory wherever two or more neighbouring paths share it.</summary>
    public static List<PathStep> Fold(IReadOnlyList<string> paths) => Fold(paths, Separators, static p => p.Length);

    /// <summary>The same for names of other shapes, such as packages and classes.</summary>
    /// <param name="paths">The names.</param>
    /// <param name="separators">The characters that end a level.</param>
    /// <param name="headLength">How much of a name may be shared, in characters.</param>
    public static List<PathStep> Fold(IReadOnlyList<string> paths, string separators, Func<string, int> headLength)
    {
        int[] shared = SharedWithNext(paths, separators, headLength);
        var steps = new List<PathStep>(paths.Count);
        var open = new Stack<(int Length, int End)>();
        for (int i = 0; i < paths.Count; i++)
        {
            while (open.Count > 0 && open.Peek().End <= i) open.Pop();
            int prefix = open.Count > 0 ? open.Peek().Length : 0;
            while (i + 1 < paths.Count && shared[i] > prefix)
            {
                // All paths of the run share the next component; what they share beyond it is opened with it, in one line.
                int component = NextSeparator(paths[i], prefix, separators) + 1;
                int end = i + 1, common = shared[i];
                while (end < paths.Count && shared[end - 1] >= component) common = Math.Min(common, shared[end++ - 1]);
                steps.Add(new PathStep(open.Count, paths[i][prefix..common], -1, true));
                open.Push((common, end));
                prefix = common;
            }

            steps.Add(new PathStep(open.Count, paths[i][prefix..], i, false));
        }

        return steps;
    }

    /// <summary>For lists in which a directory is itself listed before what is in it (as <c>find</c> does).</summary>
    /// <param name="paths">The paths.</param>
    /// <param name="withSeparator">Listed directories end with their separator (as globs do).</param>
    public static List<PathStep> FoldListed(IReadOnlyList<string> paths, bool withSeparator)
    {
        var steps = new List<PathStep>(paths.Count);
        var open = new Stack<string>();
        for (int i = 0; i < paths.Count; i++)
        {
            string path = paths[i];
            while (open.Count > 0 && !path.StartsWith(open.Peek(), StringComparison.Ordinal)) open.Pop();
            int prefix = open.Count > 0 ? open.Peek().Length : 0;
            string? directory = withSeparator ? WithSeparator(path) : ParentOfNext(path, i + 1 < paths.Count ? paths[i + 1] : "");
            bool isDirectory = directory is not null && directory.Length > prefix + 1;
            steps.Add(new PathStep(open.Count, (isDirectory ? directory! : path)[prefix..], i, isDirectory));
            if (isDirectory) open.Push(directory!);
        }

        return steps;
    }

    public static bool IsSeparator(char c) => c is '/' or '\\';

    private static string? WithSeparator(string path) => path.Length > 1 && IsSeparator(path[^1]) ? path : null;

    private static string? ParentOfNext(string path, string next) =>
        path.Length > 0 && !IsSeparator(path[^1]) && next.Length > path.Length + 1 && IsSeparator(next[path.Length]) && next.StartsWith(path, StringComparison.Ordinal)
            ? next[..(path.Length + 1)]
            : null;

    private static int NextSeparator(string path, int from, string separators)
    {
        int found = path.AsSpan(from).IndexOfAny(separators);
        return found < 0 ? path.Length : from + found;
    }

    private static int[] SharedWithNext(IReadOnlyList<string> paths, string separators, Func<string, int> headLength)
    {
        var shared = new int[paths.Count];
        for (int i = 0; i + 1 < paths.Count; i++)
        {
            int common = paths[i].AsSpan().CommonPrefixLength(paths[i + 1]);
            common = Math.Min(common, Math.Min(headLength(paths[i]), headLength(paths[i + 1])));
            shared[i] = paths[i].AsSpan(0, common).LastIndexOfAny(separators) + 1;
        }

        return shared;
    }
}
