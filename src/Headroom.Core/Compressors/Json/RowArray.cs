using System.Globalization;
using System.Text;
using Headroom.Internal.Json;

namespace Headroom.Compressors.Json;

/// <summary>The array that makes up most of a text, with a way to name its rows in the original.</summary>
internal sealed class RowArray
{
    /// <summary>Rows below which leaving some out is not worth a marker.</summary>
    private const int MinRows = 12;

    /// <summary>Share of the text the array must make up: what is around it stays visible.</summary>
    private const double MinShare = 0.6;

    private readonly string? _pointer;
    private readonly int[] _firstLines;

    private RowArray(JsonTape tape, int node, string? pointer)
    {
        Node = node;
        Rows = new int[tape.Size(node)];
        int at = node + 1;
        for (int i = 0; i < Rows.Length; i++, at = tape.Next(at)) Rows[i] = at;
        _pointer = pointer;
        _firstLines = pointer is null ? LineNumbers(tape) : [];
    }

    /// <summary>The array as a node of the tape.</summary>
    public int Node { get; }

    /// <summary>Its rows as nodes of the tape.</summary>
    public int[] Rows { get; }

    /// <summary>All rows.</summary>
    public ContentRange Total => Range(0, Rows.Length - 1);

    /// <summary>Finds the array; <see langword="null"/> when none makes up most of the text.</summary>
    public static RowArray? Find(JsonTape tape, bool areLines)
    {
        int best = -1, size = 0;
        for (int node = 0; node < tape.Count; node++)
        {
            if (tape.Kind(node) != JsonKind.Array || tape.Size(node) < MinRows) continue;
            int length = tape.End(node) - tape.Start(node);
            if (length > size) (best, size) = (node, length);
        }

        if (best < 0 || size < MinShare * tape.Text.Length) return null;
        if (areLines) return best == 0 ? new RowArray(tape, 0, null) : null;
        return new RowArray(tape, best, Pointer(tape, best));
    }

    /// <summary>The rows from one to another, inclusive, as the retrieval tool finds them in the original.</summary>
    public ContentRange Range(int first, int last) =>
        _pointer is not null ? ContentRange.Rows(_pointer, first, last) : ContentRange.Lines(_firstLines[first], _firstLines[last + 1] - 1);

    /// <summary>The line each row starts at, and behind the last the line after the text. Blank lines go with the row before them.</summary>
    private int[] LineNumbers(JsonTape tape)
    {
        int[] lines = new int[Rows.Length + 1];
        ReadOnlySpan<char> text = tape.Text;
        int line = 1, at = 0;
        for (int i = 0; i < Rows.Length; i++)
        {
            int start = tape.Start(Rows[i]);
            line += text[at..start].Count('\n');
            at = start;
            lines[i] = i == 0 ? 1 : line;
        }

        line += text[at..].Count('\n');
        lines[Rows.Length] = text[^1] == '\n' ? line : line + 1;
        return lines;
    }

    private static string Pointer(JsonTape tape, int target)
    {
        var pointer = new StringBuilder();
        for (int node = 0; node != target;)
        {
            bool isObject = tape.Kind(node) == JsonKind.Object;
            int child = node + 1, index = 0;
            while (tape.Next(isObject ? child + 1 : child) <= target)
            {
                child = tape.Next(isObject ? child + 1 : child);
                index++;
            }

            pointer.Append('/');
            if (isObject) pointer.Append(tape.Value(child).ToString().Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal));
            else pointer.Append(CultureInfo.InvariantCulture, $"{index}");
            node = isObject ? child + 1 : child;
        }

        return pointer.ToString();
    }
}
