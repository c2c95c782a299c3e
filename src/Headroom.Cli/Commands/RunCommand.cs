using System.CommandLine;
using Headroom.Cli.Processes;
using Headroom.Cli.Run;

namespace Headroom.Cli.Commands;

/// <summary>Declares <c>headroom run</c>.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var words = new Argument<string[]>("CMD") { Description = "The command and its arguments, behind --.", Arity = ArgumentArity.OneOrMore };
        Option<string> mode = ModeOption.Create();
        var query = new Option<string?>("--query") { Description = "The question the output answers: parts that match it stay visible.", HelpName = "TEXT" };
        var merge = new Option<bool>("--merge-stderr") { Description = "Treat what the command writes to stderr as its output too, in order, as 2>&1 does." };
        var stream = new Option<bool>("--stream") { Description = "Print what is complete while the command runs, in parts, instead of all at the end: for what runs long or never ends." };
        var json = new Option<bool>("--json") { Description = "Print the outcome and the exit code as one JSON object instead of the text." };
        Option<string?> store = StoreOption.Create();
        var command = new Command("run", "Run a command and print its output made smaller; all else is the command's own.")
        {
            words, mode, query, merge, stream, json, store,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(stream) && result.GetValue(json)) result.AddError("--json is one object at the end; --stream prints before. Give one of them.");
        });
        command.SetAction((parsed, _) => new CommandRunner(new RunSettings
        {
            Command = CommandTail.Of(parsed, words),
            Mode = ModeOption.Of(parsed, mode),
            Query = parsed.GetValue(query),
            MergeStderr = parsed.GetValue(merge),
            Stream = parsed.GetValue(stream),
            Json = parsed.GetValue(json),
            Store = parsed.GetValue(store),
        }).RunAsync());
        return command;
    }
}
