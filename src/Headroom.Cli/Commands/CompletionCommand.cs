using System.CommandLine;
using Headroom.Cli.Completion;
using Headroom.Cli.Processes;

namespace Headroom.Cli.Commands;

/// <summary><c>headroom completion</c>: the scripts of shells, and the hidden command they ask.</summary>
internal static class CompletionCommand
{
    public static Command Create()
    {
        var shell = new Argument<string>("SHELL") { Description = "The shell." };
        shell.AcceptOnlyFromAmong(CompletionScripts.Shells);
        var command = new Command("completion", "Print the script that makes a shell complete command lines of headroom.") { shell };
        command.SetAction(parsed => Console.Out.Write(CompletionScripts.Of(parsed.GetValue(shell)!)));
        return command;
    }

    /// <summary>The command the scripts ask: a line a word that fits, and behind a tab what it is for.</summary>
    /// <param name="root">The root of the command line that is completed.</param>
    public static Command CreateAnswering(RootCommand root)
    {
        var last = new Option<string>("--last") { Description = "A colon, and the beginning of the word that is wanted.", DefaultValueFactory = _ => ":", HelpName = ":WORD" };
        var before = new Argument<string[]>("WORDS") { Description = "The words before, behind --.", Arity = ArgumentArity.ZeroOrMore };
        var command = new Command("complete", "Say how a command line may go on; what shells ask.") { last, before };
        command.Hidden = true;
        // An option cannot have an empty value, hence the colon.
        command.Validators.Add(result =>
        {
            if (result.GetValue(last) is not null and not [':', ..]) result.AddError("--last must begin with a colon.");
        });
        command.SetAction(parsed =>
        {
            foreach ((string word, string description) in Completer.Complete(root, CommandTail.Of(parsed, before), parsed.GetValue(last)![1..])) Console.Out.WriteLine($"{word}\t{description}");
        });
        return command;
    }
}
