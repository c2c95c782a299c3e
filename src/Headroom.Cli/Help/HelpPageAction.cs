using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Headroom.Cli.Terminals;

namespace Headroom.Cli.Help;

/// <summary>Shows <c>--help</c>: of the tool, its commands by what they are for; of a command, what the library writes; below, examples and where to read more.</summary>
internal sealed class HelpPageAction(HelpAction library) : SynchronousCommandLineAction
{
    /// <summary>Longer lines are hard to read, and terminals are seldom wider than two windows side by side.</summary>
    private const int Widest = 100;

    /// <summary>Narrower, no table of two columns says anything.</summary>
    private const int Narrowest = 60;

    /// <summary>The longest name of a command, and what stands around it.</summary>
    private const int NameWidth = 14;

    public override bool ClearsParseErrors => true;

    /// <summary>Takes the place of the library's own action.</summary>
    public static void Apply(RootCommand root)
    {
        HelpOption help = root.Options.OfType<HelpOption>().Single();
        help.Description = "Show this.";
        help.Action = new HelpPageAction((HelpAction)help.Action!);
        if (root.Options.OfType<VersionOption>().SingleOrDefault() is { } version) version.Description = "Show the version.";
    }

    public override int Invoke(ParseResult parseResult)
    {
        Command command = parseResult.CommandResult.Command;
        TextWriter output = parseResult.InvocationConfiguration.Output;
        int width = Console.IsOutputRedirected ? Widest : Math.Clamp(Console.WindowWidth, Narrowest, Widest);
        if (command is RootCommand)
        {
            WriteRoot(command, output, width);
        }
        else
        {
            library.MaxWidth = width;
            library.Invoke(parseResult);
        }

        if (CommandHelp.All.TryGetValue(NameOf(command), out CommandHelp? help)) WriteExamples(output, command, help);
        return ExitCodes.Success;
    }

    /// <summary>A command as it is typed, without the tool's own name.</summary>
    public static string NameOf(Command command) =>
        command is RootCommand ? "" : command.Parents.OfType<Command>().FirstOrDefault() is { } parent && NameOf(parent) is { Length: > 0 } above ? $"{above} {command.Name}" : command.Name;

    private static void WriteRoot(Command root, TextWriter output, int width)
    {
        output.WriteLine(root.Description);
        output.WriteLine();
        output.WriteLine("Usage:\n  headroom COMMAND [options]");
        Command[] commands = [.. root.Subcommands.Where(c => !c.Hidden)];
        var others = new CommandGroup("Others", [.. commands.Select(c => c.Name).Except(CommandGroup.All.SelectMany(g => g.Commands))]);
        foreach (CommandGroup group in CommandGroup.All.Append(others))
        {
            Command[] members = [.. group.Commands.Select(n => Array.Find(commands, c => c.Name == n)).OfType<Command>()];
            if (members.Length > 0) output.WriteLine($"\n{group.Title}:");
            foreach (Command member in members) WriteRow(output, member.Name, member.Description ?? "", width);
        }

        output.WriteLine("\nOptions:");
        foreach (Option option in root.Options.Where(o => !o.Hidden)) WriteRow(output, option is HelpOption ? "-h, --help" : option.Name, option.Description ?? "", width);
        output.WriteLine();
    }

    private static void WriteRow(TextWriter output, string name, string text, int width)
    {
        string before = ("  " + name).PadRight(NameWidth);
        foreach (string line in WrappedText.Lines(text, width - NameWidth))
        {
            output.WriteLine(before + line);
            before = new string(' ', NameWidth);
        }
    }

    private static void WriteExamples(TextWriter output, Command command, CommandHelp help)
    {
        output.WriteLine(help.Examples.Count == 1 ? "Example:" : "Examples:");
        foreach (string example in help.Examples) output.WriteLine("  " + example);
        output.WriteLine();
        output.WriteLine(command is RootCommand ? $"headroom COMMAND --help says more of a command, {help.Page} all there is." : $"More: {help.Page}");
    }
}
