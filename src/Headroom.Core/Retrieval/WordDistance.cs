namespace Headroom.Retrieval;

/// <summary>Whether two short words resemble each other.</summary>
internal static class WordDistance
{
    public static bool IsNear(string left, string right)
    {
        int allowed = left.Length >= 6 ? 2 : 1;
        int prefix = Math.Min(left.Length, right.Length);
        if (prefix >= 4 && left.AsSpan(0, prefix).Equals(right.AsSpan(0, prefix), StringComparison.OrdinalIgnoreCase)) return true;
        return Math.Abs(left.Length - right.Length) <= allowed && Edits(left, right) <= allowed;
    }

    /// <summary>Insertions, deletions, replacements and swaps of neighbours that turn one word into the other, case aside.</summary>
    private static int Edits(string left, string right)
    {
        Span<int> beforeLast = stackalloc int[right.Length + 1], last = stackalloc int[right.Length + 1], row = stackalloc int[right.Length + 1];
        for (int j = 0; j <= right.Length; j++) last[j] = j;
        for (int i = 1; i <= left.Length; i++)
        {
            row[0] = i;
            for (int j = 1; j <= right.Length; j++)
            {
                int replace = last[j - 1] + (Same(left[i - 1], right[j - 1]) ? 0 : 1);
                row[j] = Math.Min(replace, Math.Min(last[j], row[j - 1]) + 1);
                if (i > 1 && j > 1 && Same(left[i - 1], right[j - 2]) && Same(left[i - 2], right[j - 1])) row[j] = Math.Min(row[j], beforeLast[j - 2] + 1);
            }

            last.CopyTo(beforeLast);
            row.CopyTo(last);
        }

        return last[right.Length];
    }

    private static bool Same(char left, char right) => char.ToLowerInvariant(left) == char.ToLowerInvariant(right);
}
