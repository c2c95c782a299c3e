using System.Text.Json;
using Headroom.Cli.Proxy.Running;
using Headroom.Cli.Wire;

namespace Headroom.Cli.Doctor.Proxies;

/// <summary>A proxy of this user that runs, or what one has left behind.</summary>
/// <param name="Address">Where it listens, without a token.</param>
/// <param name="StateFile">The file it left; <see langword="null"/> where somebody answers without one.</param>
/// <param name="Answer">Who answers there.</param>
/// <param name="IsAlive">Whether its process runs.</param>
/// <param name="Wrap">The agent it ends with, where <c>headroom wrap</c> started it.</param>
internal sealed record FoundProxy(string Address, string? StateFile, ProxyAnswer Answer, bool IsAlive, string? Wrap = null)
{
    /// <summary>How it is set up; <see langword="null"/> where it did not say.</summary>
    public JsonElement? Settings => Answer.Json?.Object("proxy");
}
