using Headroom.Cli.Processes;

namespace Headroom.Cli.Storage;

/// <summary>Replaces a file so that a reader, and a crash, only ever meets the old one or the new one, whole.</summary>
internal static class AtomicFile
{
    /// <summary>What is appended to a name while the new file is written.</summary>
    public const string Temporary = ".headroom-tmp";

    private const UnixFileMode OnlyUser = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Writes a file, on the disk when this returns.</summary>
    /// <param name="path">The file itself, no link to it.</param>
    /// <param name="bytes">What it is to hold.</param>
    /// <param name="step">Told of each step before it is taken.</param>
    /// <param name="isPrivate">Whether it is for this user only. Otherwise it keeps the mode it has.</param>
    /// <param name="isStill">Asked right before the old file is replaced; <see langword="false"/> leaves it.</param>
    /// <exception cref="IOException">It cannot be written, or was to be left.</exception>
    public static void Write(string path, ReadOnlySpan<byte> bytes, Action<string>? step = null, bool isPrivate = false, Func<bool>? isStill = null)
    {
        string temporary = path + Temporary;
        try
        {
            step?.Invoke("delete " + temporary);
            File.Delete(temporary);
            Fill(path, temporary, bytes, step, isPrivate);
            if (isStill?.Invoke() == false) throw new IOException($"another program changed {path} in this moment; try again");
            step?.Invoke("replace " + path);
            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (File.Exists(temporary)) File.Delete(temporary);
            throw;
        }

        if (!OperatingSystem.IsWindows()) UnixSystem.SyncFolder(Path.GetDirectoryName(path)!);
    }

    private static void Fill(string path, string temporary, ReadOnlySpan<byte> bytes, Action<string>? step, bool isPrivate)
    {
        var how = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        bool isUnix = !OperatingSystem.IsWindows(), replaces = File.Exists(path);
        if (isUnix && (isPrivate || replaces)) how.UnixCreateMode = OnlyUser; // until it has its mode, nobody else need see it
        step?.Invoke("create " + temporary);
        using var file = new FileStream(temporary, how);
        if (isUnix && replaces && !isPrivate)
        {
            UnixSystem.CopyOwner(path, temporary);
            step?.Invoke("set the mode of " + temporary);
            File.SetUnixFileMode(temporary, File.GetUnixFileMode(path));
        }

        step?.Invoke("write " + temporary);
        file.Write(bytes);
        file.Flush(flushToDisk: true);
    }
}
