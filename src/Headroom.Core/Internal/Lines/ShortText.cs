namespace Headroom.Internal.Lines;

/// <summary>What counts as short when a layout would take names and paths apart.</summary>
internal static class ShortText
{
    /// <summary>
    /// Texts below this keep every path and name whole, in characters. It is the default of <see cref="HeadroomOptions.MinRespelledCharacters"/>, for its
    /// reason: what agents copy into their next step stands mostly in short results.
    /// </summary>
    public const int MaxCharacters = 4_000;

    public static bool Is(string text) => text.Length < MaxCharacters;
}
