using Headroom.Cli.Proxy.Bodies;

namespace Headroom.Cli.Proxy;

/// <summary>What became of request bodies, as figures name it.</summary>
internal static class BodyFate
{
    /// <summary>Not looked at: another path, another type, too long, an encoding that is not known.</summary>
    public const string Passed = "passed";

    /// <summary>A prompt in which nothing became smaller.</summary>
    public const string Unchanged = "unchanged";

    /// <summary>A prompt in which tool results became smaller.</summary>
    public const string Rewritten = "rewritten";

    /// <summary>On the path of a prompt, but not understood; sent as it came.</summary>
    public const string Unread = "unread";

    public static string Of(RewrittenRequest request) => request.Prompt is null ? Unread : request.Body is null ? Unchanged : Rewritten;
}
