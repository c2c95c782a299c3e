using System.Buffers;
using System.CommandLine;
using System.Net;
using Headroom.Cli.Proxy;
using Headroom.Cli.Storage;

namespace Headroom.Cli.Commands;

/// <summary>Declares <c>headroom proxy</c>.</summary>
internal static class ProxyCommand
{
    /// <summary>What stands in a path as it is.</summary>
    private static readonly SearchValues<char> TokenCharacters = SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_.~");

    /// <summary>Shorter ones could be guessed.</summary>
    private const int MinTokenLength = 16;

    private const string Loopback = "127.0.0.1";

    public static Command Create()
    {
        var port = new Option<int?>("--port") { Description = $"Port to listen on; 0 takes any that is free. Default: {ProxySettings.DefaultPort}.", HelpName = "PORT" };
        var bind = new Option<string?>("--bind") { Description = "Address to listen on. Others than this machine's own need --token. Default: 127.0.0.1.", HelpName = "ADDRESS" };
        Option<string?> token = TokenOption.Create($"What clients have to bring: in the header {Proxy.Access.Gate.TokenHeader}, or before the path as {Proxy.Access.Gate.TokenPath}TOKEN.");
        var upstream = new Option<string?>("--upstream") { Description = "The provider all requests go to.", HelpName = "URL" };
        var anthropic = new Option<string?>("--upstream-anthropic") { Description = "The provider of Anthropic's paths. Default: https://api.anthropic.com.", HelpName = "URL" };
        var openAI = new Option<string?>("--upstream-openai") { Description = "The provider of all other paths. Default: https://api.openai.com.", HelpName = "URL" };
        var route = new Option<string[]>("--route") { Description = "Another provider for paths that begin with /PREFIX, which is taken away. May be given several times.", HelpName = "/PREFIX=URL" };
        Option<string> mode = ModeOption.Create();
        mode.Description += " Cuts need a request that declares headroom_retrieve.";
        Option<int?> window = ContextWindowOption.Create();
        var shadow = new Option<bool>("--shadow") { Description = "Only measure: everything is sent as it came, and the figures show what would have been." };
        var maxBody = new Option<int?>("--max-body") { Description = $"Longer request bodies pass unread, in MB. Default: {ProxySettings.DefaultMaxBody}.", HelpName = "MB" };
        Option<string?> store = StoreOption.Create();
        var command = new Command("proxy", "Stand between an agent and its provider, and make the results of its tools smaller.")
        {
            port, bind, upstream, anthropic, openAI, route, mode, window, shadow, store, token, maxBody,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(port) is < 0 or > 65535) result.AddError("--port must be from 0 to 65535.");
            if (result.GetValue(maxBody) is < 1 or > 1024) result.AddError("--max-body must be from 1 to 1,024 MB.");
            if (result.GetValue(upstream) is not null && (result.GetValue(anthropic) is not null || result.GetValue(openAI) is not null))
                result.AddError("--upstream is for all requests; give it alone, or --upstream-anthropic and --upstream-openai.");
            if (!IPAddress.TryParse(result.GetValue(bind) ?? Loopback, out IPAddress? address)) result.AddError("--bind must be an address such as 127.0.0.1, ::1 or 0.0.0.0.");
            else if (!IPAddress.IsLoopback(address) && TokenOption.Of(result.GetValue(token)) is null)
                result.AddError($"--bind {address} lets others in: whoever reaches it could use it. Give a --token they have to bring.");
            if (TokenOption.Of(result.GetValue(token)) is { } given && (given.Length < MinTokenLength || given.AsSpan().ContainsAnyExcept(TokenCharacters)))
                result.AddError($"--token must have {MinTokenLength} characters or more, of letters, digits and - _ . ~");
            ContextWindowOption.Check(result, window, mode);
        });
        command.SetAction((parsed, cancellationToken) =>
        {
            var options = new HeadroomOptions { Mode = ModeOption.Of(parsed, mode), ContextWindowTokens = parsed.GetValue(window), Shadow = parsed.GetValue(shadow) };
            return ProxyRunner.RunAsync(
                new ProxySettings
                {
                    Bind = IPAddress.Parse(parsed.GetValue(bind) ?? Loopback),
                    Port = parsed.GetValue(port) ?? ProxySettings.DefaultPort,
                    Token = TokenOption.Of(parsed.GetValue(token)),
                    Upstreams = Upstreams.Of(parsed.GetValue(upstream), parsed.GetValue(anthropic), parsed.GetValue(openAI), parsed.GetValue(route) ?? []),
                    Options = options,
                    Store = options is { MayElide: true, Shadow: false } && StoreFile.Resolve(parsed.GetValue(store)) is { } file ? Path.GetFullPath(file) : null,
                    MaxBody = (parsed.GetValue(maxBody) ?? ProxySettings.DefaultMaxBody) * 1024 * 1024,
                },
                cancellationToken);
        });
        return command;
    }
}
