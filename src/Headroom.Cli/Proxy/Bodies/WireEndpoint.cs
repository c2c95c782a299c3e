namespace Headroom.Cli.Proxy.Bodies;

/// <summary>What a path asks for.</summary>
/// <param name="Format">How its body is written.</param>
/// <param name="IsAnswered">Whether a model reads the prompt and answers; otherwise its tokens are only counted.</param>
internal readonly record struct WireEndpoint(WireFormat Format, bool IsAnswered)
{
    // By how a path ends: providers of the same format put their own words before it (/openai/deployments/x/chat/completions, /backend-api/codex/responses).
    private static readonly (string End, WireEndpoint Endpoint)[] Known =
    [
        ("/v1/messages", new(WireFormat.Messages, true)),
        ("/v1/messages/count_tokens", new(WireFormat.Messages, false)),
        ("/chat/completions", new(WireFormat.Chat, true)),
        ("/responses", new(WireFormat.Responses, true)),
        ("/responses/compact", new(WireFormat.Responses, true)),
        ("/responses/input_tokens", new(WireFormat.Responses, false)),
    ];

    /// <summary>The endpoint of a request; <see langword="null"/> where its body is none of ours to read.</summary>
    /// <param name="method">The method.</param>
    /// <param name="path">The path as it was sent, without the query.</param>
    public static WireEndpoint? Of(string method, ReadOnlySpan<char> path)
    {
        if (method != "POST") return null;
        foreach ((string end, WireEndpoint endpoint) in Known)
        {
            if (path.EndsWith(end, StringComparison.Ordinal)) return endpoint;
        }

        return null;
    }
}
