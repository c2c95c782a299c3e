using System.CommandLine;
using System.CommandLine.Parsing;
using Headroom.Cli.Processes;
using Headroom.Cli.Wrap;
using Headroom.Cli.Wrap.Agents;

namespace Headroom.Cli.Commands;

/// <summary>Declares <c>headroom wrap</c>.</summary>
internal static class WrapCommand
{
    private const string Name = "wrap", Dashes = "--";

    public static Command Create()
    {
        string known = string.Join(", ", KnownAgents.All.Select(a => a.Name));
        var words = new Argument<string[]>("AGENT")
        {
            Description = $"The agent: {known}. What stands behind it is the agent's own. Or -- and any command.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        words.CompletionSources.Add([.. KnownAgents.All.Select(a => a.Name)]);
        var port = new Option<int?>("--port") { Description = $"Port of the proxy; another one where it is taken. Default: {Proxy.ProxySettings.DefaultPort}.", HelpName = "PORT" };
        Option<string> mode = ModeOption.Create();
        Option<int?> window = ContextWindowOption.Create();
        var shadow = new Option<bool>("--shadow") { Description = "Only measure: everything is sent as it came, and what would have been saved is said at the end." };
        Option<string?> store = StoreOption.Create();
        var noMcp = new Option<bool>("--no-mcp") { Description = "Tell the agent no MCP server. Nothing is cut then, unless it has one already." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Say what would be started, set and changed, and do nothing." };
        var quiet = new Option<bool>("--quiet") { Description = "Do not say at the end what was saved." };
        var command = new Command(Name, "Start an agent with a proxy that ends with it, and with what brings originals back.")
        {
            words, port, mode, window, shadow, store, noMcp, dryRun, quiet,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(port) is < 0 or > 65535) result.AddError("--port must be from 0 to 65535.");
            ContextWindowOption.Check(result, window, mode);
        });
        command.SetAction((parsed, cancellationToken) =>
        {
            (IAgent agent, string[] arguments) = Read(parsed, words);
            return new WrapRunner(
                new WrapSettings
                {
                    Agent = agent,
                    Arguments = arguments,
                    Port = parsed.GetValue(port),
                    Options = new HeadroomOptions { Mode = ModeOption.Of(parsed, mode), ContextWindowTokens = parsed.GetValue(window), Shadow = parsed.GetValue(shadow) },
                    Store = parsed.GetValue(store),
                    NoMcp = parsed.GetValue(noMcp),
                    DryRun = parsed.GetValue(dryRun),
                    Quiet = parsed.GetValue(quiet),
                },
                OwnCommand.Line).RunAsync(cancellationToken);
        });
        return command;
    }

    /// <summary>Puts <c>--</c> behind the agent's name, so that what follows is the agent's own, whatever it looks like.</summary>
    /// <param name="root">The whole command line's grammar.</param>
    /// <param name="arguments">The command line.</param>
    public static string[] Separate(RootCommand root, string[] arguments)
    {
        if (arguments is not [Name, ..]) return arguments;
        IList<Option> options = root.Subcommands.Single(c => c.Name == Name).Options;
        for (int i = 1; i < arguments.Length; i++)
        {
            string word = arguments[i];
            if (word == Dashes) return arguments;
            if (!word.StartsWith('-')) return [.. arguments[..(i + 1)], Dashes, .. arguments[(i + 1)..]];
            if (options.FirstOrDefault(o => o.Name == word) is { } option && option.ValueType != typeof(bool) && option.Arity.MaximumNumberOfValues > 0) i++;
        }

        return arguments;
    }

    private static (IAgent Agent, string[] Arguments) Read(ParseResult parsed, Argument<string[]> words)
    {
        string[] given = parsed.GetValue(words) ?? [];
        List<Token> tokens = [.. parsed.Tokens];
        int dashes = tokens.FindIndex(t => t.Type == TokenType.DoubleDash);
        string all = $"headroom wrap {string.Join('|', KnownAgents.All.Select(a => a.Name))}, or any command: headroom wrap -- CMD";
        if (given.Length == 0) throw new CliException($"there is nothing to start. {all}", ExitCodes.Usage);
        if (dashes >= 0 && tokens.FindIndex(t => ReferenceEquals(t, parsed.GetResult(words)!.Tokens[0])) > dashes) return (new AnyCommand(given[0]), given[1..]);
        if (given[0].StartsWith('-')) throw new CliException($"{given[0]} is no option of wrap. Options of the agent stand behind its name. See headroom wrap --help.", ExitCodes.Usage);
        return KnownAgents.Find(given[0]) is { } agent
            ? (agent, given[1..])
            : throw new CliException($"{given[0]} is no agent known by name. {all}, here: headroom wrap -- {string.Join(' ', given)}", ExitCodes.Usage);
    }
}
