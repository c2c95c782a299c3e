using Headroom.Cli.Doctor.Agents;
using Headroom.Cli.Doctor.Proxies;
using Headroom.Cli.Proxy.Access;
using Headroom.Cli.Proxy.Running;

namespace Headroom.Cli.Doctor.Checks;

/// <summary>Whether agents that were told to ask this machine find somebody there.</summary>
internal sealed class BaseUrlCheck : ICheck
{
    public CheckGroup Group => CheckGroup.Agents;

    public string Subject => "where agents send their requests";

    public async Task<IReadOnlyList<Finding>> RunAsync(DoctorContext context, CancellationToken cancellationToken)
    {
        BaseUrlSetting[] settings = [.. BaseUrlSetting.Find(context)];
        if (settings.Length == 0)
        {
            IReadOnlyList<FoundProxy> proxies = await context.ProxiesAsync(cancellationToken).ConfigureAwait(false);
            return proxies.FirstOrDefault(p => p.Answer.By == Answerer.Headroom) is { } running
                ? [Finding.NotSetUp("neither the environment here nor the settings of agents name a proxy", $"ANTHROPIC_BASE_URL={running.Address} claude, or OPENAI_BASE_URL={running.Address}/v1 for what speaks to OpenAI")]
                : [];
        }

        return await Task.WhenAll(settings.Select(s => LookAsync(s, cancellationToken))).ConfigureAwait(false);
    }

    private static async Task<Finding> LookAsync(BaseUrlSetting setting, CancellationToken cancellationToken)
    {
        string says = $"{setting.Name} in {setting.Where}";
        if (!Uri.TryCreate(setting.Value, UriKind.Absolute, out Uri? address) || address.Scheme is not ("http" or "https"))
            return Finding.Problem($"{says} is not an address", "set it to one such as http://127.0.0.1:8787, or take it away");
        string shown = $"{address.Scheme}://{address.Host}:{address.Port}"; // neither user nor path: either may hold a secret
        if (!address.IsLoopback) return Finding.Ok($"{says}: {shown}, which is not this machine");
        string? token = Gate.TokenIn(address.AbsolutePath, out _);
        ProxyAnswer answer = await ProxyProbe.AskAsync($"{address.Scheme}://{address.Authority[(address.Authority.LastIndexOf('@') + 1)..]}", ProxyProbe.Stats, token, ProxyProbe.Patience, cancellationToken).ConfigureAwait(false);
        return answer.By switch
        {
            Answerer.Headroom => Finding.Ok($"{says}: {shown}, a proxy"),
            Answerer.HeadroomThatWantsAToken => Finding.Problem($"{says}: {shown}, a proxy that wants its token", $"put {Gate.TokenPath}TOKEN behind the port, or send it in the header {Gate.TokenHeader}"),
            Answerer.AnotherProgram => Finding.Ok($"{says}: {shown}, where another program answers"),
            Answerer.Silence => Finding.Problem($"{says}: {shown} takes connections but does not answer: the agent would hang", "stop what listens there, and start headroom proxy"),
            _ => Finding.Problem($"{says}: nobody answers on {shown}: the agent would not work", $"headroom proxy --port {address.Port}, or take the setting away"),
        };
    }
}
