using System.Diagnostics;

namespace Headroom.Cli.Wrap.Files;

/// <summary>Lets one process at a time change files of agents. A process that is killed holds nothing.</summary>
internal static class JournalLock
{
    /// <summary>Changing a few small files takes milliseconds; who has to wait for so long waits for something that hangs.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private const UnixFileMode OnlyUser = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <param name="folder">The folder of the journal; made where there is none.</param>
    /// <exception cref="CliException">It cannot be used, or another process holds it for too long.</exception>
    public static FileStream Take(string folder)
    {
        string path = Path.Combine(folder, "lock");
        for (long started = Stopwatch.GetTimestamp(); ; Thread.Sleep(20))
        {
            try
            {
                if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
                else Directory.CreateDirectory(folder, OnlyUser);
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (File.Exists(path) && Stopwatch.GetElapsedTime(started) < Patience)
            {
                // Another one is at it.
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new CliException($"{path} cannot be had: {e.Message.TrimEnd('.')}. Is another headroom wrap at work?", ExitCodes.CannotRead);
            }
        }
    }
}
