namespace Headroom.Cli.Proxy.Forwarding;

/// <summary>How a request ended.</summary>
internal enum Delivery
{
    /// <summary>The client has the whole response, whatever its status.</summary>
    Whole,

    /// <summary>The provider's connection broke; the client's was broken too.</summary>
    Broken,

    /// <summary>The client went away.</summary>
    ClientGone,

    /// <summary>The provider could not be reached; the client was told.</summary>
    Unreachable,

    /// <summary>The proxy refused the request.</summary>
    Refused,
}
