using System.Globalization;
using Spectre.Console;

namespace Headroom.Cli.Stats;

/// <summary>Writes figures as tables for people.</summary>
internal static class StatsTable
{
    /// <summary>Where nobody looks at a screen, lines are as long as they need to be.</summary>
    private const int Unlimited = 400;

    public static void Write(TextWriter output, ProxyStats stats)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        if (Console.IsOutputRedirected) console.Profile.Width = Unlimited;
        output.WriteLine(stats.Proxy);
        output.WriteLine(stats.Counted);
        output.WriteLine();
        console.Write(Sessions(stats.Rows.Where(r => r.Scope != "kind")));
        if (stats.Rows.Any(r => r.Scope == "kind")) console.Write(Kinds(stats.Rows.Where(r => r.Scope == "kind")));
        else output.WriteLine("no tool results yet");
    }

    private static Table Sessions(IEnumerable<StatsRow> rows)
    {
        Table table = New("session", "model", "requests", "without", "saved", "overhead", "sent", "net", "cached", "net cost");
        table.Columns[1].LeftAligned();
        foreach (StatsRow row in rows)
        {
            table.AddRow(Cells(
                row.Scope == "total" ? "total" : row.Name, row.Model ?? "", Whole(row.Requests), Whole(row.Before), Whole(row.Before - row.After), Whole(row.Sent - row.After),
                Whole(row.Sent), Share(row.Before - row.Sent, row.Before), Share(row.ReportedCachedRead, row.ReportedInput), Dollars(row.DollarsWithout - row.DollarsSent)));
        }

        return table;
    }

    private static Table Kinds(IEnumerable<StatsRow> rows)
    {
        Table table = New("kind of result", "results", "made smaller", "without", "sent", "saved");
        foreach (StatsRow row in rows)
            table.AddRow(Cells(row.Name, Whole(row.Items), Whole(row.Changed), Whole(row.Before), Whole(row.Sent), Share(row.Before - row.Sent, row.Before)));
        return table;
    }

    private static Table New(params string[] headers)
    {
        Table table = new Table().Border(TableBorder.Simple);
        foreach (string header in headers) table.AddColumn(new TableColumn(new Text(header)).NoWrap().RightAligned());
        table.Columns[0].LeftAligned();
        return table;
    }

    /// <summary>Names come from clients: as text, not as markup.</summary>
    private static Text[] Cells(params string[] cells) => [.. cells.Select(c => new Text(c))];

    private static string Whole(long? number) => number?.ToString("N0", CultureInfo.InvariantCulture) ?? "";

    private static string Share(long? part, long? all) => part is { } some && all is > 0 ? (100.0 * some / all.Value).ToString("F1", CultureInfo.InvariantCulture) + " %" : "";

    private static string Dollars(double? dollars) => dollars?.ToString("F4", CultureInfo.InvariantCulture) is { } text ? "$" + text : "";
}
