namespace Headroom.Cli;

/// <summary>A failure the user can do something about: what happened and a way out in one message, and the exit code.</summary>
internal sealed class CliException(string message, int exitCode) : Exception(message)
{
    public int ExitCode { get; } = exitCode;
}
