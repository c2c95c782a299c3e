using System.Net;
using System.Net.Sockets;
using System.Text;
using Headroom.Cli.Proxy.Access;
using Headroom.Cli.Proxy.Accounts;
using Headroom.Cli.Proxy.Bodies;
using Headroom.Cli.Proxy.Endpoints;
using Headroom.Cli.Proxy.Forwarding;
using Headroom.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Headroom.Cli.Proxy;

/// <summary>The running proxy.</summary>
internal sealed class ProxyHost : IAsyncDisposable
{
    /// <summary>What open streams get to end in when the proxy is told to stop.</summary>
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Headers of a request in bytes and in lines, and its first line: several times what clients send, so that refusing is left to the provider.</summary>
    private const int MaxHeaderBytes = 512 * 1024, MaxHeaders = 2_000, MaxRequestLine = 64 * 1024;

    private readonly WebApplication _app;
    private readonly Forwarder _forwarder;
    private readonly OwnEndpoints _endpoints;

    private ProxyHost(WebApplication app, Forwarder forwarder, OwnEndpoints endpoints) => (_app, _forwarder, _endpoints) = (app, forwarder, endpoints);

    /// <summary>Where this machine reaches it, such as <c>http://127.0.0.1:8787</c>.</summary>
    public Uri Address
    {
        get
        {
            var listens = new Uri(_app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First());
            bool isAny = IPAddress.TryParse(listens.Host.Trim('[', ']'), out IPAddress? bound) && (bound.Equals(IPAddress.Any) || bound.Equals(IPAddress.IPv6Any));
            return isAny ? new UriBuilder(listens) { Host = bound!.Equals(IPAddress.Any) ? "127.0.0.1" : "[::1]" }.Uri : listens;
        }
    }

    /// <summary>Starts it.</summary>
    /// <param name="settings">How.</param>
    /// <param name="store">Where originals are kept; <see langword="null"/> for nowhere.</param>
    /// <param name="talk">Told what is worth a line in the log. Never holds content.</param>
    /// <param name="cancellationToken">Stops starting.</param>
    /// <exception cref="CliException">It cannot listen, or would ask itself.</exception>
    public static async Task<ProxyHost> StartAsync(ProxySettings settings, IOriginalStore? store, Action<string> talk, CancellationToken cancellationToken)
    {
        foreach (Upstream upstream in settings.Upstreams.All)
        {
            if (new Uri(upstream.Address) is { IsLoopback: true } address && address.Port == settings.Port)
                throw new CliException($"{upstream.Address} is this proxy itself. Name the provider, or choose another --port.", ExitCodes.Usage);
        }

        var compressor = new ConversationCompressor(settings.Options, store: store);
        var accounts = new ProxyAccounts(compressor, talk);
        var forwarder = new Forwarder();
        // Empty: what runs depends on the command line alone, not on configuration files or variables for servers.
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = ShutdownTimeout);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(o => Configure(o, settings));
        builder.Services.AddSingleton<IHostLifetime, NoSignals>();
        WebApplication app = builder.Build();
        var endpoints = new OwnEndpoints(settings, compressor, accounts);
        var handler = new ProxyHandler(settings, new Gate(settings.Token), new RequestRewriter(compressor, accounts.Failed), accounts, endpoints, forwarder);
        app.Run(handler.HandleAsync);
        try
        {
            await app.StartAsync(cancellationToken).ConfigureAwait(false);
            return new ProxyHost(app, forwarder, endpoints);
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            forwarder.Dispose();
            await app.DisposeAsync().ConfigureAwait(false);
            string why = e.InnerException is { } inner ? inner.Message : e.Message;
            bool isTaken = e.GetBaseException() is SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse };
            string next = isTaken ? "Is a proxy running already? See headroom stats, or choose another --port." : "Choose another --port, or another --bind.";
            throw new CliException($"cannot listen on {new IPEndPoint(settings.Bind, settings.Port)}: {why.TrimEnd('.')}. {next}", ExitCodes.CannotConnect);
        }
    }

    /// <summary>Takes no more requests, and lets open ones end. What they cost is in the figures afterwards.</summary>
    public Task StopAsync() => _app.StopAsync();

    /// <summary>Everything that is counted, as <c>/headroom/stats</c> answers it.</summary>
    public ReadOnlyMemory<byte> Stats() => _endpoints.Stats();

    public async ValueTask DisposeAsync()
    {
        await StopAsync().ConfigureAwait(false);
        await _app.DisposeAsync().ConfigureAwait(false);
        _forwarder.Dispose();
    }

    private static void Configure(KestrelServerOptions options, ProxySettings settings)
    {
        options.AddServerHeader = false;
        options.RequestHeaderEncodingSelector = _ => Encoding.Latin1; // whatever bytes stand in a header, they go on as they are
        options.ResponseHeaderEncodingSelector = _ => Encoding.Latin1;
        options.Limits.MaxRequestBodySize = null; // the provider decides
        options.Limits.MaxRequestHeadersTotalSize = MaxHeaderBytes;
        options.Limits.MaxRequestHeaderCount = MaxHeaders;
        options.Limits.MaxRequestLineSize = MaxRequestLine;
        options.Limits.MinResponseDataRate = null; // a client may read as slowly as it likes; senders that never end are cut off as ever
        options.Listen(settings.Bind, settings.Port, o => o.Protocols = HttpProtocols.Http1);
    }

    /// <summary>Which signals end the proxy is for the command that runs it to say: the host's own lifetime would take Ctrl-C, which may be meant for an agent.</summary>
    private sealed class NoSignals : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
