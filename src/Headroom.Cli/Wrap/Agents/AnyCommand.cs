using Headroom.Cli.Proxy;

namespace Headroom.Cli.Wrap.Agents;

/// <summary>A command that is no known agent: it is told the proxy by the variables the providers' own libraries read.</summary>
/// <param name="command">The program.</param>
internal sealed class AnyCommand(string command) : IAgent
{
    private const string Anthropic = "ANTHROPIC_BASE_URL", OpenAI = "OPENAI_BASE_URL";

    /// <summary>What libraries called it before, and some still do.</summary>
    private const string FormerOpenAI = "OPENAI_API_BASE";

    /// <summary>Paths of a provider whose address does not end where the proxy can put <c>/v1</c>.</summary>
    private const string AnthropicRoute = "/wrapped/anthropic", OpenAIRoute = "/wrapped/openai";

    private const string Version = "/v1";

    public string Name => Path.GetFileNameWithoutExtension(command);

    public string Command => command;

    public bool UsesServer => false;

    public Upstreams FindUpstreams(AgentContext context)
    {
        List<Upstream> routes = [];
        Upstream anthropic = Upstream.Parse("anthropic", "", Upstream.AnthropicItself), openAI = Upstream.Parse("openai", "", "https://api.openai.com");
        if (Given(context, Anthropic) is { } toAnthropic)
        {
            if (toAnthropic.EndsWith(Version, StringComparison.Ordinal)) routes.Add(Parse(Anthropic, AnthropicRoute, AnthropicRoute, toAnthropic));
            else anthropic = Parse(Anthropic, "anthropic", "", toAnthropic);
        }

        if (GivenOpenAI(context) is (var variable, { } toOpenAI))
        {
            if (toOpenAI.EndsWith(Version, StringComparison.Ordinal)) openAI = Parse(variable, "openai", "", toOpenAI[..^Version.Length]);
            else routes.Add(Parse(variable, OpenAIRoute, OpenAIRoute, toOpenAI));
        }

        return new Upstreams(anthropic, openAI, routes);
    }

    public AgentLaunch Prepare(AgentContext context, HeadroomServices services)
    {
        (_, string? toOpenAI) = GivenOpenAI(context);
        string openAI = services.Proxy + (toOpenAI?.EndsWith(Version, StringComparison.Ordinal) == false ? OpenAIRoute : Version);
        var environment = new Dictionary<string, string?>
        {
            [Anthropic] = services.Proxy + (Given(context, Anthropic)?.EndsWith(Version, StringComparison.Ordinal) == true ? AnthropicRoute : ""),
            [OpenAI] = openAI,
        };
        if (Given(context, FormerOpenAI) is not null) environment[FormerOpenAI] = openAI;
        return new AgentLaunch { Arguments = context.Arguments, Environment = environment };
    }

    private static string? Given(AgentContext context, string variable) => context.Environment.GetValueOrDefault(variable)?.TrimEnd('/') is { Length: > 0 } address ? address : null;

    private static (string Variable, string? Address) GivenOpenAI(AgentContext context) =>
        Given(context, OpenAI) is { } address ? (OpenAI, address) : (FormerOpenAI, Given(context, FormerOpenAI));

    private static Upstream Parse(string variable, string name, string prefix, string address) => ProviderAddress.From(variable, () => Upstream.Parse(name, prefix, address));
}
