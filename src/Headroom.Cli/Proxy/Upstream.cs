namespace Headroom.Cli.Proxy;

/// <summary>A provider, and the requests that go to it.</summary>
/// <param name="Name">What it is called in figures: <c>anthropic</c>, <c>openai</c>, or the prefix of its route.</param>
/// <param name="Prefix">What paths of its requests begin with, and what is taken away from them; empty for none.</param>
/// <param name="Address">Where it is: scheme, host and the beginning of the path, without a slash at the end.</param>
internal sealed record Upstream(string Name, string Prefix, string Address)
{
    /// <summary>Where Anthropic itself answers.</summary>
    public const string AnthropicItself = "https://api.anthropic.com";

    private static readonly UriCreationOptions AsItIs = new() { DangerousDisablePathAndQueryCanonicalization = true };

    /// <summary>Whether it is Anthropic itself, rather than somebody who speaks its language.</summary>
    public bool IsAnthropicItself => Address == AnthropicItself;

    /// <summary>Checks an address.</summary>
    /// <exception cref="CliException">It is none a request can go to.</exception>
    public static Upstream Parse(string name, string prefix, string address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) || uri.Scheme is not ("http" or "https") || uri.Query.Length > 0 || uri.Fragment.Length > 0 || uri.UserInfo.Length > 0)
            throw new CliException($"{Shown(address)} is not the address of a provider. Give one such as https://api.anthropic.com, without user, query or fragment.", ExitCodes.Usage);
        string trimmed = uri.GetLeftPart(UriPartial.Path).TrimEnd('/');
        if (prefix.Length == 0 && trimmed.EndsWith("/v1", StringComparison.Ordinal))
            throw new CliException($"{address} ends with /v1, which requests bring themselves. Give {trimmed[..^3]}.", ExitCodes.Usage);
        return new Upstream(name, prefix, trimmed);
    }

    /// <summary>An address in a message. Where it has a user or a query, a password may stand there.</summary>
    private static string Shown(string address) => address.AsSpan().IndexOfAny("@?#") < 0 ? address : "what was given";

    /// <summary>The address of a request, its path and query exactly as they were sent.</summary>
    public Uri Target(string pathAndQuery) => new(Address + pathAndQuery[Prefix.Length..], AsItIs);
}
