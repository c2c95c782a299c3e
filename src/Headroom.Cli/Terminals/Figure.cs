using System.Globalization;

namespace Headroom.Cli.Terminals;

/// <summary>Writes figures for people, the same on every machine.</summary>
internal static class Figure
{
    public static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A share with one digit, such as <c>18.9 %</c>; a dash where there is nothing to take it of.</summary>
    public static string Percent(double? share) => share is { } value ? (100 * value).ToString("0.0", CultureInfo.InvariantCulture) + " %" : "-";

    /// <summary>How much smaller the second is, as a share of the first.</summary>
    public static double? Saved(long before, long after) => before > 0 ? (double)(before - after) / before : null;

    /// <summary>Dollars with the digits that tell, or tokens at the price of input.</summary>
    public static string Cost(double value, bool isPriced)
    {
        if (!isPriced) return Count((long)Math.Round(value));
        string format = Math.Abs(value) switch { >= 100 => "#,0", >= 1 => "0.00", >= 0.01 => "0.000", _ => "0.0000" };
        return (value < 0 ? "-$" : "$") + Math.Abs(value).ToString(format, CultureInfo.InvariantCulture);
    }

    public static string CostUnit(bool isPriced) => isPriced ? "US dollars" : "tokens at the price of input";

    /// <summary>A count with its noun: <c>1 file</c>, <c>2 files</c>.</summary>
    public static string Of(long count, string noun) => $"{Count(count)} {noun}{(count == 1 ? "" : "s")}";

    public static string Duration(TimeSpan span)
    {
        (double value, string unit) = span switch
        {
            { TotalHours: >= 48 } => (span.TotalDays, "day"),
            { TotalHours: >= 2 } => (span.TotalHours, "hour"),
            { TotalMinutes: >= 2 } => (span.TotalMinutes, "minute"),
            _ => (span.TotalSeconds, "second"),
        };
        return Of((long)Math.Round(value), unit);
    }

    /// <summary>Text of a transcript or a file name as one line that no terminal acts on: what could steer one becomes a middle dot.</summary>
    public static string Line(string text) => text.All(c => !IsUnsafe(c))
        ? text
        : string.Create(text.Length, text, static (line, from) =>
        {
            for (int i = 0; i < line.Length; i++) line[i] = IsUnsafe(from[i]) ? '·' : from[i];
        });

    /// <summary>Control characters, and those that turn the direction of text.</summary>
    private static bool IsUnsafe(char c) => char.IsControl(c) || c is '\u2028' or '\u2029' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
