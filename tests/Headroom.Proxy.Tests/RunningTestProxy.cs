using System.Net;
using System.Text;
using System.Text.Json;
using Headroom.Storage;

namespace Headroom.Cli.Proxy;

/// <summary>A proxy in this process, on a port of its own, in front of a provider.</summary>
internal sealed class RunningTestProxy : IAsyncDisposable
{
    private readonly ProxyHost _host;

    private RunningTestProxy(ProxyHost host)
    {
        _host = host;
        Client = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { BaseAddress = host.Address };
    }

    public HttpClient Client { get; }

    public int Port => _host.Address.Port;

    public string Url => _host.Address.GetLeftPart(UriPartial.Authority);

    public static Task<RunningTestProxy> StartAsync(FakeProvider provider, HeadroomOptions? options = null, IOriginalStore? store = null) =>
        StartAsync(new ProxySettings { Upstreams = Upstreams.Of(provider.Url, null, null, []), Options = options ?? new HeadroomOptions() }, store);

    public static async Task<RunningTestProxy> StartAsync(ProxySettings settings, IOriginalStore? store = null, Action<string>? talk = null) =>
        new(await ProxyHost.StartAsync(settings with { Bind = IPAddress.Loopback, Port = 0 }, store ?? new DictionaryOriginalStore(), talk ?? (_ => { }), CancellationToken.None));

    public async Task<HttpResponseMessage> PostAsync(string path, string body, string type = "application/json")
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        return await Client.PostAsync(new Uri(path, UriKind.Relative), content);
    }

    /// <summary>What <c>/headroom/stats</c> says.</summary>
    public async Task<JsonElement> StatsAsync() => JsonDocument.Parse(await Client.GetStringAsync(new Uri("/headroom/stats", UriKind.Relative))).RootElement;

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _host.DisposeAsync();
    }
}
