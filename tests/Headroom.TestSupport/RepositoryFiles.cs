namespace Headroom.TestSupport;

/// <summary>Finds files of the repository from a test, wherever the test runs.</summary>
public static class RepositoryFiles
{
    /// <summary>The folder that holds the solution file.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The full path of a file or folder given relative to the root, with forward slashes.</summary>
    public static string PathOf(string relative) => Path.Combine(Root, relative.Replace('/', Path.DirectorySeparatorChar));

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Headroom.sln"))) return folder.FullName;
        }

        throw new InvalidOperationException("Headroom.sln was not found above " + AppContext.BaseDirectory);
    }
}
