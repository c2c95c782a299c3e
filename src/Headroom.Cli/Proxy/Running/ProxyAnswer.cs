using System.Text.Json;
using Headroom.Cli.Wire;

namespace Headroom.Cli.Proxy.Running;

/// <summary>What an address answers.</summary>
/// <param name="By">Who answers.</param>
/// <param name="Bytes">What a proxy of ours says, as it came.</param>
internal sealed record ProxyAnswer(Answerer By, byte[]? Bytes = null)
{
    /// <summary>What a proxy of ours says.</summary>
    public JsonElement? Json { get; } = Bytes is null ? null : JsonFields.TryParse(Bytes);
}
