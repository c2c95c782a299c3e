using System.Diagnostics;
using Headroom.Cli.Mcp;
using Headroom.Cli.Processes;
using Headroom.Cli.Proxy;
using Headroom.Cli.Proxy.Running;
using Headroom.Cli.Storage;
using Headroom.Cli.Terminals;
using Headroom.Cli.Wrap.Agents;
using Headroom.Cli.Wrap.Files;
using Headroom.Retrieval;

namespace Headroom.Cli.Wrap;

/// <summary>Runs <c>headroom wrap</c>.</summary>
/// <remarks>
/// <code>
///   (1) the program, the real providers ─► (2) a proxy that answers ─► (3) an MCP server that answers ─► (4) files, if need be ─► (5) the agent ─► (6) what was saved
///          nothing is touched up to here, and a failure ends it                                              journal
/// </code>
/// </remarks>
/// <param name="settings">What is wanted.</param>
/// <param name="own">The command line of this tool.</param>
/// <param name="step">Told of each step before it is taken; for tests that kill the process there.</param>
internal sealed class WrapRunner(WrapSettings settings, IReadOnlyList<string> own, Action<string>? step = null)
{
    private readonly IAgent _agent = settings.Agent;
    private readonly Action<string> _step = step ?? (_ => { });

    /// <summary>Starts the agent, and waits for it.</summary>
    /// <returns>Its exit code; 128 and the signal's number where a signal ended it.</returns>
    /// <exception cref="CliException">It cannot be started. Nothing was changed, unless the system refuses the very start: then <c>unwrap</c> puts it back.</exception>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        _step("find the program");
        IReadOnlyDictionary<string, string> inherited = AgentContext.Inherited();
        (IReadOnlyDictionary<string, string> environment, RunningProxy? outer) = await OuterProxy.ResolveAsync(inherited, cancellationToken).ConfigureAwait(false);
        var context = new AgentContext
        {
            Arguments = settings.Arguments,
            Environment = environment,
            Home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile),
            Folder = Environment.CurrentDirectory,
        };
        string? store = StoreFile.Resolve(settings.Store) is { } file ? Path.GetFullPath(file) : null;
        IReadOnlyList<string>? server = settings.NoMcp || !_agent.UsesServer || store is null || !settings.Options.MayElide || settings.Options.Shadow ? null : OwnServer.CommandLine(own, settings.Options.Mode, store);
        var services = new HeadroomServices("", server);
        if (FindProgram(services) is not { } program) return PrintByHand(services); // (1)

        ProxySettings? wanted = !_agent.UsesProxy ? null : new ProxySettings
        {
            Port = settings.Port ?? ProxySettings.DefaultPort,
            Upstreams = _agent.FindUpstreams(context),
            Options = settings.Options,
            Store = settings.Options.MayElide && !settings.Options.Shadow ? store : null,
            Wrap = _agent.Name,
        };
        RunningProxy? found = wanted is null ? null : await AgentProxy.FindAsync(wanted, outer, cancellationToken).ConfigureAwait(false);
        if (found is not null && ShowsToken(context, found, server)) found = null;
        if (settings.DryRun) return PrintDryRun(program, context, inherited, wanted, found, server);

        StateFile.RemoveLeftOver();
        _step("start the proxy");
        AgentProxy? proxy = wanted is null ? null
            : found is not null ? await AgentProxy.UseAsync(found, cancellationToken).ConfigureAwait(false)
            : await AgentProxy.StartAsync(wanted, cancellationToken).ConfigureAwait(false); // (2)
        try
        {
            _step("check the server");
            server = await CheckedAsync(server, cancellationToken).ConfigureAwait(false); // (3)
            AgentLaunch launch = _agent.Prepare(context, new HeadroomServices(proxy?.BaseUrl ?? "", server));
            if (settings.Port is > 0 and { } port && proxy is { IsReused: false } && proxy.Address.Port != port) Talk.Say($"port {port} is taken; the proxy is on {proxy.Address.Port}.");
            Change(launch); // (4)
            foreach (string note in launch.Notes) Talk.Say(note);
            _step("start the agent");
            int exitCode = await RunAgentAsync(launch, Variables(inherited, launch, proxy?.Address)).ConfigureAwait(false); // (5)
            _step("say what was saved");
            if (proxy is not null) await SayWhatWasSavedAsync(proxy).ConfigureAwait(false); // (6)
            return exitCode;
        }
        finally
        {
            if (proxy is not null) await proxy.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Whether a proxy's token would stand among the arguments of the agent, which every user of the machine can read. Its variables are for this user only.</summary>
    private bool ShowsToken(AgentContext context, RunningProxy proxy, IReadOnlyList<string>? server) =>
        proxy.Token is { } token && _agent.Prepare(context, new HeadroomServices(AgentProxy.BaseUrlOf(proxy), server)).Arguments.Any(a => a.Contains(token, StringComparison.Ordinal));

    /// <summary>The agent's file; <see langword="null"/> where it has to be set up by hand.</summary>
    private string? FindProgram(HeadroomServices services)
    {
        try
        {
            return CommandPath.Find(_agent.Command);
        }
        catch (CliException e) when (e.ExitCode == ExitCodes.CommandNotFound && _agent.ByHand(services).Count > 0)
        {
            return null;
        }
        catch (CliException e) when (e.ExitCode == ExitCodes.CommandNotFound && _agent.Installation is { } installation)
        {
            throw new CliException($"there is no command {_agent.Command} in PATH. If {_agent.Name} is not installed: {installation}.", ExitCodes.CommandNotFound);
        }
    }

    private int PrintByHand(HeadroomServices services)
    {
        foreach (string line in _agent.ByHand(services)) Console.WriteLine(line);
        return ExitCodes.Success;
    }

    private int PrintDryRun(string program, AgentContext context, IReadOnlyDictionary<string, string> inherited, ProxySettings? wanted, RunningProxy? found, IReadOnlyList<string>? server)
    {
        Uri? address = wanted is null ? null : found?.Address ?? new Uri(FormattableString.Invariant($"http://127.0.0.1:{wanted.Port}"));
        string? baseUrl = found is not null ? AgentProxy.BaseUrlOf(found) : address?.GetLeftPart(UriPartial.Authority);
        string? proxy = wanted is null ? null
            : found is not null ? $"proxy: {baseUrl}, which runs already"
            : $"proxy: {baseUrl}, or another port if this one is taken, to {string.Join(", ", wanted.Upstreams.All.Select(u => u.Prefix.Length > 0 ? $"{u.Address} (under {u.Prefix})" : u.Address).Distinct())}; ends with the agent";
        AgentLaunch launch = _agent.Prepare(context, new HeadroomServices(baseUrl ?? "", server));
        DryRun.Write(Console.Out, program, launch, Variables(inherited, launch, address), proxy, server, found?.Token);
        return ExitCodes.Success;
    }

    private static async Task<IReadOnlyList<string>?> CheckedAsync(IReadOnlyList<string>? server, CancellationToken cancellationToken)
    {
        if (server is null) return null;
        (IReadOnlyList<string> tools, string? why) = await OwnServer.AskAsync(server, cancellationToken).ConfigureAwait(false);
        if (tools.Contains(RetrievalTool.Name)) return server;
        Talk.Say($"the MCP server cannot be started ({why ?? "it offers no " + RetrievalTool.Name}), so it is not registered and nothing is cut.");
        return null;
    }

    private void Change(AgentLaunch launch)
    {
        if (launch.Files.Count == 0) return;
        string folder = FileJournal.DefaultFolder ?? throw new CliException("this user has no data folder to keep the original of a changed file in, so nothing was changed.", ExitCodes.CannotRead);
        foreach (string line in new FileJournal(folder, _step).Apply(_agent.Name, launch.Files)) Talk.Say(line);
    }

    private static IReadOnlyDictionary<string, string?> Variables(IReadOnlyDictionary<string, string> inherited, AgentLaunch launch, Uri? proxy) =>
        proxy is null ? launch.Environment : ChildVariables.Of(inherited, launch.Environment, proxy.Host);

    private async Task<int> RunAgentAsync(AgentLaunch launch, IReadOnlyDictionary<string, string?> variables)
    {
        using var signals = new SignalForwarding();
        using Process agent = OperatingSystem.IsWindows() ? Start() : UnixSystem.WithDefaultPipeSignal(Start);
        signals.To(agent);
        await agent.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        return agent.ExitCode;

        Process Start() => ChildProcess.StartInPlace([_agent.Command, .. launch.Arguments], variables);
    }

    private async Task SayWhatWasSavedAsync(AgentProxy proxy)
    {
        (byte[]? before, byte[]? after) = await proxy.EndAsync().ConfigureAwait(false);
        Talk.Write(proxy.Talk);
        if (!settings.Quiet && Savings.LineOf(before, after) is { } line) Talk.Say(line);
    }
}
