using Headroom.Cli.Doctor.Checks;

namespace Headroom.Cli.Doctor;

/// <summary>The list of checks, in the order their lines stand in within a group.</summary>
internal static class BuiltInChecks
{
    public static IReadOnlyList<ICheck> All { get; } =
    [
        new ToolCheck(),
        new StoreCheck(),
        new StoreContentCheck(),
        new StoreKeysCheck(),
        new DiskCheck(),
        new ProxyCheck(),
        new UpstreamCheck(),
        new AgentCheck(),
        new BaseUrlCheck(),
        new WebProxyCheck(),
        new WrapJournalCheck(),
        new McpServerCheck(),
        new McpRegistrationCheck(),
        new ProxyCacheCheck(),
        new RecordedCacheCheck(),
    ];
}
