using Headroom.Cli.Processes;
using Headroom.Cli.Wrap.Agents;

namespace Headroom.Cli.Doctor.Checks;

/// <summary>Which agents there are.</summary>
internal sealed class AgentCheck : ICheck
{
    public CheckGroup Group => CheckGroup.Agents;

    public string Subject => "the agents";

    public Task<IReadOnlyList<Finding>> RunAsync(DoctorContext context, CancellationToken cancellationToken)
    {
        List<Finding> found = [];
        List<string> missing = [];
        foreach (IAgent agent in KnownAgents.All)
        {
            if (PathOf(agent) is { } path) found.Add(Finding.Ok($"{agent.Title} is {context.Short(path)}"));
            else missing.Add(agent.Command);
        }

        if (missing.Count > 0) found.Add(Finding.NotSetUp($"not on the PATH: {string.Join(", ", missing)}"));
        return Task.FromResult<IReadOnlyList<Finding>>(found);
    }

    /// <summary>The program of an agent; <see langword="null"/> where it is not on the <c>PATH</c>.</summary>
    public static string? PathOf(IAgent agent)
    {
        try
        {
            return CommandPath.Find(agent.Command);
        }
        catch (CliException)
        {
            return null;
        }
    }
}
