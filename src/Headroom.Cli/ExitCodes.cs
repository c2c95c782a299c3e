namespace Headroom.Cli;

/// <summary>Exit codes of the tool, documented in docs/cli.md. Numbers are never reused.</summary>
internal static class ExitCodes
{
    /// <summary>Done.</summary>
    public const int Success = 0;

    /// <summary>A failure nobody foresaw.</summary>
    public const int Failure = 1;

    /// <summary>The command line is wrong.</summary>
    public const int Usage = 2;

    /// <summary>An input cannot be read, the output cannot be written, the store cannot be used, or a file of an agent cannot be changed or put back.</summary>
    public const int CannotRead = 3;

    /// <summary>An input line does not follow the protocol, or a file is no transcript; the others were answered.</summary>
    public const int BadData = 4;

    /// <summary>There is no original with that id.</summary>
    public const int NotFound = 5;

    /// <summary>What is to be connected to does not answer, or the port to listen on cannot be had.</summary>
    public const int CannotConnect = 6;

    /// <summary><c>doctor</c> found something that does not work.</summary>
    public const int Unhealthy = 7;

    /// <summary>The command to run is there, but cannot be run: what a shell reports.</summary>
    public const int NotExecutable = 126;

    /// <summary>There is no command of that name: what a shell reports.</summary>
    public const int CommandNotFound = 127;

    /// <summary>Stopped by Ctrl-C: 128 + SIGINT, what a shell reports for a process ended by that signal.</summary>
    public const int Interrupted = 130;
}
