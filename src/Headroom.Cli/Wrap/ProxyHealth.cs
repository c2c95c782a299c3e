using System.Text.Json;
using Headroom.Cli.Proxy;
using Headroom.Cli.Proxy.Access;
using Headroom.Cli.Wire;

namespace Headroom.Cli.Wrap;

/// <summary>What a running proxy says of itself.</summary>
internal sealed record ProxyHealth
{
    /// <summary>It answers from memory. What takes longer is stuck, or something else, and the user waits for an agent meanwhile.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(3);

    public required int ProcessId { get; init; }

    public required string Mode { get; init; }

    public required bool Shadow { get; init; }

    public required long? ContextWindow { get; init; }

    public required string? Store { get; init; }

    /// <summary>The agent it ends with; <see langword="null"/> for one that runs by itself.</summary>
    public required string? Wrap { get; init; }

    public required IReadOnlyList<Upstream> Upstreams { get; init; }

    /// <summary>Asks whoever listens.</summary>
    /// <param name="address">Scheme, host and port.</param>
    /// <param name="token">The proxy's token.</param>
    /// <param name="cancellationToken">Stops asking.</param>
    /// <returns><see langword="null"/> where nobody answers, or something that is no proxy of ours, or that is not well.</returns>
    public static async Task<ProxyHealth?> AskAsync(Uri address, string? token, CancellationToken cancellationToken)
    {
        using var handler = new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false };
        using var client = new HttpClient(handler) { Timeout = Timeout };
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, "/headroom/health"));
        if (token is not null) request.Headers.TryAddWithoutValidation(Gate.TokenHeader, token);
        try
        {
            using HttpResponseMessage response = await client.SendAsync(request, cancellationToken).ConfigureAwait(false);
            return response.IsSuccessStatusCode ? Parse(await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false)) : null;
        }
        catch (Exception e) when (e is HttpRequestException || (e is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return null;
        }
    }

    /// <summary>Whether it does what is wanted: the same changes, the same providers, originals in the same place.</summary>
    public bool Fits(ProxySettings wanted) =>
        Mode == OutcomeJson.NameOf(wanted.Options.Mode) && Shadow == wanted.Options.Shadow && ContextWindow == wanted.Options.ContextWindowTokens && Store == wanted.Store
        && Upstreams.ToHashSet().SetEquals(wanted.Upstreams.All);

    private static ProxyHealth? Parse(byte[] body)
    {
        if (JsonFields.TryParse(body) is not { } json || json.Text("name") != "headroom" || json.Text("status") != "ok" || json.Count("pid") is not { } process) return null;
        return new ProxyHealth
        {
            ProcessId = (int)process,
            Mode = json.Text("mode") ?? "",
            Shadow = json.IsTrue("shadow"),
            ContextWindow = json.Count("contextWindow"),
            Store = json.Text("store"),
            Wrap = json.Text("wrap"),
            Upstreams = [.. json.List("upstreams").Select(ParseUpstream)],
        };
    }

    private static Upstream ParseUpstream(JsonElement json) => new(json.Text("name") ?? "", json.Text("prefix") ?? "", json.Text("address") ?? "");
}
