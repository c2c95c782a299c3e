namespace Headroom.Cli.Processes;

/// <summary>Finds the file of a command as a shell does: by its path, or in the folders of <c>PATH</c>.</summary>
/// <remarks>The runtime's own search also looks beside the running program and in the current folder, where a file of that name may be anything.</remarks>
internal static class CommandPath
{
    /// <summary>The full path of the command's file.</summary>
    /// <exception cref="CliException">There is none (127), or it cannot be run (126).</exception>
    public static string Find(string command)
    {
        string? unusable = null;
        foreach (string candidate in Candidates(command))
        {
            if (Directory.Exists(candidate)) unusable ??= $"{candidate}: it is a folder, not a command.";
            else if (!File.Exists(candidate)) continue;
            else if (IsExecutable(candidate)) return Path.GetFullPath(candidate);
            else unusable ??= $"{candidate}: it is not executable. Make it so with chmod +x, or name the program that runs it.";
        }

        throw unusable is not null
            ? new CliException("cannot run " + unusable, ExitCodes.NotExecutable)
            : new CliException(
                IsForShell(command) ? $"there is no command {command}. It is started without a shell; for what a shell does, start one: sh -c '...'."
                : IsPath(command) ? $"there is no file {command} to run."
                : $"there is no command {command}. Check its spelling, or that its folder is in PATH.",
                ExitCodes.CommandNotFound);
    }

    /// <summary>Whether somebody expected a shell: a whole line as one word, a variable before the command, or what only shells know.</summary>
    private static bool IsForShell(string command)
    {
        int end = command.AsSpan().IndexOfAny(" =|&;");
        return end > 0 ? !IsPath(command[..end]) : command is "cd" or "export" or "source" or "." or "alias" or "set" or "unset" or "eval" or "exec" or "ulimit" or "umask";
    }

    private static bool IsPath(string command) => command.Contains('/', StringComparison.Ordinal) || (OperatingSystem.IsWindows() && command.Contains('\\', StringComparison.Ordinal));

    private static IEnumerable<string> Candidates(string command)
    {
        if (command.Length == 0) return [];
        if (IsPath(command)) return WithExtensions(command);
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        return folders.SelectMany(f => WithExtensions(Path.Combine(f.Length == 0 ? "." : f, command))).Where(f => !Directory.Exists(f));
    }

    private static IEnumerable<string> WithExtensions(string path)
    {
        if (!OperatingSystem.IsWindows() || Path.HasExtension(path)) return [path];
        string extensions = Environment.GetEnvironmentVariable("PATHEXT") ?? ".COM;.EXE;.BAT;.CMD";
        return extensions.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(e => path + e);
    }

    // Whether this very user may run it, starting it tells.
    private static bool IsExecutable(string path) =>
        OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != 0;
}
