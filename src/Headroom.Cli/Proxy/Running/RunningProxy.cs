namespace Headroom.Cli.Proxy.Running;

/// <summary>A running proxy, as others of the same user find it.</summary>
/// <param name="Address">Where it listens.</param>
/// <param name="Token">What it wants to be told; <see langword="null"/> for nothing.</param>
/// <param name="ProcessId">Its process.</param>
/// <param name="Wrap">The agent it ends with, where <c>headroom wrap</c> started it; <see langword="null"/> for one that runs by itself.</param>
internal sealed record RunningProxy(Uri Address, string? Token, int ProcessId, string? Wrap = null)
{
    /// <summary>Scheme, host and port, without a slash at the end.</summary>
    public string Root => Address.GetLeftPart(UriPartial.Authority);
}
