namespace Headroom.Internal.Code;

/// <summary>A word or sign of a masked source.</summary>
/// <param name="Kind"><see cref="Word"/>, <see cref="Text"/>, one of the signs of two characters, or the sign itself.</param>
/// <param name="Start">Where it starts.</param>
/// <param name="End">Where it ends.</param>
/// <param name="Line">The line it starts on, from 0.</param>
/// <param name="Indent">Blanks its line begins with.</param>
/// <param name="IsFirst">It is the first of its line.</param>
internal readonly record struct SourceToken(char Kind, int Start, int End, int Line, int Indent, bool IsFirst)
{
    /// <summary>A word or number.</summary>
    public const char Word = 'w';

    /// <summary>A string.</summary>
    public const char Text = '"';

    /// <summary><c>=&gt;</c>.</summary>
    public const char Arrow = 'A';

    /// <summary><c>-&gt;</c>.</summary>
    public const char Result = 'R';

    /// <summary><c>::</c>.</summary>
    public const char Scope = 'S';

    /// <summary>A comparison or assignment of two characters.</summary>
    public const char Compare = 'q';

    /// <summary>A block that was read: stands for its braces and all between them.</summary>
    public const char Block = 'B';

    public bool IsWord => Kind == Word;
}
