using System.Text.Json;
using Headroom.Cli.Doctor.Proxies;
using Headroom.Cli.Terminals;
using Headroom.Cli.Wire;
using Headroom.PromptCaching;

namespace Headroom.Cli.Doctor.Checks;

/// <summary>What running proxies saw break the prompt cache.</summary>
internal sealed class ProxyCacheCheck : ICheck
{
    /// <summary>Lines a proxy gets; the page and the JSON have all.</summary>
    private const int MaxLines = 5;

    public CheckGroup Group => CheckGroup.Cache;

    public string Subject => "what proxies saw of the prompt cache";

    public async Task<IReadOnlyList<Finding>> RunAsync(DoctorContext context, CancellationToken cancellationToken) =>
        [.. (await context.ProxiesAsync(cancellationToken).ConfigureAwait(false)).SelectMany(p => p.Answer.Json is { } stats ? Of(p, stats) : [])];

    private static IEnumerable<Finding> Of(FoundProxy proxy, JsonElement stats)
    {
        if (stats.Object("promptCache") is not { } cache || stats.Object("total")?.Count("requests") is not > 0) yield break; // an older proxy, or an idle one
        foreach (JsonElement place in cache.List("volatile").Take(MaxLines))
            yield return Finding.Warning($"{proxy.Address}: {PrefixBreak.NameOf(PlaceNames.KindOf(place.Text("kind")))} in {place.Text("part")}, character {place.Count("offset")}: {PlaceNames.HowOften(PlaceNames.KindOf(place.Text("kind")))}", PlaceNames.Advice);
        JsonElement[] places = [.. cache.List("places")];
        foreach (JsonElement place in places.Take(MaxLines))
        {
            string where = place.Count("offset") is > 0 and var offset ? $"{place.Text("part")}, character {offset}" : place.Text("part") ?? "?";
            yield return Finding.Warning($"{proxy.Address}: {where}: {place.Text("cause")}, in {Figure.Of(place.Count("count") ?? 0, "request")}; up to {Figure.Count(place.Count("lostTokens") ?? 0)} tokens each were not read from the cache", Advice(proxy, place));
        }

        if (places.Length > MaxLines) yield return Finding.Warning($"{proxy.Address}: and {places.Length - MaxLines} more places", $"{proxy.Address}/headroom/ shows them");
        if (cache.Count("breaks") == 0) yield return Finding.Ok($"{proxy.Address}: every request began with the one before of its session");
    }

    private static string Advice(FoundProxy proxy, JsonElement place)
    {
        // What Claude Code puts before its system prompt is known to Anthropic only (docs/proxy.md).
        bool mayBeAttribution = place.Text("part") == "the instructions" && proxy.Settings!.Value.List("upstreams").Any(u => u.Text("name") == "anthropic" && u.Text("address") != Cli.Proxy.Upstream.AnthropicItself);
        return mayBeAttribution ? PlaceNames.Advice + "; with Claude Code and a provider that is not Anthropic, set CLAUDE_CODE_ATTRIBUTION_HEADER=0" : PlaceNames.Advice;
    }
}
