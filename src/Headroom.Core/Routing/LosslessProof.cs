using Headroom.Internal.Json;
using Headroom.Internal.Terminal;

namespace Headroom.Routing;

/// <summary>Checks that a decoded text equals its original in the sense a candidate claims.</summary>
internal static class LosslessProof
{
    public static bool Holds(string original, string decoded, Equivalence equivalence) =>
        string.Equals(original, decoded, StringComparison.Ordinal) || equivalence switch
        {
            Equivalence.Json => JsonEquality.SameValue(original, decoded),
            Equivalence.NdJson => JsonEquality.SameLines(original, decoded),
            Equivalence.Screen => TerminalScreen.Same(original, decoded),
            Equivalence.Mixed => JsonEquality.SameEmbedded(TerminalScreen.Render(original), TerminalScreen.Render(decoded)),
            _ => false,
        };
}
