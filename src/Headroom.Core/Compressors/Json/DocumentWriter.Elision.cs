using Headroom.Internal.Json;

namespace Headroom.Compressors.Json;

/// <content>Documents of which parts are left out.</content>
internal sealed partial class DocumentWriter
{
    private PrunedDocument? _pruned;
    private bool _isSample;

    /// <summary>Where in the output something is missing.</summary>
    private readonly List<(int At, PrunedGap Gap)> _gaps = [];

    /// <summary>Where in the output the children of incomplete containers begin: their first nodes.</summary>
    private readonly List<(int At, int Node)> _children = [];

    /// <summary>Shows what is left of a document in the notation of whole ones, cut at its gaps.</summary>
    /// <param name="pruned">What is left.</param>
    /// <param name="legend">What to say before the values.</param>
    /// <param name="title">The first line.</param>
    public static PrunedText WritePruned(PrunedDocument pruned, string legend, DocumentHeader title)
    {
        var writer = new DocumentWriter(pruned.Tape, DocumentPlan.Create(pruned.Tape, pruned)) { _pruned = pruned };
        writer.Body(); // first to see which strings repeat
        writer._terms.Dictionary = TextDictionary.Create(writer._terms.Seen, wholeOnly: true);
        writer._output.Clear();
        writer._gaps.Clear();
        writer._children.Clear();
        title.Write(writer._output, writer._marks);
        writer._output.Append(legend);
        writer.Legend();
        writer.Body();
        return new PrunedText(writer._output.ToString(), writer._gaps, writer._children);
    }

    /// <summary>How long each row is when shown. No ditto marks: the row above may be left out.</summary>
    public static int[] RowLengths(JsonTape tape, TablePlan table)
    {
        var writer = new DocumentWriter(tape, DocumentPlan.Empty(tape)) { _isSample = true };
        writer._terms.Dictionary = TextDictionary.Empty;
        int[] lengths = new int[table.Rows.Length];
        for (int row = 0; row < lengths.Length; row++)
        {
            writer.Rows(table, Notation.Separators[0], row, row + 1);
            lengths[row] = writer._output.Length;
            writer._output.Clear();
        }

        return lengths;
    }

    private bool HasGaps(int container) => _pruned?.Open.ContainsKey(container) == true;

    /// <summary>Notes where a child begins, and whether something before it is missing.</summary>
    private bool GapBefore(int node)
    {
        if (_pruned is null || !_pruned.Indexes.ContainsKey(node)) return false;
        bool isGap = _pruned.Before.TryGetValue(node, out PrunedGap? gap);
        if (isGap) Note(gap!);
        _children.Add((_output.Length, node));
        return isGap;
    }

    private void GapAtEnd(int container)
    {
        if (_pruned is not null && _pruned.AtEnd.TryGetValue(container, out PrunedGap? gap)) Note(gap);
    }

    private void Note(PrunedGap gap)
    {
        if (_output.Length > 0 && _output[^1] != '\n') _output.Append('\n');
        _gaps.Add((_output.Length, gap));
    }
}

/// <summary>A document of which parts are left out, as text.</summary>
/// <param name="Text">All that is shown.</param>
/// <param name="Gaps">Where in it, at the beginning of a line, something is missing; in order.</param>
/// <param name="Children">Where the children of incomplete containers begin, by their first nodes; in order.</param>
internal sealed record PrunedText(string Text, List<(int At, PrunedGap Gap)> Gaps, List<(int At, int Node)> Children);
