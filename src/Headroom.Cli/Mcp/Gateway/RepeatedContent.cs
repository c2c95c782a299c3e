using System.Text;
using System.Text.Json;
using Headroom.Cli.Wire;

namespace Headroom.Cli.Mcp.Gateway;

/// <summary>Structured content that a text block repeats.</summary>
/// <param name="Text">The block.</param>
/// <param name="Member">The name of the member that is the block's text; <see langword="null"/> where the block is the JSON of the whole.</param>
/// <param name="Token">That member's string token.</param>
/// <param name="IsAll">Whether the block says all that the structured content says.</param>
internal sealed record RepeatedContent(ResultText Text, string? Member, JsonSpan Token, bool IsAll)
{
    /// <summary>Finds what is said twice. Servers write a text beside structured content as its JSON, or wrap a text into an object to have structured content at all.</summary>
    public static RepeatedContent? Find(RpcMessage response, JsonSpan structured, IReadOnlyList<ResultText> texts)
    {
        ReadOnlySpan<byte> line = response.Bytes.Span;
        List<string> names = structured.Names(line);
        foreach (ResultText text in texts)
        {
            foreach (string name in names)
            {
                JsonSpan token = response.Member(structured, name);
                if (token.IsString && token.Length > text.Original.Length && response.TextOf(token) == text.Original) return new RepeatedContent(text, name, token, names.Count == 1);
            }

            if (JsonSame.Are(Encoding.UTF8.GetBytes(text.Original), structured.Of(line))) return new RepeatedContent(text, null, default, IsAll: true);
        }

        return null;
    }
}
