namespace Headroom.Cli.Doctor.Checks;

/// <summary>Whether requests to this machine would be sent to a web proxy instead.</summary>
internal sealed class WebProxyCheck : ICheck
{
    private static readonly string[] s_proxies = ["http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"];

    public CheckGroup Group => CheckGroup.Agents;

    public string Subject => "the web proxy of the environment";

    public Task<IReadOnlyList<Finding>> RunAsync(DoctorContext context, CancellationToken cancellationToken)
    {
        string? set = Array.Find(s_proxies, v => DoctorContext.Variable(v) is not null);
        string[] direct = (DoctorContext.Variable("no_proxy") ?? DoctorContext.Variable("NO_PROXY") ?? "").Split([',', ' '], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        bool isDirect = direct.Any(d => d is "*" || d.StartsWith("127.", StringComparison.Ordinal));
        return Task.FromResult<IReadOnlyList<Finding>>(set is null || isDirect
            ? []
            : [Finding.Warning($"{set} is set, and NO_PROXY does not name 127.0.0.1: agents may send what is for a proxy on this machine to that one", "export NO_PROXY=127.0.0.1,localhost, beside what it names already")]);
    }
}
