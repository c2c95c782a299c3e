namespace Headroom.Routing;

/// <summary>Decides which compressors are asked about a text: those whose probe is sure enough, the surest first.</summary>
/// <remarks>Knows no content format. Thread-safe.</remarks>
public sealed class ContentRouter
{
    /// <summary>How much of a text probes see, in characters: enough for a few dozen lines, little enough that detection stays far cheaper than counting.</summary>
    public const int SampleLength = 16 * 1024;

    /// <summary>A probe below this is "not mine": a text that is one part in five of a kind is still worth a try, noise is not.</summary>
    internal const double Threshold = 0.2;

    /// <summary>How many compressors may try one text. Kinds overlap in pairs (a log with JSON lines), hardly in triples.</summary>
    internal const int MaxRoutes = 3;

    /// <summary>From this many characters on, each further compressor costs tens of milliseconds, and what a probe says of a sample is worth more.</summary>
    internal const int LargeText = 200_000;

    /// <summary>In large texts a compressor is tried only if it is nearly as sure as the surest, or is the last in the list: the fallback for repetition.</summary>
    private const double NearlyAsSure = 0.75;

    private readonly ContentCompressor[] _compressors;

    /// <summary>Creates a router over <paramref name="compressors"/>; between equally sure probes the earlier one comes first.</summary>
    /// <exception cref="ArgumentException">Two compressors have the same name.</exception>
    public ContentRouter(IEnumerable<ContentCompressor> compressors)
    {
        ArgumentNullException.ThrowIfNull(compressors);
        _compressors = [.. compressors];
        string? twice = _compressors.GroupBy(c => c.Name, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1)?.Key;
        if (twice is not null)
            throw new ArgumentException($"Two compressors are named \"{twice}\"; give one of them another Name.", nameof(compressors));
    }

    /// <summary>The compressors that should try <paramref name="text"/>, the surest first; empty when no probe is sure enough.</summary>
    public IReadOnlyList<ContentRoute> Route(ReadOnlySpan<char> text)
    {
        ReadOnlySpan<char> sample = text[..Math.Min(text.Length, SampleLength)];
        List<ContentRoute> routes = [];
        foreach (ContentCompressor compressor in _compressors)
        {
            double probe = compressor.Probe(sample);
            if (probe >= Threshold) routes.Add(new ContentRoute(compressor, probe));
        }

        if (text.Length >= LargeText && routes.Count > 1)
        {
            double surest = routes.Max(r => r.Probe);
            routes.RemoveAll(r => r.Probe < surest * NearlyAsSure && r.Compressor != _compressors[^1]);
        }

        return [.. routes.OrderByDescending(r => r.Probe).Take(MaxRoutes)]; // OrderBy is stable: registration order breaks ties
    }

    /// <summary>As <see cref="Route"/>, with a caller's probe that fails counting as "not mine" for all: it must not fail a request (law 8).</summary>
    internal IReadOnlyList<ContentRoute> TryRoute(ReadOnlySpan<char> text)
    {
#pragma warning disable CA1031 // Law 8, as above.
        try
        {
            return Route(text);
        }
        catch (Exception)
        {
            return [];
        }
#pragma warning restore CA1031
    }
}
