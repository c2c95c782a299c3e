using System.CommandLine;
using Headroom.Cli.Commands;
using Headroom.Cli.Help;
using Headroom.TestSupport;

namespace Headroom.Cli.Tests.Help;

/// <summary><c>--help</c> is what a stranger reads first.</summary>
public sealed class HelpTests
{
    /// <summary>Two windows side by side.</summary>
    private const int Width = 100;

    public static TheoryData<string> Commands => [.. All(HeadroomCommand.Create()).Select(HelpPageAction.NameOf)];

    [Theory]
    [MemberData(nameof(Commands))]
    public void Every_command_says_what_it_is_for_with_examples_and_fits(string name)
    {
        Command command = All(HeadroomCommand.Create()).Single(c => HelpPageAction.NameOf(c) == name);
        Assert.All(command.Options.Cast<Symbol>().Concat(command.Arguments).Append(command), s => Assert.True(s.Description is { Length: > 0 } d && d[^1] == '.', $"{name} {s.Name} needs a description that ends with a full stop"));
        Assert.True(CommandHelp.All.TryGetValue(name, out CommandHelp? help), $"{name} needs examples in CommandHelp");
        Assert.NotEmpty(help.Examples);
        Assert.True(File.Exists(RepositoryFiles.PathOf(help.Page.Split('#')[0])), $"{help.Page} is not there");
        string text = HelpOf(name);
        Assert.All(text.Split('\n'), line => Assert.True(line.TrimEnd().Length <= Width, $"longer than {Width}: {line}"));
        Assert.Contains(help.Examples[0], text, StringComparison.Ordinal);
        Assert.All(command.Options.Where(o => !o.Hidden), o => Assert.Contains(o.Name, text, StringComparison.Ordinal));
        Assert.DoesNotContain("\n  complete ", text, StringComparison.Ordinal); // only shells call it
    }

    [Fact]
    public void Pages_that_are_named_have_the_sections_that_are_named()
    {
        foreach (string page in CommandHelp.All.Values.Select(h => h.Page).Where(p => p.Contains('#', StringComparison.Ordinal)))
        {
            string[] headings = [.. File.ReadLines(RepositoryFiles.PathOf(page.Split('#')[0])).Where(l => l.StartsWith("## ", StringComparison.Ordinal)).Select(l => l[3..].ToLowerInvariant().Replace(' ', '-'))];
            Assert.Contains(page.Split('#')[1], headings);
        }
    }

    [Fact]
    public void Every_command_stands_in_a_group() =>
        Assert.Empty(HeadroomCommand.Create().Subcommands.Where(c => !c.Hidden).Select(c => c.Name).Except(CommandGroup.All.SelectMany(g => g.Commands)));

    [Fact]
    public void The_page_of_the_tool_shows_the_help_as_it_is()
    {
        const string Begin = "<!-- cli:help -->\n```text\n";
        string file = RepositoryFiles.PathOf("docs/cli.md"), page = File.ReadAllText(file);
        int start = page.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, end = page.IndexOf("```", start, StringComparison.Ordinal);
        string help = HelpOf("").ReplaceLineEndings("\n");
        if (Environment.GetEnvironmentVariable("HEADROOM_ACCEPT") == "1") File.WriteAllText(file, page[..start] + help + page[end..]);
        else Assert.Equal(page[start..end], help);
    }

    [Fact]
    public void Help_is_an_answer_and_goes_to_stdout()
    {
        using var tool = new Tool();
        foreach (string[] line in (string[][])[["--help"], ["-h"], ["compress", "--help"], ["mcp", "gateway", "-h"], ["compress", "--nosuch", "--help"]])
        {
            ToolResult help = tool.Run("", line).Ended(ExitCodes.Success);
            Assert.Contains("Usage:", help.Text, StringComparison.Ordinal);
            Assert.Equal("", help.Talk);
        }
    }

    private static IEnumerable<Command> All(Command command) => command.Subcommands.Where(c => !c.Hidden).SelectMany(All).Prepend(command);

    private static string HelpOf(string name)
    {
        using var output = new StringWriter();
        Assert.Equal(0, HeadroomCommand.Create().Parse([.. name.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]).Invoke(new InvocationConfiguration { Output = output }));
        return output.ToString();
    }
}
