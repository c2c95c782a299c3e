using System.CommandLine;
using Headroom.Cli.Audit;
using Headroom.Cli.Input;
using Headroom.Cli.Transcripts;
using Headroom.Economics;

namespace Headroom.Cli.Commands;

/// <summary>Declares <c>headroom audit</c>.</summary>
internal static class AuditCommand
{
    public static Command Create()
    {
        Argument<string[]> files = FileArgument.Many("Recorded conversations, or folders of them; - or none reads stdin.");
        var format = new Option<string>("--format")
        {
            Description = "The format of the files; auto finds it out.",
            DefaultValueFactory = _ => "auto",
            HelpName = "auto|" + string.Join('|', TranscriptFormats.All),
        };
        format.AcceptOnlyFromAmong(["auto", .. TranscriptFormats.All]);
        var mode = new Option<string>("--mode")
        {
            Description = "How far compression may go, as in compress.",
            DefaultValueFactory = _ => "balanced",
            HelpName = "lossless|balanced|aggressive",
        };
        mode.AcceptOnlyFromAmong("lossless", "balanced", "aggressive");
        var model = new Option<string?>("--model") { Description = "Take prices and cache rules of this model. Default: of the one recorded.", HelpName = "ID" };
        var prices = new Option<string?>("--prices") { Description = "A price table of your own (JSON); it comes before the one built in.", HelpName = "FILE" };
        var window = new Option<int?>("--context-window")
        {
            Description = "Tokens the model can read at once: older results give way as it fills up.",
            HelpName = "TOKENS",
        };
        var noRetrieval = new Option<bool>("--no-retrieval") { Description = "The model cannot call headroom_retrieve: nothing is cut, in any mode." };
        var json = new Option<bool>("--json") { Description = "Print everything as one JSON object." };
        var html = new Option<string?>("--html")
        {
            Description = "Write a page with plots to this file; it needs no network and holds no text of the conversations.",
            HelpName = "FILE",
        };
        var top = new Option<int?>("--top")
        {
            Description = "How many of the heaviest results, of tools and of conversations to list. Default: 10.",
            HelpName = "N",
        };

        var command = new Command("audit", "Replay recorded conversations: what they cost, and what they would have cost.")
        {
            files, format, mode, model, prices, window, noRetrieval, json, html, top,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(files) is { } given && given.Count(f => f == "-") > 1) result.AddError("stdin can be read only once.");
            if (result.GetValue(html) is "") result.AddError("--html needs the name of a file.");
            if (result.GetValue(top) is < 1 or > 1_000) result.AddError("--top must be from 1 to 1,000.");
            if (result.GetValue(window) is not { } tokens) return;
            if (tokens is < 2_000 or > 100_000_000) result.AddError("--context-window must be from 2,000 to 100,000,000 tokens.");
            else if (result.GetValue(mode) == "lossless") result.AddError("--context-window leaves older results out, which lossless never does; use balanced.");
        });
        command.SetAction((parsed, cancellationToken) => AuditRunner.RunAsync(
            new AuditSettings
            {
                Files = parsed.GetValue(files) is { Length: > 0 } given ? given : ["-"],
                Format = TranscriptFormats.Find(parsed.GetValue(format)),
                Options = new AuditOptions
                {
                    Mode = Enum.Parse<CompressionMode>(parsed.GetValue(mode)!, ignoreCase: true),
                    Retrieval = !parsed.GetValue(noRetrieval),
                    ContextWindow = parsed.GetValue(window),
                    Model = parsed.GetValue(model),
                    Prices = Prices(parsed.GetValue(prices)),
                },
                Top = parsed.GetValue(top) ?? AuditSettings.DefaultTop,
                Json = parsed.GetValue(json),
                Html = parsed.GetValue(html),
            },
            cancellationToken));
        return command;
    }

    private static PriceTable Prices(string? file)
    {
        if (file is null) return PriceTable.Default;
        InputText text = InputText.Read(file);
        try
        {
            return PriceTable.Default.With(PriceTable.Parse(text.Text ?? throw new FormatException("The price table is not UTF-8 text.")));
        }
        catch (FormatException e)
        {
            throw new CliException($"cannot use {text.Name}: {e.Message}", ExitCodes.BadData);
        }
    }
}
