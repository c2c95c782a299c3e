using System.Globalization;
using Headroom.Cli.Terminals;
using Spectre.Console;

namespace Headroom.Cli.Stats;

/// <summary>Writes figures as tables for people.</summary>
internal static class StatsTable
{
    public static void Write(IAnsiConsole console, ProxyStats stats)
    {
        console.Write(new Paragraph($"{stats.Proxy}\n{stats.Counted}\n"));
        TerminalTable.Write(console, Sessions(stats.Rows.Where(r => r.Scope != "kind")));
        ReportTable kinds = Kinds(stats.Rows.Where(r => r.Scope == "kind"));
        TerminalTable.Write(console, kinds);
        if (kinds.Rows.Count == 0) console.Write(new Paragraph("\nNo tool results yet.\n"));
    }

    /// <summary>Where room is short what can be worked out goes first, then what belongs to the client.</summary>
    private static ReportTable Sessions(IEnumerable<StatsRow> rows)
    {
        var table = new ReportTable(
            "Sessions", ReportColumn.Name("session"), ReportColumn.Name("model", 4), new("requests", Rank: 3), new("without"), new("saved"), new("overhead", Rank: 6), new("sent", Rank: 1), new("net"),
            new("cached", Rank: 5), new("net cost", Rank: 2));
        foreach (StatsRow row in rows)
        {
            table.Add(
                row.Scope == "total" ? "total" : row.Name, row.Model ?? "", Whole(row.Requests), Whole(row.Before), Whole(row.Before - row.After), Whole(row.Sent - row.After),
                Whole(row.Sent), Share(row.Before - row.Sent, row.Before), Share(row.ReportedCachedRead, row.ReportedInput), Dollars(row.DollarsWithout - row.DollarsSent));
        }

        return table;
    }

    private static ReportTable Kinds(IEnumerable<StatsRow> rows)
    {
        var table = new ReportTable("Kinds of tool results", ReportColumn.Name("kind"), new("results"), new("made smaller", Rank: 1), new("without"), new("sent"), new("saved"));
        foreach (StatsRow row in rows)
            table.Add(row.Name, Whole(row.Items), Whole(row.Changed), Whole(row.Before), Whole(row.Sent), Share(row.Before - row.Sent, row.Before));
        return table;
    }

    private static string Whole(long? number) => number is { } some ? Figure.Count(some) : "";

    private static string Share(long? part, long? all) => part is { } some && all is > 0 ? Figure.Percent((double)some / all.Value) : "";

    private static string Dollars(double? dollars) => dollars?.ToString("F4", CultureInfo.InvariantCulture) is { } text ? "$" + text : "";
}
