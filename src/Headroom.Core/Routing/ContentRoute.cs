namespace Headroom.Routing;

/// <summary>A compressor that should try a text, and how sure its probe is.</summary>
/// <param name="Compressor">The compressor; <see langword="null"/> stands for several, one a part of a text that mixes kinds.</param>
/// <param name="Probe">From 0 to 1.</param>
public readonly record struct ContentRoute(ContentCompressor? Compressor, double Probe)
{
    /// <summary>Name of the compressor, or <c>mixed</c>.</summary>
    public string Name => Compressor?.Name ?? "mixed";

    internal bool RespellsShortTexts => Compressor is { RespellsShortTexts: true };
}
