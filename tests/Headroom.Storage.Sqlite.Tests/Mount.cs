using System.Diagnostics;

namespace Headroom.Storage.Sqlite;

/// <summary>A small file system of a test's own, in memory. Only root may make one.</summary>
internal sealed class Mount : IDisposable
{
    private static readonly Lazy<bool> s_isPossible = new(() =>
    {
        if (!OperatingSystem.IsLinux() || Environment.UserName != "root") return false;
        string folder = Directory.CreateTempSubdirectory("headroom-mount-").FullName;
        bool isPossible = Run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", folder) && Run("umount", folder);
        Directory.Delete(folder);
        return isPossible;
    });

    public Mount(string size)
    {
        Path = Directory.CreateTempSubdirectory("headroom-mount-").FullName;
        Assert.True(Run("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", Path));
    }

    public static bool IsPossible => s_isPossible.Value;

    public string Path { get; }

    public void MakeReadOnly() => Assert.True(Run("mount", "-o", "remount,ro", Path));

    /// <summary>Makes a file read-only, for root too, until disposed.</summary>
    public static IDisposable Protect(string file)
    {
        Assert.True(Run("mount", "--bind", file, file) && Run("mount", "-o", "remount,ro,bind", file));
        return new Protection(file);
    }

    public void Dispose()
    {
        Assert.True(Run("umount", Path));
        Directory.Delete(Path);
    }

    private static bool Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }

    private sealed class Protection(string file) : IDisposable
    {
        public void Dispose() => Assert.True(Run("umount", "--lazy", file));
    }
}

/// <summary>A test that needs a file system of its own.</summary>
internal sealed class MountFactAttribute : FactAttribute
{
    public MountFactAttribute() => Skip = Mount.IsPossible ? null : "Only root can mount a small file system here.";
}
