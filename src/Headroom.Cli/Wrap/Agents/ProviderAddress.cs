using Headroom.Cli.Proxy;

namespace Headroom.Cli.Wrap.Agents;

/// <summary>Makes upstreams of addresses that stand in an agent's settings.</summary>
internal static class ProviderAddress
{
    /// <summary>The usual providers, and one of the user's under a prefix of its own.</summary>
    /// <param name="setting">Where the address stands, for the user who has to mend it.</param>
    /// <param name="prefix">What requests to it begin with.</param>
    /// <param name="address">The address.</param>
    /// <exception cref="CliException">It is none a request can go to.</exception>
    public static Upstreams Route(string setting, string prefix, string address) => From(setting, () => Upstreams.Of(null, null, null, [$"{prefix}={address}"]));

    /// <summary>Says where an address stands that is none.</summary>
    public static T From<T>(string setting, Func<T> make)
    {
        try
        {
            return make();
        }
        catch (CliException e)
        {
            throw new CliException($"{setting}: {e.Message}", e.ExitCode);
        }
    }
}
