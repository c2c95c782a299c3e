using Headroom.Internal.Json;

namespace Headroom.Compressors.Json;

/// <summary>Names children of a container as the retrieval tool finds them: by its pointer, or by lines where each child is a line.</summary>
internal sealed class RowRanges
{
    private readonly string? _pointer;
    private readonly int[] _firstLines;

    /// <param name="tape">The parsed text.</param>
    /// <param name="container">The container.</param>
    /// <param name="pointer">Its pointer; <see langword="null"/> when each child is a line of the text.</param>
    public RowRanges(JsonTape tape, int container, string? pointer)
    {
        _pointer = pointer;
        _firstLines = pointer is null ? LineNumbers(tape, container) : [];
    }

    /// <summary>The children from one to another, inclusive.</summary>
    public ContentRange Of(int first, int last) =>
        _pointer is not null ? ContentRange.Rows(_pointer, first, last) : ContentRange.Lines(_firstLines[first], _firstLines[last + 1] - 1);

    /// <summary>The line each row starts at, and behind the last the line after the text. Blank lines go with the row before them.</summary>
    private static int[] LineNumbers(JsonTape tape, int container)
    {
        int[] lines = new int[tape.Size(container) + 1];
        ReadOnlySpan<char> text = tape.Text;
        int line = 1, at = 0, row = container + 1;
        for (int i = 0; i < lines.Length - 1; i++, row = tape.Next(row))
        {
            int start = tape.Start(row);
            line += text[at..start].Count('\n');
            at = start;
            lines[i] = i == 0 ? 1 : line;
        }

        line += text[at..].Count('\n');
        lines[^1] = text[^1] == '\n' ? line : line + 1;
        return lines;
    }
}
