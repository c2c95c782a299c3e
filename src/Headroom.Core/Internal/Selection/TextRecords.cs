namespace Headroom.Internal.Selection;

/// <summary>The records a text is known to consist of, where whoever wrote it says so: each begins with one line that names it.</summary>
/// <param name="Lines">The lines records begin at, from 0, in order.</param>
/// <param name="BestFirst">The records by how much they are worth.</param>
/// <param name="WholeFirst">Whether the best ones are to stay whole, as many as the room allows, before any is cut.</param>
internal sealed record TextRecords(IReadOnlyList<int> Lines, IReadOnlyList<int> BestFirst, bool WholeFirst);
