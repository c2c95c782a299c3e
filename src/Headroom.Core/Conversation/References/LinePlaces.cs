namespace Headroom.Conversation.References;

/// <summary>Where a line, or a run of lines, stands: the number of the text, and of the line in it.</summary>
internal readonly record struct LinePlace(int Text, int Line);

/// <summary>Remembers by hash where lines stand: the first few places of each.</summary>
/// <remarks>Mutable. A lookup and an addition take constant time.</remarks>
internal sealed class LinePlaces
{
    /// <summary>Places remembered of one hash. Blocks that begin alike (licences, closing braces) go on differently; more than a few beginnings are noise.</summary>
    private const int Most = 4;

    private readonly Dictionary<ulong, LinePlace> _first = [];
    private readonly Dictionary<ulong, List<LinePlace>> _several = [];

    public void Add(ulong hash, LinePlace place)
    {
        if (_first.TryAdd(hash, place)) return;
        if (!_several.TryGetValue(hash, out List<LinePlace>? places)) _several.Add(hash, places = [_first[hash]]);
        if (places.Count < Most) places.Add(place);
    }

    /// <summary>Forgets the places in a text, which must be the last that has any, and in those after it.</summary>
    public void RemoveFrom(ulong hash, int text)
    {
        if (_several.TryGetValue(hash, out List<LinePlace>? places))
        {
            places.RemoveAll(p => p.Text >= text);
            if (places.Count < 2) _several.Remove(hash);
        }

        if (_first.TryGetValue(hash, out LinePlace first) && first.Text >= text) _first.Remove(hash);
    }

    /// <summary>The places, the first first.</summary>
    public IReadOnlyList<LinePlace> At(ulong hash) =>
        _several.TryGetValue(hash, out List<LinePlace>? places) ? places : _first.TryGetValue(hash, out LinePlace place) ? [place] : [];
}
