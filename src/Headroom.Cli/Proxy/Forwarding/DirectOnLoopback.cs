using System.Net;

namespace Headroom.Cli.Proxy.Forwarding;

/// <summary>The machine's own web proxy for providers far away; none for those on this machine, whatever the environment says.</summary>
internal sealed class DirectOnLoopback(IWebProxy far) : IWebProxy
{
    public ICredentials? Credentials
    {
        get => far.Credentials;
        set => far.Credentials = value;
    }

    public Uri? GetProxy(Uri destination) => IsBypassed(destination) ? null : far.GetProxy(destination);

    public bool IsBypassed(Uri host) => host.IsLoopback || far.IsBypassed(host);
}
