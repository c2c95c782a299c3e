namespace Headroom.Cli.Proxy.Bodies;

/// <summary>The formats of requests whose tool results are found.</summary>
internal enum WireFormat
{
    /// <summary>Anthropic's Messages.</summary>
    Messages,

    /// <summary>OpenAI's chat completions, and those who follow them.</summary>
    Chat,

    /// <summary>OpenAI's Responses.</summary>
    Responses,
}
