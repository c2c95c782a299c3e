namespace Headroom.Cli.Wrap;

/// <summary>What is set for an agent besides what it needs itself.</summary>
internal static class ChildVariables
{
    private static readonly string[] s_webProxies = ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"];
    private static readonly string[] s_exceptions = ["NO_PROXY", "no_proxy"];

    /// <summary>The agent's variables, and those that keep requests to our proxy from being sent to a web proxy, which cannot reach this machine.</summary>
    /// <param name="inherited">The environment the agent inherits.</param>
    /// <param name="launch">What is set for it, or taken away.</param>
    /// <param name="host">The host of our proxy.</param>
    public static IReadOnlyDictionary<string, string?> Of(IReadOnlyDictionary<string, string> inherited, IReadOnlyDictionary<string, string?> launch, string host)
    {
        string? Value(string name) => launch.TryGetValue(name, out string? set) ? set : inherited.GetValueOrDefault(name);
        if (!s_webProxies.Any(n => !string.IsNullOrEmpty(Value(n)))) return launch;
        var variables = new Dictionary<string, string?>(launch);
        foreach (string name in s_exceptions)
        {
            // Programs read one of the two spellings, each another.
            string list = Value(name) ?? s_exceptions.Select(Value).FirstOrDefault(v => v is not null) ?? "";
            string[] hosts = list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            if (!hosts.Contains("*") && !hosts.Contains(host)) variables[name] = string.Join(',', [.. hosts, host]);
        }

        return variables;
    }
}
