using System.Buffers;
using Headroom.Internal.Python;

namespace Headroom.Compressors.Json;

/// <summary>Judges from a sample whether a text is Python data: its first line must read as such, or the line that makes up most of it.</summary>
internal static class PythonProbe
{
    /// <summary>Characters of a first line below which it proves nothing: <c>(1)</c> numbers a paragraph.</summary>
    private const int MinLine = 12;

    /// <summary>Share of the sample a value inside other text must make up, as <see cref="PythonData"/> asks of the whole.</summary>
    private const double MinShare = 0.5;

    /// <summary>How values begin whose text is worth a closer look.</summary>
    private static readonly SearchValues<string> Beginnings = SearchValues.Create(["{'", "{\"", "['", "[\"", "[(", "('", "[{'", "{1", "(1"], StringComparison.Ordinal);

    public static double Judge(ReadOnlySpan<char> sample)
    {
        if (PythonSearch.Starts(sample, 0))
        {
            int stop = sample.IndexOf('\n');
            string line = sample[..(stop < 0 ? sample.Length : stop)].ToString();
            var reader = new ReprReader(line, areTuplesBare: true);
            int at = 0;
            bool isWhole = reader.TryRead(ref at, line.Length) && at == line.Length;
            if (line.Length >= MinLine && (isWhole || (reader.RanOut && stop < 0))) return 0.85;
        }

        if (!sample.ContainsAny(Beginnings)) return 0;
        return PythonSearch.Largest(sample.ToString(), isSample: true) is { } place && place.Length >= MinShare * sample.Length ? 0.5 : 0;
    }
}
