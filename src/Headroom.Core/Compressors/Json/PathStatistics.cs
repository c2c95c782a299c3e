using System.Globalization;
using Headroom.Internal;
using Headroom.Internal.Json;
using Headroom.Internal.Selection;

namespace Headroom.Compressors.Json;

/// <summary>What the values under one path of a document are like.</summary>
internal sealed class PathStatistics
{
    private readonly FieldStatistics _values = new();

    public int Count => _values.Count;

    /// <summary>Whether the values look like names of what they stand in: short, and hardly one twice.</summary>
    public bool AreNames => _values.AreNames;

    /// <summary>From which number on a value is among the few greatest.</summary>
    public double Top => _values.Top;

    public void Add(JsonTape tape, int node) => _values.Add(KindOf(tape, node), TextOf(tape, node), NumberOf(tape, node));

    public void Finish() => _values.Finish();

    /// <summary>How much a value stands out among those under its path, from 0 to 90.</summary>
    public int StandsOut(JsonTape tape, int node) => _values.StandsOut(KindOf(tape, node), TextOf(tape, node), NumberOf(tape, node));

    public static bool TryNumber(JsonTape tape, int node, out double number) => !double.IsNaN(number = NumberOf(tape, node));

    private static ReadOnlySpan<char> TextOf(JsonTape tape, int node) => tape.IsContainer(node) ? default : tape.Raw(node);

    private static double NumberOf(JsonTape tape, int node) =>
        tape.Kind(node) == JsonKind.Number && double.TryParse(tape.Raw(node), NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : double.NaN;

    /// <summary>The kind of a value; of objects also which fields they have, of arrays whether they are empty.</summary>
    private static ulong KindOf(JsonTape tape, int node)
    {
        JsonKind kind = tape.Kind(node);
        if (kind is JsonKind.True or JsonKind.False) kind = JsonKind.True;
        ulong hash = (ulong)kind + Fnv1a.Seed;
        if (kind == JsonKind.Array) return hash * 31 + (tape.Size(node) > 0 ? 1u : 0u);
        if (kind != JsonKind.Object) return hash;
        int end = tape.Next(node);
        for (int key = node + 1; key < end; key = tape.Next(key + 1)) hash += Fnv1a.Mix(0, Fnv1a.Folded(tape.Raw(key))); // in any order
        return hash;
    }
}
