namespace Headroom.Internal.Lines;

/// <summary>Where in texts words begin, so that a text can be found that goes on as another one begins. Linear: a bounded number of places is remembered for the same beginning.</summary>
internal sealed class OverlapIndex
{
    /// <summary>Characters that must agree before the rest is compared; what is shorter is not found.</summary>
    public const int Window = 32;

    /// <summary>Places remembered for the same beginning: the first ones, which a reader finds easiest.</summary>
    private const int MaxPlaces = 4;

    private readonly Dictionary<ulong, List<(int Text, int Start)>> _places = [];

    /// <summary>Remembers where in a text words begin, as far as so many characters follow: an overlap begins between words, or at the beginning.</summary>
    public void Add(int number, ReadOnlySpan<char> text, int minCharacters)
    {
        for (int start = 0; start + Math.Max(minCharacters, Window) <= text.Length; start++)
        {
            if (start > 0 && text[start - 1] is not (' ' or '\n')) continue;
            ulong key = Key(text[start..]);
            if (!_places.TryGetValue(key, out List<(int, int)>? places)) _places.Add(key, places = []);
            if (places.Count < MaxPlaces) places.Add((number, start));
        }
    }

    /// <summary>The places that begin as a text does; the rest of them need not agree with it.</summary>
    public IReadOnlyList<(int Text, int Start)> Find(ReadOnlySpan<char> text) => text.Length < Window ? [] : _places.GetValueOrDefault(Key(text)) ?? [];

    /// <summary>The first characters of a text, as a number.</summary>
    private static ulong Key(ReadOnlySpan<char> text) => Fnv1a.Of(text[..Window]);
}
