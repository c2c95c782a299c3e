namespace Headroom.Storage.Sqlite.Files;

/// <summary>Files that nobody but their user may read.</summary>
internal static class PrivateFile
{
    private const UnixFileMode OnlyUserFolder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode OnlyUserFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Makes the file, empty, unless it exists. SQLite gives its companions (<c>-wal</c>, <c>-shm</c>) the same permissions.</summary>
    public static void Create(string path)
    {
        if (File.Exists(path)) return;
        string folder = Path.GetDirectoryName(path)!;
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else Directory.CreateDirectory(folder, OnlyUserFolder);
        var how = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0 };
        if (!OperatingSystem.IsWindows()) how.UnixCreateMode = OnlyUserFile;
        try
        {
            using var file = new FileStream(path, how);
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another was faster. The file must not be opened here once SQLite has it: closing it again would end all locks this process holds on it.
        }
    }
}
