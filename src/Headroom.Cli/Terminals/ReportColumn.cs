namespace Headroom.Cli.Terminals;

/// <summary>What a column holds, which says how it is set and what becomes of it where room is short.</summary>
internal enum ColumnKind
{
    /// <summary>Numbers, to the right; never broken.</summary>
    Number,

    /// <summary>A name; it keeps its end, which tells files of one folder apart.</summary>
    Name,

    /// <summary>A sentence; it keeps its beginning.</summary>
    Sentence,

    /// <summary>Something that may as well be left out, but is not shortened.</summary>
    Remark,

    /// <summary>A bar of blocks, for terminals only.</summary>
    Bar,
}

/// <summary>A column of a table.</summary>
/// <param name="Header">Its head.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="Rank">Which goes first where a terminal is narrow: the highest. 0 stays.</param>
internal sealed record ReportColumn(string Header, ColumnKind Kind = ColumnKind.Number, int Rank = 0)
{
    public bool CanShorten => Kind is ColumnKind.Name or ColumnKind.Sentence;

    public bool IsNumber => Kind == ColumnKind.Number;

    public static ReportColumn Name(string header, int rank = 0) => new(header, ColumnKind.Name, rank);

    public static ReportColumn Sentence(string header, int rank = 0) => new(header, ColumnKind.Sentence, rank);

    public static ReportColumn Remark(string header, int rank) => new(header, ColumnKind.Remark, rank);
}
