using System.Text.Json;
using Headroom.Cli.Doctor.Proxies;
using Headroom.Cli.Proxy;
using Headroom.Cli.Proxy.Running;
using Headroom.Cli.Storage;
using Headroom.Cli.Terminals;
using Headroom.Cli.Wire;

namespace Headroom.Cli.Doctor.Checks;

/// <summary>Every proxy of this user: whether it answers, what it is, and whether it fits this tool.</summary>
internal sealed class ProxyCheck : ICheck
{
    public CheckGroup Group => CheckGroup.Proxy;

    public string Subject => "the proxies";

    public async Task<IReadOnlyList<Finding>> RunAsync(DoctorContext context, CancellationToken cancellationToken)
    {
        IReadOnlyList<FoundProxy> proxies = await context.ProxiesAsync(cancellationToken).ConfigureAwait(false);
        return proxies.Count == 0
            ? [Finding.NotSetUp("no proxy runs", FormattableString.Invariant($"headroom proxy starts one on port {ProxySettings.DefaultPort}; agents without one work as ever"))]
            : [.. proxies.SelectMany(p => Of(context, p))];
    }

    private static IEnumerable<Finding> Of(DoctorContext context, FoundProxy proxy) => proxy.Answer switch
    {
        { By: Answerer.Headroom, Json: { } stats } => OfRunning(context, proxy, stats),
        { By: Answerer.HeadroomThatWantsAToken } => [Finding.Warning($"{proxy.Address} is a proxy whose token this user's files do not hold", "headroom stats --url … --token … asks it")],
        { By: Answerer.Silence } => [Finding.Problem($"{proxy.Address} takes connections but does not answer", proxy.IsAlive ? "stop that proxy and start it anew" : Stale(context, proxy))],
        { By: Answerer.Nobody } when proxy.IsAlive => [Finding.Warning($"{proxy.Address}: nobody answers, though a process with the number of the proxy's runs", Stale(context, proxy))],
        _ when StateFile.Read(new Uri(proxy.Address).Port) is null => [Finding.Warning($"{context.Short(proxy.StateFile!)} cannot be read", "take it away; a proxy that runs is found by its port")],
        { By: Answerer.Nobody } => [Finding.Warning($"{proxy.Address}: nobody answers; the proxy was killed", Stale(context, proxy))],
        _ => [Finding.Warning($"{proxy.Address}: another program answers where a proxy was", Stale(context, proxy))],
    };

    private static string Stale(DoctorContext context, FoundProxy proxy) => proxy.Wrap is not null
        ? "the next headroom wrap takes its file away"
        : $"headroom proxy --port {new Uri(proxy.Address).Port} starts it again; or take {context.Short(proxy.StateFile ?? "its file")} away";

    private static IEnumerable<Finding> OfRunning(DoctorContext context, FoundProxy proxy, JsonElement stats)
    {
        JsonElement settings = proxy.Settings!.Value;
        string mode = settings.Text("mode") ?? "?";
        long requests = stats.Object("total")?.Count("requests") ?? 0; // those a model answered; this very question is one too
        yield return Finding.Ok($"{proxy.Address}: headroom {settings.Text("version")}, {mode}{(settings.IsTrue("shadow") ? ", shadow: it only measures" : "")}{(settings.Text("wrap") is { } agent ? $", for headroom wrap {agent}" : "")}, {Figure.Of(requests, "request")} answered since {settings.Moment("started"):yyyy-MM-dd HH:mm} UTC");
        if (settings.Text("version") != ToolVersion.Text)
            yield return Finding.Warning($"{proxy.Address} is of version {settings.Text("version")}, this tool of {ToolVersion.Text}", "stop it and start it anew");
        if (settings.Text("store") is { } store && StoreFile.Resolve(context.Store) is { } ours && !IsSame(store, ours))
            yield return Finding.Warning($"{proxy.Address} keeps originals in {context.Short(store)}; headroom retrieve and mcp look in {context.Short(ours)}", "give all of them the same --store");
        if (settings.Text("store") is null && mode != "lossless" && !settings.IsTrue("shadow"))
            yield return Finding.Warning($"{proxy.Address} has no store, so it cuts nothing", "name a file with headroom proxy --store FILE");
        if (stats.Object("failures") is { } failures && failures.EnumerateObject().Any())
            yield return Finding.Warning($"{proxy.Address} failed by itself: {string.Join(", ", failures.EnumerateObject().Select(f => $"{f.Value.GetRawText()} at {f.Name}"))}; these requests went on as they came", "please report it");
        long unreachable = stats.List("requests").Where(r => r.Text("delivery") == "unreachable").Sum(r => r.Count("count") ?? 0);
        if (unreachable > 0) yield return Finding.Warning($"{proxy.Address} could not reach the provider for {Figure.Of(unreachable, "request")}", "see whether the providers below can be reached now");
    }

    private static bool IsSame(string left, string right) => string.Equals(Path.GetFullPath(left), Path.GetFullPath(right), OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);
}
