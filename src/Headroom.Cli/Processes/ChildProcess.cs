using System.ComponentModel;
using System.Diagnostics;

namespace Headroom.Cli.Processes;

/// <summary>Starts commands. What is not redirected they inherit: folder, environment, stdin, stdout and stderr.</summary>
internal static class ChildProcess
{
    private const string Shell = "/bin/sh";

    /// <summary>Error numbers of a Unix system: there is no such file, this user may not, this is no program.</summary>
    private const int NoEntry = 2, NoAccess = 13, NoProgram = 8;

    /// <summary>Starts a command with its stdout redirected.</summary>
    /// <param name="command">The command and its arguments.</param>
    /// <param name="mergeStderr">Whether its stderr goes where its stdout goes, as <c>2&gt;&amp;1</c> does.</param>
    /// <param name="redirectStdin">Whether its stdin is written here.</param>
    /// <exception cref="CliException">It cannot be started: 126 or 127.</exception>
    public static Process Start(IReadOnlyList<string> command, bool mergeStderr = false, bool redirectStdin = false)
    {
        string path = CommandPath.Find(command[0]);
        if (mergeStderr && !File.Exists(Shell))
            throw new CliException($"--merge-stderr needs {Shell}, which this system has not. Let a shell of this system merge them: headroom run -- cmd /c \"... 2>&1\"", ExitCodes.Usage);
        // One pipe for both keeps the order in which the command wrote; only a shell can give a child one.
        ProcessStartInfo start = mergeStderr ? Merged(path, command) : Plain(path, command);
        start.RedirectStandardOutput = true;
        start.RedirectStandardInput = redirectStdin;
        return Start(start, path, command[0]);
    }

    /// <summary>Starts a command that has all of this process: terminal, stdin, stdout, stderr and folder.</summary>
    /// <param name="command">The command and its arguments.</param>
    /// <param name="environment">Variables that are set for it, or taken away (<see langword="null"/>).</param>
    /// <exception cref="CliException">It cannot be started: 126 or 127.</exception>
    public static Process StartInPlace(IReadOnlyList<string> command, IReadOnlyDictionary<string, string?> environment)
    {
        string path = CommandPath.Find(command[0]);
        ProcessStartInfo start = Plain(path, command);
        foreach ((string name, string? value) in environment)
        {
            if (value is null) start.Environment.Remove(name);
            else start.Environment[name] = value;
        }

        return Start(start, path, command[0]);
    }

    private static Process Start(ProcessStartInfo start, string path, string name)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e) when (e.NativeErrorCode == NoProgram && !OperatingSystem.IsWindows())
        {
            // A script without a first line that names its program: shells run it themselves.
            start.FileName = Shell;
            start.ArgumentList.Insert(0, path);
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            string why = e.NativeErrorCode switch
            {
                NoEntry => "the program its first line names is missing", // the file itself was there a moment ago
                NoAccess => "permission denied",
                _ => e.Message.TrimEnd('.'),
            };
            throw new CliException($"cannot run {name}: {why}.", ExitCodes.NotExecutable);
        }
    }

    private static ProcessStartInfo Plain(string path, IReadOnlyList<string> command)
    {
        // The command sees the name it was called by, where the runtime's own search leads to the same file.
        bool sameFile = !IsShadowed(command[0]) && !OperatingSystem.IsWindows();
        return new ProcessStartInfo(sameFile ? command[0] : path, command.Skip(1));
    }

    private static ProcessStartInfo Merged(string path, IReadOnlyList<string> command)
    {
        var start = new ProcessStartInfo(Shell, ["-c", "exec \"$@\" 2>&1", "sh"]);
        // Some shells drop variables whose names they could not spell themselves, so these are handed on by name.
        string[] odd = [.. start.Environment.Where(v => !IsPlainName(v.Key)).Select(v => $"{v.Key}={v.Value}")];
        if (odd.Length > 0) start.ArgumentList.Add("env");
        foreach (string word in odd) start.ArgumentList.Add(word);
        start.ArgumentList.Add(command[0].Contains('/', StringComparison.Ordinal) ? path : command[0]);
        foreach (string word in command.Skip(1)) start.ArgumentList.Add(word);
        return start;
    }

    private static bool IsShadowed(string name)
    {
        if (name.Contains('/', StringComparison.Ordinal)) return true;
        return File.Exists(name) || (Path.GetDirectoryName(Environment.ProcessPath) is { } own && File.Exists(Path.Combine(own, name)));
    }

    private static bool IsPlainName(string name) =>
        name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');
}
