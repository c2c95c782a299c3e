namespace Headroom.Internal.Tables;

/// <summary>Places where a cell falls into a head that neighbours share and a tail of its own: after a delimiter.</summary>
internal static class SectionCut
{
    /// <summary>Delimiters after which a cut is tried: enough for <c>2026-01-02 10:</c> and <c>/usr/share/doc/</c>.</summary>
    public const int MaxDelimiters = 5;

    /// <summary>The length of the head of <paramref name="cell"/>: up to and with its <paramref name="delimiters"/>th delimiter; -1 where it has fewer.</summary>
    public static int After(ReadOnlySpan<char> cell, int delimiters)
    {
        for (int i = 0; i < cell.Length; i++)
        {
            if (!char.IsLetterOrDigit(cell[i]) && --delimiters == 0) return i + 1;
        }

        return -1;
    }
}
