using System.Globalization;

namespace Headroom.Retrieval;

/// <summary>Lines that a retrieval asks for, or a run of characters in one line.</summary>
/// <param name="First">First line, from 1.</param>
/// <param name="Last">Last line, inclusive; <see cref="int.MaxValue"/> for "to the end".</param>
/// <param name="FirstCharacter">First character (UTF-16 code unit, from 1) of the line <paramref name="First"/>; 0 when whole lines are meant.</param>
/// <param name="LastCharacter">Last character, inclusive; <see cref="int.MaxValue"/> for "to the end of the line"; 0 when whole lines are meant.</param>
public readonly record struct LineRange(int First, int Last, int FirstCharacter = 0, int LastCharacter = 0)
{
    /// <summary>Whether a part of one line is meant rather than whole lines.</summary>
    public bool IsWithinLine => FirstCharacter > 0;

    /// <summary>The range as the <c>lines</c> argument spells it: <c>120-180</c>, <c>412-</c>, <c>1:20001-</c>.</summary>
    public override string ToString() => IsWithinLine
        ? string.Create(CultureInfo.InvariantCulture, $"{First}:{FirstCharacter}-{End(LastCharacter)}")
        : string.Create(CultureInfo.InvariantCulture, $"{First}-{End(Last)}");

    private static string End(int end) => end == int.MaxValue ? "" : end.ToString(CultureInfo.InvariantCulture);
}
