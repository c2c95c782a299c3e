namespace Headroom.Economics;

/// <summary>What Headroom did with a conversation.</summary>
public enum LedgerGroup
{
    /// <summary>It was compressed.</summary>
    Compressed,

    /// <summary>It was held out to compare with, and sent as it was handed in (<see cref="HeadroomOptions.HoldOutShare"/>).</summary>
    HeldOut,

    /// <summary>It was sent as it was handed in; "sent" is what would have been sent (<see cref="HeadroomOptions.Shadow"/>).</summary>
    Shadow,
}
