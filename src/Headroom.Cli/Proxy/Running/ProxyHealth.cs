using System.Text.Json;
using Headroom.Cli.Wire;

namespace Headroom.Cli.Proxy.Running;

/// <summary>What a running proxy says of itself.</summary>
internal sealed record ProxyHealth
{
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
    public static async Task<ProxyHealth?> AskAsync(Uri address, string? token, CancellationToken cancellationToken) =>
        (await ProxyProbe.AskAsync(address.GetLeftPart(UriPartial.Authority), ProxyProbe.Health, token, ProxyProbe.Patience, cancellationToken).ConfigureAwait(false)).Json is { } json ? Parse(json) : null;

    /// <summary>Whether it does what is wanted: the same changes, the same providers, originals in the same place.</summary>
    public bool Fits(ProxySettings wanted) =>
        Mode == OutcomeJson.NameOf(wanted.Options.Mode) && Shadow == wanted.Options.Shadow && ContextWindow == wanted.Options.ContextWindowTokens && Store == wanted.Store
        && Upstreams.ToHashSet().SetEquals(wanted.Upstreams.All);

    private static ProxyHealth? Parse(JsonElement json)
    {
        if (json.Text("status") != "ok" || json.Count("pid") is not { } process) return null;
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
