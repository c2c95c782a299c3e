using System.Text.Json;

namespace Headroom.Cli.Doctor.Proxies;

/// <summary>Who answers on an address.</summary>
internal enum Answerer
{
    /// <summary>Nobody listens.</summary>
    Nobody,

    /// <summary>Somebody listens, and says nothing.</summary>
    Silence,

    /// <summary>A proxy of ours.</summary>
    Headroom,

    /// <summary>A proxy of ours that wants another token.</summary>
    HeadroomThatWantsAToken,

    /// <summary>Another program.</summary>
    AnotherProgram,
}

/// <summary>What an address answers.</summary>
/// <param name="By">Who answers.</param>
/// <param name="Stats">What the proxy counts, and how it is set up.</param>
internal sealed record ProxyAnswer(Answerer By, JsonElement? Stats = null);
