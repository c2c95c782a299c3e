namespace Headroom.Internal.Paths;

/// <summary>One line of a folded list of paths.</summary>
/// <param name="Depth">How many directories enclose it.</param>
/// <param name="Text">The path from the innermost enclosing directory on; for a directory with its separator at the end.</param>
/// <param name="Entry">Index of the path this line stands for, or -1 for a directory that only encloses.</param>
/// <param name="IsDirectory">Whether the lines that follow one level deeper are inside it.</param>
internal readonly record struct PathStep(int Depth, string Text, int Entry, bool IsDirectory);
