namespace Headroom.Cli.Mcp.Gateway.Http;

/// <summary>A client that opened a session, and the server that is there for it alone.</summary>
/// <param name="Id">Names the session; nobody can guess it.</param>
/// <param name="Client">The client's side.</param>
internal sealed record HttpSession(string Id, HttpClientChannel Client)
{
    /// <summary>When it was last used, counted in requests of all sessions.</summary>
    public long LastUse { get; set; }

    /// <summary>Done when both sides have ended.</summary>
    public Task Ended { get; set; } = Task.CompletedTask;
}
