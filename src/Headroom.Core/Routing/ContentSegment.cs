namespace Headroom.Routing;

/// <summary>A run of whole lines of a text that mixes kinds, and who should try it.</summary>
internal sealed record ContentSegment(int Start, int Length, IReadOnlyList<ContentRoute> Routes)
{
    /// <summary>Name of the surest compressor, or empty.</summary>
    public string Kind => Routes.Count > 0 ? Routes[0].Name : "";

    public int End => Start + Length;
}
