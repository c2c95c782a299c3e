using System.Text;

namespace Headroom.TestSupport;

/// <summary>One real tool output of tests/Corpus.</summary>
public sealed record CorpusFile(string Kind, string Name, string Text, string? Question, IReadOnlyList<string> Keep)
{
    /// <summary>All files, in a stable order.</summary>
    public static IReadOnlyList<CorpusFile> All { get; } = Load();

    /// <summary>Kind and name, as shown in test names.</summary>
    public string Id => Kind + "/" + Name;

    /// <summary>The file with the given <see cref="Id"/>.</summary>
    public static CorpusFile Find(string id) => All.Single(f => f.Id == id);

    private static CorpusFile[] Load()
    {
        string root = RepositoryFiles.PathOf("tests/Corpus");
        return
        [
            .. from path in Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
               where Path.GetDirectoryName(path) != root && Path.GetExtension(path) is not (".keep" or ".query")
               let stem = Path.Combine(Path.GetDirectoryName(path)!, Path.GetFileNameWithoutExtension(path))
               select new CorpusFile(
                   Path.GetFileName(Path.GetDirectoryName(path)!),
                   Path.GetFileName(path),
                   Encoding.UTF8.GetString(File.ReadAllBytes(path)),
                   File.Exists(stem + ".query") ? File.ReadAllText(stem + ".query").Trim() : null,
                   File.Exists(stem + ".keep") ? File.ReadAllLines(stem + ".keep").Where(l => l.Length > 0).ToArray() : []),
        ];
    }
}
