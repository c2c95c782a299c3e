namespace Headroom.Internal.Tables;

/// <summary>How each column of a table is written.</summary>
/// <param name="Codes">One code a column.</param>
/// <param name="HeadDelimiters">For a <see cref="ColumnCodeKind.SectionHead"/> column, after how many delimiters its head ends.</param>
internal sealed record ColumnPlan(IReadOnlyList<ColumnCode> Codes, int HeadDelimiters)
{
    public bool IsPlain => Codes.All(c => c.Kind == ColumnCodeKind.Plain);

    public bool HasSections => Codes.Any(c => c.IsSection);

    public int VisibleColumns => Codes.Count(c => c.IsVisible);

    public int SectionColumns => Codes.Count(c => c.IsSection);

    public static ColumnPlan Plain(int columns) => new([.. Enumerable.Repeat(ColumnCode.Plain, columns)], 0);

    /// <summary>What the section line gives for the cells of a row.</summary>
    public string HeadOf(int column, string cell) => Codes[column].Kind switch
    {
        ColumnCodeKind.Section => cell,
        ColumnCodeKind.SectionHead => cell[..SectionCut.After(cell, HeadDelimiters)],
        _ => "",
    };
}
