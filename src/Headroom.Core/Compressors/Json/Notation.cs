namespace Headroom.Compressors.Json;

/// <summary>The fixed words of the notation, shared by writer and reader. The grammar is in docs/compressors/json.md.</summary>
internal static class Notation
{
    /// <summary>Separates cells and is one cell for null or absent when blanks separate.</summary>
    public const char Blank = '-';

    /// <summary>Encloses text that stands as it is, line ends included.</summary>
    public const string Block = "\"\"\"";

    /// <summary>Stands for the cell above.</summary>
    public const char Ditto = '^';

    /// <summary>Follows the number of rows, before what all rows have in common.</summary>
    public const string InAll = "; in all:";

    /// <summary>The same where rows were left out: what is common to those that are shown.</summary>
    public const string InShown = "; in these:";

    /// <summary>Begins JSON that stands in a string; a character for its spelling may follow.</summary>
    public const char Inner = '@';

    /// <summary>The characters that follow <see cref="Inner"/>, by spelling; none for the first.</summary>
    public const string InnerSpellings = " s24p";

    /// <summary>Separators of cells a table may have, in the order they are tried.</summary>
    public const string Separators = "|,\t ";
}
