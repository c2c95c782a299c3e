using Headroom.Internal.Json;

namespace Headroom.Compressors.Json;

/// <content>Documents of which some rows are left out.</content>
internal sealed partial class DocumentWriter
{
    private int _elided = -1;

    /// <summary>Shows a document with a selection of the rows of one array.</summary>
    /// <returns><see langword="null"/> when nothing would be left out, or when what is around the array is too long to stay.</returns>
    public static ElidedCandidate? Elide(JsonTape tape, RowArray array, string question, int budget, DocumentHeader title)
    {
        TablePlan? table = TablePlan.TryCreate(tape, array.Node, areAllShown: false);
        var writer = new DocumentWriter(tape, DocumentPlan.Empty(tape)) { _elided = array.Node };
        writer._terms.Dictionary = TextDictionary.Empty;
        string surroundings = array.Node == 0 ? "" : writer.Surroundings();
        if (surroundings.Length > budget) return null; // as long as the visible part may be in all
        char separator = table is null ? ' ' : writer.ChooseSeparator(table);
        (string[] rows, int[] lengths) = writer.RowTexts(array, table, separator);
        string header = writer.ElidedHeader(title, table, separator);
        bool[] kept = RowSelection.Choose(RowScores.Compute(tape, array.Rows, table, question), lengths, Math.Max(1, budget - surroundings.Length - header.Length));
        if (!kept.Contains(false)) return null;

        List<ElidedPart> parts = [];
        int titleEnd = header.IndexOf('\n');
        if (titleEnd < 0) titleEnd = header.Length;
        parts.Add(new KeptPart(surroundings.Length > 0 ? header[..titleEnd] + "\n" + surroundings + header[titleEnd..] : header, null));
        for (int first = 0; first < kept.Length;)
        {
            int last = first;
            while (last + 1 < kept.Length && kept[last + 1] == kept[first]) last++;
            if (kept[first]) parts.Add(new KeptPart(string.Join('\n', rows[first..(last + 1)]), array.Range(first, last)));
            else parts.Add(new GapPart(array.Range(first, last), table is null ? "" : GapPhrase.For(tape, table, first, last)));
            first = last + 1;
        }

        return new ElidedCandidate("rows", parts, array.Total);
    }

    /// <summary>The document without the rows.</summary>
    private string Surroundings()
    {
        if (_tape.Kind(0) == JsonKind.Object) Entries(0);
        else Value(0);
        return Taken();
    }

    /// <summary>What the rows have in common, and their columns.</summary>
    private string ElidedHeader(DocumentHeader title, TablePlan? table, char separator)
    {
        title.Write(_output, _marks);
        _output.Length--; // its line end
        if (table is not null)
        {
            if (table.Columns.Any(c => !c.HasCells)) Hoisted(table);
            _output.Append('\n');
            Headings(table, separator);
        }

        return Taken();
    }

    /// <summary>Each row as it would be shown. No ditto marks: the row above may be left out.</summary>
    private (string[] Rows, int[] Lengths) RowTexts(RowArray array, TablePlan? table, char separator)
    {
        string[] rows = new string[array.Rows.Length];
        for (int row = 0; row < rows.Length; row++)
        {
            if (table is null) Value(array.Rows[row]);
            else Rows(table, separator, row, row + 1);
            rows[row] = Taken().TrimEnd('\n');
        }

        return (rows, [.. rows.Select(r => r.Length)]);
    }

    private string Taken()
    {
        string text = _output.ToString();
        _output.Clear();
        return text;
    }
}
