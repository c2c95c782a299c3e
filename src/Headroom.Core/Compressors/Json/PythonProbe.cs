using Headroom.Internal.Python;

namespace Headroom.Compressors.Json;

/// <summary>Judges from a sample whether a text is Python data: half of its lines must read as such, or the line that makes up most of it.</summary>
internal static class PythonProbe
{
    /// <summary>Characters of the longest line below which all prove nothing: <c>(1)</c> numbers a paragraph.</summary>
    private const int MinLine = 12;

    /// <summary>Share of the sample a value inside other text must make up, as <see cref="PythonData"/> asks of the whole.</summary>
    private const double MinShare = 0.5;

    public static double Judge(ReadOnlySpan<char> sample)
    {
        if (sample.IndexOfAny('[', '{', '(') < 0) return 0;
        string text = sample.ToString();
        if (AreRows(text)) return 0.85;
        return PythonSearch.Largest(text) is { } place && place.Length >= MinShare * text.Length ? 0.5 : 0;
    }

    /// <summary>Whether half of the lines at least read as values; the last may go on behind the sample.</summary>
    private static bool AreRows(string text)
    {
        var reader = new ReprReader(text, areTuplesBare: true);
        int rows = 0, others = 0, longest = 0;
        for (int start = 0; start < text.Length;)
        {
            int stop = text.IndexOf('\n', start);
            if (stop < 0) stop = text.Length;
            int at = start;
            if (PythonSearch.Starts(text, start) && ((reader.TryRead(ref at, stop) && at == stop) || (reader.RanOut && stop == text.Length)))
            {
                rows++;
                longest = Math.Max(longest, stop - start);
            }
            else if (++others > PythonData.MaxOthersAhead + rows)
            {
                return false;
            }

            start = stop + 1;
        }

        return longest >= MinLine && others <= rows;
    }
}
