using System.Text.RegularExpressions;

namespace Headroom.Architecture;

/// <summary>Dependencies point one way: Core ← Extensions.AI ← SemanticKernel; Core ← Storage.*; everything ← Cli. Inside Core, each folder sees only what its question needs.</summary>
public sealed partial class DependencyTests
{
    private static readonly Dictionary<string, string[]> ProjectsAllowed = new()
    {
        ["Headroom.Core"] = [],
        ["Headroom.Extensions.AI"] = ["Headroom.Core"],
        ["Headroom.SemanticKernel"] = ["Headroom.Core", "Headroom.Extensions.AI"],
        ["Headroom.Storage.Sqlite"] = ["Headroom.Core"],
        ["Headroom.Storage.Postgres"] = ["Headroom.Core"],
        ["Headroom.Cli"] = ["Headroom.Core", "Headroom.Extensions.AI", "Headroom.Storage.Sqlite", "Headroom.Storage.Postgres"],
    };

    /// <summary>What the folders of Core may use besides themselves and the root types. A folder that is not listed may use nothing else.</summary>
    private static readonly Dictionary<string, string[]> FoldersAllowed = new()
    {
        ["Compressors"] = ["Internal"], // no store, tokens, messages, markers
        ["Conversation"] = ["Diagnostics", "Internal", "Tokens"],
        ["Economics"] = ["Diagnostics", "Internal", "Tokens"],
        ["PromptCaching"] = [], // what a provider sees of a prompt, and nothing else
        ["Rag"] = ["Internal", "Tokens"],
        ["Retrieval"] = ["Internal", "Storage", "Tokens"],
        ["Routing"] = ["Conversation", "Diagnostics", "Economics", "Internal", "Retrieval", "Storage", "Tokens"], // no content format but through Internal
        ["Storage"] = ["Internal"],
        ["Tokens"] = ["Internal"],
    };

    [Fact]
    public void Projects_refer_only_downwards()
    {
        foreach (string project in Directory.EnumerateFiles(RepositoryFiles.PathOf("src"), "*.csproj", SearchOption.AllDirectories))
        {
            string name = Path.GetFileNameWithoutExtension(project);
            Assert.True(ProjectsAllowed.TryGetValue(name, out string[]? allowed), $"{name} is new: say in this test what it may refer to");
            foreach (Match reference in ProjectReference().Matches(File.ReadAllText(project)))
            {
                string target = reference.Groups[1].Value;
                if (target.StartsWith("Headroom.", StringComparison.Ordinal))
                    Assert.True(allowed.Contains(target), $"{name} must not refer to {target}");
            }
        }
    }

    [Fact]
    public void Core_depends_on_one_package()
    {
        string project = File.ReadAllText(RepositoryFiles.PathOf("src/Headroom.Core/Headroom.Core.csproj"));
        Assert.Contains("<PackageReference Include=\"AngleSharp\" />", project, StringComparison.Ordinal); // docs/design/0004
        Assert.Equal(2, project.Split("<PackageReference").Length);
    }

    [Fact]
    public void Folders_of_core_use_only_what_their_question_needs()
    {
        foreach ((string file, string folder, string content) in CoreFiles())
        {
            string[] allowed = FoldersAllowed.GetValueOrDefault(folder, []);
            foreach (string used in FoldersUsed(content).Where(u => u != folder))
                Assert.True(allowed.Contains(used), $"{file} must not use Headroom.{used}");
        }
    }

    [Fact]
    public void A_compressor_knows_no_other_compressor()
    {
        string root = RepositoryFiles.PathOf("src/Headroom.Core/Compressors");
        foreach (string file in Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories).Where(f => Path.GetFileName(f) != "BuiltInCompressors.cs"))
        {
            string kind = Path.GetRelativePath(root, file).Split(Path.DirectorySeparatorChar)[0];
            foreach (Match other in OtherCompressor().Matches(File.ReadAllText(file)))
                Assert.True(other.Groups[1].Value == kind, $"{kind}/{Path.GetFileName(file)} must not use Headroom.Compressors.{other.Groups[1].Value}");
        }
    }

    [Fact]
    public void Core_neither_reads_files_nor_talks_to_anyone()
    {
        foreach ((string file, _, string content) in CoreFiles())
            Assert.False(Outside().IsMatch(content), $"{file} does I/O: {Outside().Match(content).Value}");
    }

    private static IEnumerable<(string File, string Folder, string Content)> CoreFiles()
    {
        string root = RepositoryFiles.PathOf("src/Headroom.Core");
        foreach (string file in Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            string[] parts = Path.GetRelativePath(root, file).Split(Path.DirectorySeparatorChar);
            if (parts.Length > 1 && parts[0] is not ("bin" or "obj")) yield return (string.Join('/', parts), parts[0], File.ReadAllText(file));
        }
    }

    /// <summary>Folders named in usings, and in code by their full name; documentation may name what it likes.</summary>
    private static IEnumerable<string> FoldersUsed(string content) =>
        content.Split('\n').Where(l => !l.TrimStart().StartsWith("//", StringComparison.Ordinal) && !l.StartsWith("namespace", StringComparison.Ordinal))
            .SelectMany(l => FolderName().Matches(l)).Select(m => m.Groups[1].Value).Distinct();

    [GeneratedRegex("""<ProjectReference\s+Include="[^"]*?([^\\/"]+)\.csproj""")]
    private static partial Regex ProjectReference();

    [GeneratedRegex(@"\bHeadroom\.(Compressors|Conversation|Diagnostics|Economics|Internal|PromptCaching|Rag|Retrieval|Routing|Storage|Tokens)\b")]
    private static partial Regex FolderName();

    [GeneratedRegex(@"\bHeadroom\.Compressors\.(\w+)")]
    private static partial Regex OtherCompressor();

    [GeneratedRegex(@"\bSystem\.Net\b|\bSystem\.Diagnostics\.Process\b|\b(File|Directory|Console|Environment\.GetEnvironmentVariable|HttpClient)\.\w+\(")]
    private static partial Regex Outside();
}
