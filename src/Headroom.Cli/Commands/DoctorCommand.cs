using System.CommandLine;
using Headroom.Cli.Doctor;
using Headroom.Cli.Terminals;

namespace Headroom.Cli.Commands;

/// <summary><c>headroom doctor</c>: what is set up, what is reachable, what would break the prompt cache.</summary>
internal static class DoctorCommand
{
    /// <summary>What one check may take: the slowest starts a process, or reads some megabytes of recordings.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static Command Create()
    {
        Argument<string[]> files = FileArgument.Many("Recorded conversations, or folders of them, to look for what broke the prompt cache. Default: the newest sessions of Claude Code and Codex.");
        var offline = new Option<bool>("--offline") { Description = "Ask nobody outside of this machine." };
        var json = new Option<bool>("--json") { Description = "Print one JSON object." };
        Option<string?> store = StoreOption.Create();
        var command = new Command("doctor", "Say what is set up, what can be reached, and what would break the prompt cache.") { files, offline, json, store };
        command.Validators.Add(result =>
        {
            if (result.GetValue(files)?.Contains("-") == true) result.AddError("doctor does not read stdin; name a file or folder.");
        });
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var context = new DoctorContext { Files = parsed.GetValue(files) ?? [], Offline = parsed.GetValue(offline), Store = parsed.GetValue(store) };
            DoctorReport report = await LongWork.RunAsync(
                "looking around", null, _ => DoctorReport.MakeAsync(BuiltInChecks.All, context, Patience, cancellationToken), cancellationToken).ConfigureAwait(false);
            if (parsed.GetValue(json))
            {
                using Stream output = Console.OpenStandardOutput();
                DoctorJson.Write(output, report);
            }
            else
            {
                DoctorText.Write(Terminal.Output(), report);
            }

            return report.Problems == 0 ? ExitCodes.Success : ExitCodes.Unhealthy;
        });
        return command;
    }
}
