using System.CommandLine;
using System.CommandLine.Invocation;
using Headroom.Cli.Commands;

namespace Headroom.Cli;

/// <summary>The tool <c>headroom</c>: data on stdout, talk on stderr, exit codes as in <see cref="ExitCodes"/>.</summary>
internal static class Program
{
    public static async Task<int> Main(string[] args)
    {
        // No @file arguments: a tool name or query may begin with @.
        RootCommand root = HeadroomCommand.Create();
        ParseResult parsed = root.Parse(WrapCommand.Separate(root, args), new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0 && parsed.Action is ParseErrorAction) return Refuse(parsed);
        try
        {
            // Without a termination timeout Ctrl-C ends the process at once, as a shell expects: 130. Nothing here needs cleaning up.
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }).ConfigureAwait(false);
        }
        catch (CliException e)
        {
            await Console.Error.WriteLineAsync("headroom: " + e.Message).ConfigureAwait(false);
            return e.ExitCode;
        }
        catch (OperationCanceledException)
        {
            return ExitCodes.Interrupted;
        }
#pragma warning disable CA1031 // The last line of defence: a message instead of a stack trace.
        catch (Exception e)
#pragma warning restore CA1031
        {
            await Console.Error.WriteLineAsync($"headroom: unexpected failure: {e.Message} Please report it with the command line you used.").ConfigureAwait(false);
            return ExitCodes.Failure;
        }
    }

    private static int Refuse(ParseResult parsed)
    {
        foreach (string error in parsed.Errors.Select(e => e.Message).Distinct(StringComparer.Ordinal)) Console.Error.WriteLine("headroom: " + error);
        Console.Error.WriteLine($"Run '{CommandLine.NameOf(parsed.CommandResult)} --help' for what it understands.");
        return ExitCodes.Usage;
    }
}
