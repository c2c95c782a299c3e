using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel.ChatCompletion;
using MEAI = Microsoft.Extensions.AI;

namespace Microsoft.SemanticKernel;

/// <summary>Stand-in. From messages of a kernel to those of a chat client, and back.</summary>
[Experimental("SKEXP0001")]
public static class ChatMessageContentExtensions
{
    public static ChatMessage ToChatMessage(this ChatMessageContent content)
    {
        var message = new ChatMessage
        {
            Role = new ChatRole(content.Role.Label),
            AuthorName = content.AuthorName,
            RawRepresentation = content.InnerContent,
            AdditionalProperties = content.Metadata is null ? null : new AdditionalPropertiesDictionary(content.Metadata),
        };
        foreach (KernelContent item in content.Items)
        {
            AIContent? converted = item switch
            {
                TextContent text => new MEAI.TextContent(text.Text),
                ImageContent { Uri: { } uri } image => new UriContent(uri, image.MimeType ?? "image/*"),
                FunctionCallContent call => new MEAI.FunctionCallContent(call.Id ?? "", call.FunctionName, call.Arguments),
                FunctionResultContent result => new MEAI.FunctionResultContent(result.CallId ?? "", result.Result),
                _ => null,
            };
            if (converted is null) continue;
            converted.RawRepresentation = item.InnerContent;
            converted.AdditionalProperties = item.Metadata is null ? null : new AdditionalPropertiesDictionary(item.Metadata);
            message.Contents.Add(converted);
        }

        return message;
    }

    internal static ChatMessageContent ToChatMessageContent(this ChatMessage message, ChatResponse? response = null)
    {
        var content = new ChatMessageContent { Role = new AuthorRole(message.Role.Value), AuthorName = message.AuthorName, ModelId = response?.ModelId };
        foreach (AIContent item in message.Contents)
        {
            KernelContent? converted = item switch
            {
                MEAI.TextContent text => new TextContent(text.Text),
                UriContent uri => new ImageContent(uri.Uri),
                MEAI.FunctionCallContent call => new FunctionCallContent(call.Name, id: call.CallId, arguments: call.Arguments is null ? null : new KernelArguments(call.Arguments)),
                MEAI.FunctionResultContent result => new FunctionResultContent(callId: result.CallId, result: result.Result),
                _ => null,
            };
            if (converted is null) continue;
            converted.InnerContent = item.RawRepresentation;
            converted.Metadata = item.AdditionalProperties;
            content.Items.Add(converted);
        }

        return content;
    }
}
