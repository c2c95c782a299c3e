using Headroom.Cli.Proxy;
using Headroom.Cli.Proxy.Access;
using Headroom.Cli.Storage;
using Headroom.Cli.Wire;
using Tomlyn.Model;

namespace Headroom.Cli.Wrap.Agents;

/// <summary>Codex. It is told by options of its process, which stand above its files; its sign-in, ChatGPT account or key, stays its own.</summary>
/// <remarks>
/// It stays with its own provider, only at another address: sessions are listed by provider, so those of a provider of ours would be missing in <c>codex resume</c>, and the other way
/// round. What each option does was seen with the version in docs/wrap-agents.md.
/// </remarks>
internal sealed class Codex : IAgent
{
    private const string Route = "/codex", OwnProvider = "openai", ChatGpt = "https://chatgpt.com/backend-api/codex";

    /// <summary>Tools of namespaces in this list are declared to the model. All others are found by searching, or called from code, and nothing would be cut.</summary>
    private const string Direct = "features.code_mode.direct_only_tool_namespaces";

    /// <summary>
    /// How long Codex waits for the server. It does so because the server is required: otherwise a first request may leave before the tool is there, and what was sent for its
    /// results would change when it comes. wrap has seen the server start; on a machine that is busy that takes some seconds.
    /// </summary>
    private const int StartupSeconds = 60;

    private const string CodeMode = "features.code_mode";

    public string Name => "codex";

    public string Title => "Codex";

    public string Command => "codex";

    public string Installation => "npm install -g @openai/codex";

    public string Registration => "codex mcp add headroom -- headroom mcp";

    public IEnumerable<string> ServerFiles(AgentContext context) => [CodexSettings.FileOf(context)];

    public Upstreams FindUpstreams(AgentContext context)
    {
        var settings = new CodexSettings(context);
        if (IsLocal(context, settings)) return Upstreams.Default;
        (string setting, string? address) = Provider(settings);
        return address is null ? Upstreams.Default : ProviderAddress.Route(setting, Route, address);
    }

    public AgentLaunch Prepare(AgentContext context, HeadroomServices services)
    {
        var settings = new CodexSettings(context);
        if (IsLocal(context, settings))
            return new AgentLaunch { Arguments = context.Arguments, Notes = ["this codex asks a model on this machine, which costs nothing a token: it is started as it is."] };

        (string setting, string? address) = Provider(settings);
        string proxy = services.Proxy + HttpOnly.Path + (address is null ? "/v1" : Route);
        List<string> ours = [.. Set(setting, JsonText.Quote(proxy))];
        if (services.McpServer is { } server) ours.AddRange(Register(settings, server));
        return new AgentLaunch
        {
            Arguments = [.. ours, .. settings.ArgumentsWithout(setting)],
            Notes = context.Arguments.Options("--remote").Any() ? ["with --remote another codex sends the requests, and that one does not know of headroom."] : [],
        };
    }

    private static IEnumerable<string> Register(CodexSettings settings, IReadOnlyList<string> server)
    {
        // Codex hands servers a few variables only; these are those that ours, and the runtime it needs, are set up with.
        string variables = string.Join(',', new[] { "XDG_DATA_HOME", StoreKeys.Variable, "DOTNET_ROOT" }.Select(JsonText.Quote));
        IEnumerable<string> direct = (settings.Find(Direct) as TomlArray ?? []).OfType<string>().Append("mcp__" + McpServers.Name).Distinct();
        return
        [
            .. Set("mcp_servers." + McpServers.Name, $"{{command={JsonText.Quote(server[0])},args=[{McpServers.Arguments(server)}],env_vars=[{variables}],default_tools_approval_mode=\"approve\",required=true,startup_timeout_sec={StartupSeconds}}}"),
            .. Set(Direct, $"[{string.Join(',', direct.Select(JsonText.Quote))}]"),
            .. settings.Find(CodeMode) is bool isOn ? Set(CodeMode + ".enabled", isOn ? "true" : "false") : [], // the table above takes the place of the word
        ];
    }

    /// <summary>The setting that says where requests go, and where that is; <see langword="null"/> for OpenAI itself.</summary>
    private static (string Setting, string? Address) Provider(CodexSettings settings)
    {
        string provider = settings.Find("model_provider") as string ?? OwnProvider;
        if (provider == OwnProvider) return ("openai_base_url", settings.Find("openai_base_url") as string ?? (settings.HasApiKey() ? null : ChatGpt));
        string setting = $"model_providers.{provider}.base_url";
        return settings.Find($"model_providers.{provider}.aws") is null && settings.Find(setting) is string address
            ? (setting, address)
            : throw new CliException($"Codex is set up for the provider {provider}, which has no {setting} in its settings, so the proxy cannot stand in. Start codex without headroom, or make results of MCP servers smaller: headroom mcp gateway.", ExitCodes.Usage);
    }

    private static bool IsLocal(AgentContext context, CodexSettings settings) => context.Arguments.Contains("--oss") || settings.Find("model_provider") is "oss" or "ollama" or "lmstudio";

    private static string[] Set(string path, string value) => ["-c", $"{path}={value}"];
}
