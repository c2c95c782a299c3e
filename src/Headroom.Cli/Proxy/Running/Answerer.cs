namespace Headroom.Cli.Proxy.Running;

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
