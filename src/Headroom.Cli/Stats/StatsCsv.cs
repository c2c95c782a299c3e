using System.Globalization;

namespace Headroom.Cli.Stats;

/// <summary>Writes figures as comma-separated values: a header, then one row each.</summary>
internal static class StatsCsv
{
    private const string Header =
        "scope,name,model,requests,items,changed,before,saved,overhead,sent,net,reported_input,reported_cached_read,reported_output,dollars_without,dollars_sent,dollars_net";

    public static void Write(TextWriter output, ProxyStats stats)
    {
        output.Write(Header + "\r\n");
        foreach (StatsRow row in stats.Rows) output.Write(string.Join(',', Cells(row).Select(Cell)) + "\r\n");
    }

    private static IEnumerable<object?> Cells(StatsRow row) =>
    [
        row.Scope, row.Name, row.Model, row.Requests, row.Items, row.Changed, row.Before, row.Before - row.After, row.Sent - row.After, row.Sent, row.Before - row.Sent,
        row.ReportedInput, row.ReportedCachedRead, row.ReportedOutput, row.DollarsWithout, row.DollarsSent, row.DollarsWithout - row.DollarsSent,
    ];

    private static string Cell(object? value)
    {
        string text = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
        return text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
