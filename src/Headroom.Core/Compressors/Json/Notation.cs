namespace Headroom.Compressors.Json;

/// <summary>The fixed words of the notation, shared by writer and reader. The grammar is in docs/compressors/json.md.</summary>
internal static class Notation
{
    /// <summary>Starts the header of a document that is one value.</summary>
    public const string Header = "# JSON as key=value";

    /// <summary>Starts the header of a document that has one value a line.</summary>
    public const string LinesHeader = "# JSON lines as key=value";

    /// <summary>Starts the header of a text that is wholly one JSON string.</summary>
    public const string StringHeader = "# JSON string with this text:";

    /// <summary>Part of a header when the document has tables.</summary>
    public const string TablesNote = "; in tables an empty cell is null, in a column name? it is absent";

    /// <summary>Part of a header when the document has named shapes.</summary>
    public const string ShapesNote = "; name(values) follows name(keys)";

    /// <summary>Separates cells and is one cell for null or absent when blanks separate.</summary>
    public const char Blank = '-';

    /// <summary>Encloses text that stands as it is, line ends included.</summary>
    public const string Block = "\"\"\"";

    /// <summary>Stands for the cell above.</summary>
    public const char Ditto = '^';

    /// <summary>Follows the number of rows, before what all rows have in common.</summary>
    public const string InAll = "; in all:";

    /// <summary>Separators of cells a table may have, in the order they are tried.</summary>
    public const string Separators = "|,\t ";
}
