namespace Headroom.Internal.Tables;

/// <summary>How the cells of one column are written: what the template says, and what is left for the rows.</summary>
internal enum ColumnCodeKind
{
    /// <summary><c>*</c>: as they are.</summary>
    Plain,

    /// <summary><c>x</c>: the same in all rows, written in the template only.</summary>
    Constant,

    /// <summary><c>x*y</c>: all begin with x and end with y.</summary>
    Affix,

    /// <summary><c>*??x</c>: blank where it is x.</summary>
    Default,

    /// <summary><c>*^</c>: blank where it repeats the cell above.</summary>
    Ditto,

    /// <summary><c>@</c>: given by the section lines.</summary>
    Section,

    /// <summary><c>@*y</c>: its beginning is given by the section lines; all end with y.</summary>
    SectionHead,
}

/// <summary>One cell of a template.</summary>
/// <param name="Kind">How the column is written.</param>
/// <param name="First">The constant, the prefix or the default.</param>
/// <param name="Last">The suffix.</param>
internal sealed record ColumnCode(ColumnCodeKind Kind, string First = "", string Last = "")
{
    public static ColumnCode Plain { get; } = new(ColumnCodeKind.Plain);

    /// <summary>Whether rows have a field for this column.</summary>
    public bool IsVisible => Kind is not (ColumnCodeKind.Constant or ColumnCodeKind.Section);

    /// <summary>Whether section lines have a field for this column.</summary>
    public bool IsSection => Kind is ColumnCodeKind.Section or ColumnCodeKind.SectionHead;

    /// <summary>The template cell.</summary>
    public override string ToString() => Kind switch
    {
        ColumnCodeKind.Plain => "*",
        ColumnCodeKind.Constant => First,
        ColumnCodeKind.Affix => First + "*" + Last,
        ColumnCodeKind.Default => "*??" + First,
        ColumnCodeKind.Ditto => "*^",
        ColumnCodeKind.Section => "@",
        _ => "@*" + Last,
    };

    /// <summary>Reads a template cell.</summary>
    public static ColumnCode? Parse(string cell)
    {
        int star = cell.IndexOf('*', StringComparison.Ordinal);
        if (cell == "@") return new ColumnCode(ColumnCodeKind.Section);
        if (star < 0) return new ColumnCode(ColumnCodeKind.Constant, cell);
        string first = cell[..star], last = cell[(star + 1)..];
        if (last.Contains('*')) return null;
        if (first == "@") return new ColumnCode(ColumnCodeKind.SectionHead, "", last);
        if (first.Length > 0) return new ColumnCode(ColumnCodeKind.Affix, first, last);
        if (last.Length == 0) return Plain;
        if (last == "^") return new ColumnCode(ColumnCodeKind.Ditto);
        return last.StartsWith("??", StringComparison.Ordinal) ? new ColumnCode(ColumnCodeKind.Default, last[2..]) : new ColumnCode(ColumnCodeKind.Affix, "", last);
    }

    /// <summary>What a row has for a cell.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="above">The cell above it, or <see langword="null"/> in the first row.</param>
    /// <param name="head">The beginning that the section line gives.</param>
    public string Encode(string cell, string? above, string head) => Kind switch
    {
        ColumnCodeKind.Default => cell == First ? "" : cell,
        ColumnCodeKind.Ditto => cell == above ? "" : cell,
        ColumnCodeKind.Affix => cell[First.Length..^Last.Length],
        ColumnCodeKind.SectionHead => cell[head.Length..^Last.Length],
        _ => cell,
    };

    /// <summary>The cell of a field; <see langword="null"/> where there is nothing above to repeat.</summary>
    public string? Decode(string field, string? above, string head) => Kind switch
    {
        ColumnCodeKind.Constant => First,
        ColumnCodeKind.Section => head,
        ColumnCodeKind.SectionHead => head + field + Last,
        ColumnCodeKind.Affix => First + field + Last,
        ColumnCodeKind.Default => field.Length == 0 ? First : field,
        ColumnCodeKind.Ditto => field.Length == 0 ? above : field,
        _ => field,
    };
}
