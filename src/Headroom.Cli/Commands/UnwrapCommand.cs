using System.CommandLine;
using Headroom.Cli.Wrap.Agents;
using Headroom.Cli.Wrap.Files;

namespace Headroom.Cli.Commands;

/// <summary><c>headroom unwrap</c>: takes back what <c>wrap</c> changed in files of agents.</summary>
internal static class UnwrapCommand
{
    public static Command Create()
    {
        var agent = new Argument<string?>("AGENT") { Description = "The agent whose files are put back. Default: all of them.", Arity = ArgumentArity.ZeroOrOne };
        agent.CompletionSources.Add([.. KnownAgents.All.Select(a => a.Name)]);
        var command = new Command("unwrap", "Put back the files of agents that wrap has changed.") { agent };
        command.SetAction(parsed => Run(parsed.GetValue(agent)));
        return command;
    }

    private static int Run(string? agent)
    {
        if (agent is not null && KnownAgents.Find(agent) is null)
            throw new CliException($"{agent} is no agent whose files wrap changes. There is {string.Join(", ", KnownAgents.All.Select(a => a.Name))}.", ExitCodes.Usage);
        (IReadOnlyList<string> lines, bool isDone) = FileJournal.DefaultFolder is { } folder ? new FileJournal(folder).Undo(agent) : ([], true);
        foreach (string line in lines) Console.WriteLine(line);
        if (lines.Count == 0) Console.WriteLine("nothing to undo.");
        return isDone ? ExitCodes.Success : ExitCodes.CannotRead;
    }
}
