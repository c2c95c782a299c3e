using Headroom.Cli.Proxy;

namespace Headroom.Cli.Wrap.Agents;

/// <summary>aider, which asks models through LiteLLM. It has no tools: files and outputs stand in the user's messages, so the proxy counts, and changes nothing.</summary>
/// <remarks>From its documentation; it was not run.</remarks>
internal sealed class Aider : IAgent
{
    private const string Anthropic = "ANTHROPIC_API_BASE", OpenAI = "OPENAI_API_BASE", Version = "/v1";

    /// <summary>The same for OpenAI, as an option of aider's own: it wins over its files.</summary>
    private const string Option = "AIDER_OPENAI_API_BASE";

    /// <summary>Paths of a provider whose address does not end where requests go on.</summary>
    private const string Route = "/aider";

    public string Name => "aider";

    public string Command => "aider";

    public string Installation => "python -m pip install aider-install && aider-install";

    public bool UsesServer => false;

    public Upstreams FindUpstreams(AgentContext context)
    {
        string? openAI = ToOpenAI(context);
        bool isRouted = openAI?.EndsWith(Version, StringComparison.Ordinal) == false;
        return ProviderAddress.From($"{Anthropic} or {OpenAI}", () => Upstreams.Of(null, Value(context, Anthropic) ?? Value(context, "ANTHROPIC_BASE_URL"), isRouted ? null : openAI?[..^Version.Length], isRouted ? [$"{Route}={openAI}"] : []));
    }

    public AgentLaunch Prepare(AgentContext context, HeadroomServices services)
    {
        string openAI = services.Proxy + (ToOpenAI(context)?.EndsWith(Version, StringComparison.Ordinal) == false ? Route : Version);
        return new AgentLaunch
        {
            Arguments = [.. context.Arguments.Without(Given(context))],
            Environment = new Dictionary<string, string?> { [Anthropic] = services.Proxy, [OpenAI] = openAI, [Option] = openAI },
            Notes = ["aider gives models files and outputs as words of its user, which stay as they are: its requests are counted, and nothing is saved. A .env file that names a base URL wins over headroom."],
        };
    }

    private static string? ToOpenAI(AgentContext context) =>
        Given(context).Select(o => o.Value.TrimEnd('/')).LastOrDefault() ?? Value(context, Option) ?? Value(context, OpenAI) ?? Value(context, "OPENAI_BASE_URL");

    private static IEnumerable<AgentOption> Given(AgentContext context) => context.Arguments.Options("--openai-api-base");

    private static string? Value(AgentContext context, string variable) => context.Variable(variable)?.TrimEnd('/');
}
