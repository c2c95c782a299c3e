namespace Headroom.Compressors.Json;

/// <summary>Chooses the rows that stay visible.</summary>
internal static class RowSelection
{
    /// <summary>Characters a gap line takes: each isolated row costs its own text and one more gap.</summary>
    private const int GapCost = 90;

    /// <summary>Rows kept at the start, to show what rows look like, and at the end.</summary>
    private const int Edge = 2;

    /// <summary>Rows that stand out kept even beyond the budget: what is looked for is rarely more than a handful of rows.</summary>
    private const int AlwaysKept = 4;

    /// <summary>Share of the budget for rows that stand out; what they leave goes to an even sample.</summary>
    private const double StandOutShare = 0.85;

    /// <summary>Rows of the even sample that stay together: one gap line for three rows.</summary>
    private const int SampleRun = 3;

    /// <summary>Runs of the even sample at most: rows that do not stand out are alike, and a few dozen show it.</summary>
    private const int MaxRuns = 10;

    /// <summary>Chooses rows by score, then evenly, within a budget of characters.</summary>
    /// <param name="scores">How much each row stands out.</param>
    /// <param name="lengths">Characters each row takes when shown.</param>
    /// <param name="budget">Characters for all.</param>
    public static bool[] Choose(int[] scores, int[] lengths, int budget)
    {
        bool[] kept = new bool[scores.Length];
        long spent = 0;
        Keep(0, true);
        int always = AlwaysKept;
        foreach (int row in Enumerable.Range(0, scores.Length).Where(r => scores[r] > 0).OrderByDescending(r => scores[r]))
        {
            bool standsOut = scores[row] >= RowScores.StandOut && always-- > 0;
            if (!standsOut && spent > budget * StandOutShare) break;
            Keep(row, standsOut);
        }

        for (int i = 0; i < Edge && i < scores.Length; i++)
        {
            Keep(scores.Length - 1 - i, i == 0);
            Keep(i, false);
        }

        long average = Math.Max(1, lengths.Sum(l => (long)l) / lengths.Length);
        long runs = Math.Min(MaxRuns, (budget - spent) / (SampleRun * average + GapCost));
        for (long run = 1; run <= runs; run++)
        {
            int start = (int)(run * scores.Length / (runs + 1));
            for (int row = start; row < start + SampleRun && row < scores.Length; row++) Keep(row, false);
        }

        return kept;

        void Keep(int row, bool always)
        {
            if (kept[row]) return;
            bool touches = (row > 0 && kept[row - 1]) || (row + 1 < kept.Length && kept[row + 1]);
            long cost = lengths[row] + (touches ? 1 : GapCost);
            if (!always && spent + cost > budget) return;
            kept[row] = true;
            spent += cost;
        }
    }
}
