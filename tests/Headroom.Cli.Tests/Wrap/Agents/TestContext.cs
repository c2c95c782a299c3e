using Headroom.Cli.Wrap;
using Headroom.Cli.Wrap.Agents;

namespace Headroom.Cli.Tests.Wrap.Agents;

/// <summary>A user's machine, as an agent's recipe sees it.</summary>
internal sealed class TestContext : IDisposable
{
    /// <summary>A proxy and a server an agent is told of.</summary>
    public static readonly HeadroomServices Services = new("http://127.0.0.1:8787", ["/opt/head room", "mcp", "--store", "/data/originals.db"]);

    private readonly Dictionary<string, string> _variables = [];

    public string Folder { get; } = Directory.CreateTempSubdirectory("headroom-agents-").FullName;

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    public TestContext Set(string variable, string value)
    {
        _variables[variable] = value;
        return this;
    }

    /// <summary>Writes a file into the user's home, or under <c>project</c> into the folder the agent is started in.</summary>
    public TestContext Write(string name, string text)
    {
        string path = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return this;
    }

    public AgentContext Of(params string[] arguments) => new() { Arguments = arguments, Environment = _variables, Home = Folder, Folder = Path.Combine(Folder, "project") };

    /// <summary>Where requests of an agent go: each address behind its prefix.</summary>
    public string[] UpstreamsOf(IAgent agent, params string[] arguments) => [.. agent.FindUpstreams(Of(arguments)).All.Select(u => u.Prefix + "=" + u.Address)];

    public AgentLaunch Prepare(IAgent agent, params string[] arguments) => agent.Prepare(Of(arguments), Services);

    public string WhyNot(IAgent agent, params string[] arguments) => Assert.Throws<CliException>(() => agent.FindUpstreams(Of(arguments))).Message;
}
