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
        var how = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite | FileShare.Delete, BufferSize = 0 };
        if (!OperatingSystem.IsWindows()) how.UnixCreateMode = OnlyUserFile;
        using var file = new FileStream(path, how);
    }
}
