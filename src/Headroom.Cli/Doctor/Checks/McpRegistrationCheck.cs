using Headroom.Cli.Doctor.Agents;
using Headroom.Cli.Processes;
using Headroom.Cli.Wrap.Agents;

namespace Headroom.Cli.Doctor.Checks;

/// <summary>Whether agents know the MCP server that brings originals back, and can start it.</summary>
internal sealed class McpRegistrationCheck : ICheck
{
    public CheckGroup Group => CheckGroup.Mcp;

    public string Subject => "the settings of agents";

    public Task<IReadOnlyList<Finding>> RunAsync(DoctorContext context, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Finding>>([.. KnownAgents.All.Where(a => a.Registration is not null).SelectMany(a => Of(context, a))]);

    private static IEnumerable<Finding> Of(DoctorContext context, IAgent agent)
    {
        SettingsFile[] files = [.. SettingsFile.ReadAll(agent.ServerFiles(context.Agent))];
        foreach (SettingsFile file in files.Where(f => f.Text is null || f.Broken is not null))
            yield return Finding.Warning($"{context.Short(file.Path)} {(file.Text is null ? "cannot be read" : "is not " + file.Broken)}, so {agent.Title} may not read it either", "look at what is wrong with it");
        RegisteredServer[] servers = [.. files.SelectMany(f => RegisteredServer.Find(f, context.Folder))];
        foreach (RegisteredServer server in servers) yield return Of(context, agent, server);
        if (servers.Length == 0 && AgentCheck.PathOf(agent) is not null)
            yield return Finding.NotSetUp($"{agent.Title} does not know headroom mcp: a proxy cuts nothing of its requests", agent.Registration);
    }

    private static Finding Of(DoctorContext context, IAgent agent, RegisteredServer server)
    {
        string where = $"{agent.Title} ({context.Short(server.File)})";
        if (server.Command is not { } command) return Finding.Ok($"{where} knows the server headroom");
        try
        {
            CommandPath.Find(command);
            return Finding.Ok($"{where} starts {context.Short(command)} as an MCP server");
        }
        catch (CliException e)
        {
            string why = e.ExitCode == ExitCodes.NotExecutable ? "cannot be run" : "is not there";
            return Finding.Problem($"{where} starts {context.Short(command)} as an MCP server, which {why}", $"correct it there, or register the server anew: {agent.Registration}");
        }
    }
}
