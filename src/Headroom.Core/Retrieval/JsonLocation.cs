namespace Headroom.Retrieval;

/// <summary>Where a path leads in a JSON text: one value, or rows of an array.</summary>
/// <param name="Pointer">The JSON pointer of the value, or of the array whose rows are meant.</param>
/// <param name="Rows">The rows found; <see langword="null"/> when one value is meant.</param>
/// <param name="FirstRow">Number of the first row found, from 0.</param>
/// <param name="RowCount">How many rows the array has.</param>
/// <param name="Value">The value, when one is meant.</param>
internal sealed record JsonLocation(string Pointer, IReadOnlyList<TextSpan>? Rows, int FirstRow, int RowCount, TextSpan Value);
