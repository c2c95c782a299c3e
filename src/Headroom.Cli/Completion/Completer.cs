using System.CommandLine;
using System.CommandLine.Completions;
using Headroom.Cli.Commands;

namespace Headroom.Cli.Completion;

/// <summary>Says what may stand at the end of a command line, from what the commands themselves declare.</summary>
/// <remarks>Where it says nothing, a file is expected, or a value nobody can know: the shell then offers files.</remarks>
internal static class Completer
{
    private const string EndOfOptions = "--";

    /// <param name="root">The root of the command line.</param>
    /// <param name="before">The words that stand before, without the tool's name.</param>
    /// <param name="last">The beginning of the word that is wanted; may be empty.</param>
    /// <returns>Words that begin so, each with what it is for.</returns>
    public static IEnumerable<(string Word, string Description)> Complete(RootCommand root, IReadOnlyList<string> before, string last)
    {
        // Some shells break words at =, others hand --option=value over as it is.
        string[] words = WrapCommand.Separate(root, [.. before.Where(w => w != "=")]);
        if (last == "=") last = "";
        if (words.Contains(EndOfOptions)) return []; // a command of the user's
        string prefix = "";
        if (last.StartsWith("--", StringComparison.Ordinal) && last.IndexOf('=', StringComparison.Ordinal) is > 0 and var equals)
        {
            prefix = last[..(equals + 1)];
            words = [.. words, last[..equals]];
            last = last[(equals + 1)..];
        }

        ParseResult parsed = root.Parse(words, CommandLine.Configuration);
        return Candidates(parsed, words.LastOrDefault(), last).Where(c => c.Word.StartsWith(last, StringComparison.OrdinalIgnoreCase)).Select(c => (prefix + c.Word, c.Description));
    }

    private static IEnumerable<(string Word, string Description)> Candidates(ParseResult parsed, string? previous, string last)
    {
        Command command = parsed.CommandResult.Command;
        Option[] options = [.. command.Options.Concat(Parents(command).SelectMany(p => p.Options.Where(o => o.Recursive))).Where(o => !o.Hidden)];
        CompletionContext context = parsed.GetCompletionContext();
        if (options.FirstOrDefault(o => o.Name == previous || o.Aliases.Contains(previous ?? "")) is { Arity.MinimumNumberOfValues: > 0 } waiting) return Values(waiting.GetCompletions(context));
        if (last.StartsWith('-'))
        {
            return options.Where(o => o.Arity.MaximumNumberOfValues > 1 || parsed.GetResult(o) is null or { Implicit: true }).OrderBy(o => o.Name, StringComparer.Ordinal)
                .Select(o => (o.Name, o.Description ?? ""));
        }

        return command.Subcommands.Where(c => !c.Hidden).Select(c => (c.Name, c.Description ?? "")).Concat(command.Arguments.Where(a => !a.Hidden).SelectMany(a => Values(a.GetCompletions(context))));
    }

    private static IEnumerable<(string Word, string Description)> Values(IEnumerable<CompletionItem> items) => items.Select(i => (i.InsertText ?? i.Label, i.Detail ?? i.Documentation ?? ""));

    private static IEnumerable<Command> Parents(Symbol symbol) => symbol.Parents.OfType<Command>().SelectMany(p => Parents(p).Prepend(p));
}
