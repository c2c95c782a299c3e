using System.Text.Json;
using Headroom.Cli.Wire;

namespace Headroom.Cli.Mcp.Gateway;

/// <summary>A text block of a tool's result that a model reads.</summary>
/// <param name="Token">Its string token.</param>
/// <param name="Original">What it says.</param>
internal sealed record ResultText(JsonSpan Token, string Original)
{
    /// <summary>What is sent in its place.</summary>
    public string Sent { get; set; } = Original;

    /// <summary>The text blocks of a result. Images, audio, resources and what is for the user alone are none of ours.</summary>
    public static List<ResultText> Of(RpcMessage response, JsonSpan content)
    {
        List<ResultText> texts = [];
        foreach (JsonSpan block in content.Elements(response.Bytes.Span))
        {
            JsonSpan[] members = response.Members(block, "type", "text", "annotations");
            if (response.TextOf(members[0]) != "text" || response.TextOf(members[1]) is not { } text) continue;
            List<JsonSpan> audience = response.Member(members[2], "audience").Elements(response.Bytes.Span);
            if (audience.Count == 0 || audience.Any(a => response.TextOf(a) == "assistant")) texts.Add(new ResultText(members[1], text));
        }

        return texts;
    }
}
