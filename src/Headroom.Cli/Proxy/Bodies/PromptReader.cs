using System.Text.Json;
using System.Text.Unicode;
using Headroom.Cli.Transcripts;
using Headroom.Cli.Wire;

namespace Headroom.Cli.Proxy.Bodies;

/// <summary>Finds the texts of request bodies. Thread-safe.</summary>
/// <remarks>What is not understood (unknown roles, block types, members, values of an unexpected type) is left where it is: it is no item.</remarks>
internal sealed class PromptReader
{
    // The parser looks for the beginning of whatever ends, so its time grows with depth. Schemas of tools are a few dozen levels deep.
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 128 };

    private readonly TokenTexts _texts = new();

    /// <summary>The prompt; <see langword="null"/> where the body is not one JSON object, is nested deeper than any request, or could be read in two ways.</summary>
    public Prompt? Read(WireFormat format, ReadOnlyMemory<byte> body)
    {
        if (!Utf8.IsValid(body.Span)) return null;
        try
        {
            using JsonDocument document = JsonDocument.Parse(body, Options);
            JsonElement root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.IsClear("messages", "input", "system", "instructions", "tools", "functions")) return null;
            var prompt = new PromptBuilder(body, _texts);
            switch (format)
            {
                case WireFormat.Messages:
                    MessagesReader.Read(root, prompt);
                    return prompt.Build(root.Text("model"), root.Object("metadata")?.Text("user_id"), null, isPartial: false, hasBreakpoints: root.Object("cache_control") is null); // at the top it asks for breakpoints of the provider's own
                case WireFormat.Chat:
                    ChatReader.Read(root, prompt);
                    return prompt.Build(root.Text("model"), root.Text("prompt_cache_key"), null, isPartial: false);
                default:
                    bool refersBack = ResponsesReader.Read(root, prompt);
                    string? conversation = root.Text("conversation") ?? root.Object("conversation")?.Text("id"), previous = root.Text("previous_response_id");
                    return prompt.Build(root.Text("model"), root.Text("prompt_cache_key") ?? conversation, previous, refersBack || previous is not null || conversation is not null);
            }
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
