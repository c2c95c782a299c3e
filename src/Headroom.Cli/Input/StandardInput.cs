using Headroom.Cli.Processes;

namespace Headroom.Cli.Input;

/// <summary>The input of this process.</summary>
internal static class StandardInput
{
    /// <summary>Opens it.</summary>
    /// <exception cref="CliException">Whoever started the process had closed it: to read what is under its number since would take for ever.</exception>
    public static Stream Open() =>
        UnixSystem.IsStdinClosed()
            ? throw new CliException("cannot read stdin: it is closed. Name a file, or pipe the text on stdin.", ExitCodes.CannotRead)
            : Console.OpenStandardInput();

    /// <summary>Opens it; one that is closed has ended.</summary>
    public static Stream OpenOrEmpty() => UnixSystem.IsStdinClosed() ? Stream.Null : Console.OpenStandardInput();
}
