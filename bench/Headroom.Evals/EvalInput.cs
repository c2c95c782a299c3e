using System.Text;

namespace Headroom.Evals;

/// <summary>A tool result to be measured, with the facts that should stay visible.</summary>
internal sealed record EvalInput(string Kind, string Name, string Text, string? Question, IReadOnlyList<string> Facts)
{
    public static IEnumerable<EvalInput> Read(string folder) =>
        from path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        where Path.GetDirectoryName(path) != folder && !path.EndsWith(".keep", StringComparison.Ordinal) && !path.EndsWith(".query", StringComparison.Ordinal)
            && !path.EndsWith(".meta.json", StringComparison.Ordinal)
        let stem = Path.Combine(Path.GetDirectoryName(path)!, Path.GetFileNameWithoutExtension(path))
        select new EvalInput(
            Path.GetFileName(Path.GetDirectoryName(path)!),
            Path.GetFileName(path),
            Encoding.UTF8.GetString(File.ReadAllBytes(path)),
            File.Exists(stem + ".query") ? File.ReadAllText(stem + ".query").Trim() : null,
            File.Exists(stem + ".keep") ? [.. File.ReadAllLines(stem + ".keep").Where(l => l.Length > 0)] : []);

    /// <summary>tests/Corpus of the repository this was built in.</summary>
    public static string DefaultFolder()
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "Headroom.sln"))) return Path.Combine(at.FullName, "tests", "Corpus");
        }

        return "tests/Corpus";
    }
}
