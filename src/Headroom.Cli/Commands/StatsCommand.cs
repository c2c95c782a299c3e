using System.CommandLine;
using Headroom.Cli.Proxy;
using Headroom.Cli.Proxy.Running;
using Headroom.Cli.Stats;
using Headroom.Cli.Terminals;
using Spectre.Console;

namespace Headroom.Cli.Commands;

/// <summary><c>headroom stats</c>: the ledger of a running proxy.</summary>
internal static class StatsCommand
{
    /// <summary>Where nobody looks at a screen, lines are as long as they need to be.</summary>
    private const int Unlimited = 400;

    public static Command Create()
    {
        var port = new Option<int?>("--port") { Description = $"Port of the proxy on this machine. Default: {ProxySettings.DefaultPort}.", HelpName = "PORT" };
        var url = new Option<string?>("--url") { Description = "Address of a proxy elsewhere, such as http://10.0.0.5:8787.", HelpName = "URL" };
        Option<string?> token = TokenOption.Create("The proxy's token. Not needed for a proxy this user started.");
        var of = new Option<string>("--of")
        {
            Description = "What is counted: all that is sent, the history each time included; each token about once; or only the results that were changed.",
            DefaultValueFactory = _ => "whole-wire",
            HelpName = "whole-wire|new-input|touched-items",
        };
        of.AcceptOnlyFromAmong("whole-wire", "new-input", "touched-items");
        var json = new Option<bool>("--json") { Description = "Print everything the proxy counts, as one JSON object." };
        var csv = new Option<bool>("--csv") { Description = "Print one row for the whole, each session and each kind of result, with a header." };
        var command = new Command("stats", "Show what a running proxy sent and saved, as a table, JSON or CSV.") { port, url, token, of, json, csv };
        command.Validators.Add(result =>
        {
            if (result.GetValue(json) && result.GetValue(csv)) result.AddError("--json and --csv are two formats; give one of them.");
            if (result.GetValue(port) is < 1 or > 65535) result.AddError("--port must be from 1 to 65535.");
            if (result.GetValue(port) is not null && result.GetValue(url) is not null) result.AddError("--port is for this machine, --url for another; give one of them.");
            if (result.GetValue(url) is { } address && !(Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) && uri.Scheme is "http" or "https")) result.AddError("--url must be an address such as http://10.0.0.5:8787.");
        });
        command.SetAction(async (parsed, cancellationToken) =>
        {
            byte[] stats = await ProxyFigures.AskAsync(parsed.GetValue(port) ?? ProxySettings.DefaultPort, parsed.GetValue(url), TokenOption.Of(parsed.GetValue(token)), cancellationToken).ConfigureAwait(false);
            if (parsed.GetValue(json))
            {
                using Stream output = Console.OpenStandardOutput();
                output.Write(stats);
                return ExitCodes.Success;
            }

            ProxyStats read = ProxyStats.Parse(stats, parsed.GetValue(of)!);
            if (parsed.GetValue(csv)) StatsCsv.Write(Console.Out, read);
            else StatsTable.Write(Tables(), read);
            return ExitCodes.Success;
        });
        return command;
    }

    private static IAnsiConsole Tables()
    {
        IAnsiConsole console = Terminal.Output();
        if (Console.IsOutputRedirected) console.Profile.Width = Unlimited;
        return console;
    }
}
