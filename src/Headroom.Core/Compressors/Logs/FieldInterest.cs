using System.Globalization;
using Headroom.Internal.Selection;

namespace Headroom.Compressors.Logs;

/// <summary>Finds lines with a value that is unusual for its place in the statement: rare among few, worded unlike the others, a number far out.</summary>
internal static class FieldInterest
{
    /// <summary>Lines of a statement below which no value is unusual.</summary>
    private const int MinLines = 20;

    /// <summary>What a value's standing out counts less than in tables: a log has more noise, and its errors come first.</summary>
    private const int Less = 14;

    /// <summary>Letters a number may carry as its unit, as in <c>42ms</c>.</summary>
    private const int MaxUnit = 3;

    /// <summary>The interest of each line, from 0.</summary>
    public static int[] Of(LogLines lines, LineClusters clusters)
    {
        int[] interest = new int[lines.Count];
        var fields = new FieldStatistics[clusters.Count][];
        for (int i = 0; i < lines.Count; i++)
        {
            if (FieldsOf(i) is not { } statistics) continue;
            ReadOnlySpan<LineToken> tokens = lines.Tokens(i);
            for (int t = 0; t < tokens.Length; t++)
            {
                if (tokens[t].Kind == TokenKind.Time) continue;
                double number = Number(lines.Value(tokens[t]));
                statistics[t].Add(KindOf(tokens[t], number), lines.Value(tokens[t]), number);
            }
        }

        foreach (FieldStatistics[]? statistics in fields)
            foreach (FieldStatistics field in statistics ?? []) field.Finish();

        for (int i = 0; i < lines.Count; i++)
        {
            if (FieldsOf(i) is not { } statistics) continue;
            ReadOnlySpan<LineToken> tokens = lines.Tokens(i);
            int most = 0;
            for (int t = 0; t < tokens.Length; t++)
            {
                if (tokens[t].Kind == TokenKind.Time) continue;
                double number = Number(lines.Value(tokens[t]));
                most = Math.Max(most, statistics[t].StandsOut(KindOf(tokens[t], number), lines.Value(tokens[t]), number));
            }

            interest[i] = Math.Max(0, most - Less);
        }

        return interest;

        FieldStatistics[]? FieldsOf(int line)
        {
            int cluster = clusters.OfLine[line];
            if (cluster < 0 || clusters.Size(cluster) < MinLines) return null;
            return fields[cluster] ??= [.. Enumerable.Range(0, lines.Tokens(line).Length).Select(_ => new FieldStatistics())];
        }
    }

    /// <summary>Whether it is a word, a number or another value.</summary>
    private static ulong KindOf(LineToken token, double number) => (ulong)token.Kind * 2 + (double.IsNaN(number) ? 0u : 1u);

    /// <summary>The number a value is or begins with, or NaN.</summary>
    private static double Number(ReadOnlySpan<char> value)
    {
        int end = value.Length > 0 && value[0] == '-' ? 1 : 0, digits = end;
        while (end < value.Length && (char.IsAsciiDigit(value[end]) || value[end] == '.')) end++;
        if (end == digits || value.Length - end > MaxUnit || value[end..].ContainsAnyInRange('0', '9')) return double.NaN;
        return double.TryParse(value[..end], NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out double number) ? number : double.NaN;
    }
}
