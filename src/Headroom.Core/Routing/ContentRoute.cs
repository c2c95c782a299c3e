namespace Headroom.Routing;

/// <summary>A compressor that should try a text, and how sure its probe is.</summary>
/// <param name="Compressor">The compressor.</param>
/// <param name="Probe">From 0 to 1.</param>
public readonly record struct ContentRoute(ContentCompressor Compressor, double Probe);
