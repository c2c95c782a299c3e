namespace Headroom.Compressors.Tables;

/// <summary>Lines of a text that form a table.</summary>
/// <param name="First">First line, from 0.</param>
/// <param name="Rows">The cells of each line; <see langword="null"/> for a line that does not fit the layout and stays as it is.</param>
/// <param name="Layout">How the cells stand in the lines.</param>
/// <param name="EndsWithReturn">Whether the lines that fit end with a carriage return.</param>
internal sealed record TableRegion(int First, IReadOnlyList<string[]?> Rows, TableLayout Layout, bool EndsWithReturn)
{
    /// <summary>A table needs a header and two rows before its layout can pay.</summary>
    public const int MinRows = 3;

    public int End => First + Rows.Count;
}
