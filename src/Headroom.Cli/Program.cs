using System.CommandLine;
using System.CommandLine.Invocation;
using Headroom.Cli.Commands;
using Headroom.Cli.Terminals;

namespace Headroom.Cli;

/// <summary>The tool <c>headroom</c>: data on stdout, talk on stderr, exit codes as in <see cref="ExitCodes"/>.</summary>
internal static class Program
{
    public static async Task<int> Main(string[] args)
    {
        RootCommand root = HeadroomCommand.Create();
        ParseResult parsed = root.Parse(WrapCommand.Separate(root, args), CommandLine.Configuration);
        if (parsed.Errors.Count > 0 && parsed.Action is ParseErrorAction) return Refuse(parsed);
        try
        {
            // Without a termination timeout Ctrl-C ends the process at once, as a shell expects: 130. Nothing here needs cleaning up.
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }).ConfigureAwait(false);
        }
        catch (CliException e)
        {
            return End(e.Message, e.ExitCode);
        }
        catch (OperationCanceledException)
        {
            return ExitCodes.Interrupted;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Inputs and stores say themselves what is wrong with them; what is left is mostly stdout: a full disk, or one that is closed.
            return End($"cannot read or write: {e.Message.TrimEnd('.')}.", ExitCodes.CannotRead);
        }
#pragma warning disable CA1031 // The last line of defence: a message instead of a stack trace.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return End($"unexpected failure: {e.Message} Please report it with the command line you used.", ExitCodes.Failure);
        }
    }

    private static int End(string why, int exitCode)
    {
        Talk.Say(why);
        return exitCode;
    }

    private static int Refuse(ParseResult parsed)
    {
        IEnumerable<string> errors = CommandLine.WithoutCommand(parsed) is { } why ? [why] : parsed.Errors.Select(e => e.Message).Distinct(StringComparer.Ordinal);
        return End($"{string.Join("\nheadroom: ", errors)}\nRun '{CommandLine.NameOf(parsed.CommandResult)} --help' for what it understands.", ExitCodes.Usage);
    }
}
