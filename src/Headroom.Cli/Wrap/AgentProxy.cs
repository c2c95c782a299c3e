using Headroom.Cli.Proxy;
using Headroom.Cli.Proxy.Access;
using Headroom.Cli.Proxy.Running;
using Headroom.Cli.Stats;
using Headroom.Cli.Storage;

namespace Headroom.Cli.Wrap;

/// <summary>The proxy an agent is started with: one that runs already, or one in this process that ends with the agent, so that nothing is left running.</summary>
internal sealed class AgentProxy : IAsyncDisposable
{
    /// <summary>A proxy counts beside the answer: what was answered last is counted some milliseconds later.</summary>
    private static readonly TimeSpan Counting = TimeSpan.FromMilliseconds(200);

    private readonly RunningProxy _running;
    private readonly ProxyHost? _host;
    private readonly DeferredOriginalStore? _store;
    private readonly StringWriter _talk;
    private readonly byte[]? _statsBefore;

    private AgentProxy(RunningProxy running, byte[]? statsBefore, ProxyHost? host = null, DeferredOriginalStore? store = null, StringWriter? talk = null) =>
        (_running, _statsBefore, _host, _store, _talk) = (running, statsBefore, host, store, talk ?? new StringWriter());

    /// <summary>What an agent is told: the address, and the path of the token where it wants one.</summary>
    public string BaseUrl => BaseUrlOf(_running);

    /// <summary>Its address alone.</summary>
    public Uri Address => _running.Address;

    /// <summary>Whether it ran before.</summary>
    public bool IsReused => _host is null;

    public static string BaseUrlOf(RunningProxy proxy) => proxy.Root + (proxy.Token is { } token ? Gate.TokenPath + token : "");

    /// <summary>A proxy that runs already and does what is wanted.</summary>
    /// <param name="wanted">What is wanted.</param>
    /// <param name="outer">One that the environment leads to already; it lives longer than this process, also where it is a wrap's.</param>
    /// <param name="cancellationToken">Stops looking.</param>
    /// <remarks>
    /// Who listens on a port may be anybody on this machine, and would be given the agent's keys. So one is believed only when this user's own folder names its process, and that runs:
    /// a proxy that runs holds its port.
    /// </remarks>
    public static async Task<RunningProxy?> FindAsync(ProxySettings wanted, RunningProxy? outer, CancellationToken cancellationToken)
    {
        if (outer is not null && await AskAsync(outer).ConfigureAwait(false)) return outer;
        return StateFile.Read(wanted.Port) is { Wrap: null, Address.IsLoopback: true } left && StateFile.IsRunning(left) && await AskAsync(left).ConfigureAwait(false) ? left : null;

        async Task<bool> AskAsync(RunningProxy proxy) =>
            await ProxyHealth.AskAsync(proxy.Address, proxy.Token, cancellationToken).ConfigureAwait(false) is { } health && health.ProcessId == proxy.ProcessId
            && (health.Wrap is null || proxy == outer) && health.Fits(wanted);
    }

    /// <summary>Uses a proxy that was found.</summary>
    public static async Task<AgentProxy> UseAsync(RunningProxy found, CancellationToken cancellationToken) =>
        new(found, await ProxyFigures.TryAsync(found, cancellationToken).ConfigureAwait(false));

    /// <summary>Starts one in this process, and asks it whether it is well.</summary>
    /// <exception cref="CliException">It cannot be started, or does not answer.</exception>
    public static async Task<AgentProxy> StartAsync(ProxySettings wanted, CancellationToken cancellationToken)
    {
        var talk = new StringWriter(); // the terminal is the agent's; what there is to say is said when it has ended
        TextWriter shared = TextWriter.Synchronized(talk);
        DeferredOriginalStore? store = wanted.Store is { } file ? new DeferredOriginalStore(file, shared) : null;
        ProxyHost host = await StartHostAsync(wanted, store, line => shared.WriteLine("headroom: " + line), cancellationToken).ConfigureAwait(false);
        var running = new RunningProxy(host.Address, wanted.Token, Environment.ProcessId, wanted.Wrap);
        var proxy = new AgentProxy(running, null, host, store, talk);
        if ((await ProxyHealth.AskAsync(host.Address, wanted.Token, cancellationToken).ConfigureAwait(false))?.ProcessId != running.ProcessId)
        {
            await proxy.DisposeAsync().ConfigureAwait(false);
            throw new CliException($"the proxy on {BaseUrlOf(running)} does not answer, so nothing was changed or started.", ExitCodes.CannotConnect);
        }

        StateFile.Write(running);
        return proxy;
    }

    /// <summary>What was counted: before the agent, where the proxy is older than it, and until now. Takes no more requests, where the proxy is ours.</summary>
    public async Task<(byte[]? Before, byte[]? After)> EndAsync()
    {
        if (_host is null)
        {
            await Task.Delay(Counting).ConfigureAwait(false);
            return (_statsBefore, await ProxyFigures.TryAsync(_running, CancellationToken.None).ConfigureAwait(false));
        }

        await _host.StopAsync().ConfigureAwait(false);
        return (null, _host.Stats().ToArray());
    }

    /// <summary>What the proxy had to say while the agent had the terminal.</summary>
    public string Talk => _talk.ToString();

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
        {
            StateFile.Remove(_running);
            await _host.DisposeAsync().ConfigureAwait(false);
        }

        _store?.Dispose();
        await _talk.DisposeAsync().ConfigureAwait(false);
    }

    private static async Task<ProxyHost> StartHostAsync(ProxySettings wanted, DeferredOriginalStore? store, Action<string> talk, CancellationToken cancellationToken)
    {
        try
        {
            return await ProxyHost.StartAsync(wanted, store, talk, cancellationToken).ConfigureAwait(false);
        }
        catch (CliException) when (wanted.Port != 0)
        {
            return await ProxyHost.StartAsync(wanted with { Port = 0 }, store, talk, cancellationToken).ConfigureAwait(false); // somebody has the port
        }
    }
}
