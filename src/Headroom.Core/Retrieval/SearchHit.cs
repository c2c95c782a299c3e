namespace Headroom.Retrieval;

/// <summary>A place of an original that matches a query.</summary>
/// <param name="Span">What to show.</param>
/// <param name="Mask">Which terms it holds, one bit each.</param>
/// <param name="Line">Its line, when it is a whole line that may be shown with its neighbours; 0 otherwise.</param>
/// <param name="Label">Its JSON pointer, where known.</param>
internal readonly record struct SearchHit(TextSpan Span, uint Mask, int Line, string? Label);
