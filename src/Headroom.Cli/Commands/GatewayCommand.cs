using System.CommandLine;
using System.Net;
using Headroom.Cli.Mcp.Gateway;
using Headroom.Cli.Processes;

namespace Headroom.Cli.Commands;

/// <summary>Declares <c>headroom mcp gateway</c>.</summary>
internal static class GatewayCommand
{
    public static Command Create()
    {
        var words = new Argument<string[]>("SERVER") { Description = "The command that starts the MCP server, and its arguments, behind --.", Arity = ArgumentArity.ZeroOrMore };
        var url = new Option<string?>("--url") { Description = "The MCP server to connect to over Streamable HTTP, instead of one that is started here.", HelpName = "URL" };
        var headers = new Option<string[]>("--header") { Description = "A header for requests to --url, such as 'Authorization: Bearer ${TOKEN}'; ${NAME} is taken from the environment.", HelpName = "'NAME: VALUE'" };
        var http = new Option<int?>("--http") { Description = "Serve over Streamable HTTP on this port of 127.0.0.1, at /mcp, instead of over stdio; 0 takes any free port.", HelpName = "PORT" };
        Option<string> mode = ModeOption.Create();
        var tools = new Option<string[]>("--tool")
        {
            Description = "How far compression may go with results of a tool, or of all whose names begin so: read_*=lossless. Wins over what the server says.",
            HelpName = "NAME=verbatim|lossless|balanced|aggressive",
        };
        var structured = new Option<string>("--structured")
        {
            Description = "What becomes of structured content that a text repeats; see docs/mcp.md.",
            DefaultValueFactory = _ => "auto",
            HelpName = "auto|keep|once|text",
        };
        structured.AcceptOnlyFromAmong("auto", "keep", "once", "text");
        Option<string?> store = StoreOption.Create();
        var command = new Command("gateway", "Stand in front of another MCP server and make the results of its tools smaller.") { words, url, headers, http, mode, tools, structured, store };
        command.Validators.Add(result =>
        {
            bool isStarted = result.GetValue(words) is { Length: > 0 };
            if (isStarted == (result.GetValue(url) is not null)) result.AddError("name the MCP server: either -- and the command that starts it, or --url and its address.");
            if (result.GetValue(url) is { } address && !(Uri.TryCreate(address, UriKind.Absolute, out Uri? parsed) && parsed.Scheme is "http" or "https")) result.AddError($"--url {address} is not an address that begins with http:// or https://.");
            if (result.GetValue(headers) is { Length: > 0 } && isStarted) result.AddError("--header is for --url.");
            if (result.GetValue(http) is < 0 or > 65535) result.AddError("--http must be a port from 0 to 65535.");
        });
        command.SetAction((parsed, _) => GatewayRunner.RunAsync(
            new GatewaySettings
            {
                Command = CommandTail.Of(parsed, words),
                Url = parsed.GetValue(url) is { } address ? new Uri(address) : null,
                Headers = HeaderValues.Of(parsed.GetValue(headers) ?? []),
                Listen = parsed.GetValue(http) is { } port ? new IPEndPoint(IPAddress.Loopback, port) : null,
                Mode = ModeOption.Of(parsed, mode),
                Tools = [.. (parsed.GetValue(tools) ?? []).Select(Policy)],
                Structured = Enum.Parse<StructuredPolicy>(parsed.GetValue(structured)!, ignoreCase: true),
                Store = parsed.GetValue(store),
            }));
        return command;
    }

    private static KeyValuePair<string, ToolPolicy> Policy(string given)
    {
        int equals = given.LastIndexOf('=');
        string name = equals < 0 ? "" : given[..equals];
        bool isName = !string.IsNullOrWhiteSpace(name) && name.IndexOf('*', StringComparison.Ordinal) is var star && (star < 0 || star == name.Length - 1);
        if (isName && Enum.TryParse(given[(equals + 1)..], ignoreCase: true, out ToolPolicy policy) && Enum.IsDefined(policy) && policy != ToolPolicy.Inherit && !char.IsAsciiDigit(given[equals + 1]))
            return new(name, policy);
        throw new CliException($"--tool {given} is not understood; write NAME=verbatim, NAME=lossless, NAME=balanced or NAME=aggressive, with a * at the end of NAME for all tools that begin so.", ExitCodes.Usage);
    }
}
