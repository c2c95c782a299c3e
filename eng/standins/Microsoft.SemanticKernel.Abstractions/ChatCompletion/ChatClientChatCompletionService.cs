using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using MEAI = Microsoft.Extensions.AI;

namespace Microsoft.SemanticKernel.ChatCompletion;

/// <summary>Stand-in. Makes a chat client a service of a kernel.</summary>
public static class ChatClientExtensions
{
    public static IChatCompletionService AsChatCompletionService(this IChatClient client, IServiceProvider? serviceProvider = null) =>
        client as IChatCompletionService ?? new ChatClientChatCompletionService(client);
}

/// <summary>Stand-in. All messages of a response but the last go into the history handed in; in streams each call and its result are messages of their own.</summary>
internal sealed class ChatClientChatCompletionService(IChatClient client) : IChatCompletionService
{
    public IReadOnlyDictionary<string, object?> Attributes { get; } = new Dictionary<string, object?>();

    public async Task<IReadOnlyList<ChatMessageContent>> GetChatMessageContentsAsync(
        ChatHistory chatHistory, PromptExecutionSettings? executionSettings = null, Kernel? kernel = null, CancellationToken cancellationToken = default)
    {
        ChatResponse response = await client.GetResponseAsync(chatHistory.ToChatMessageList(), executionSettings.ToChatOptions(kernel), cancellationToken).ConfigureAwait(false);
        if (response.Messages.Count == 0) return [];
        foreach (ChatMessage message in response.Messages.SkipLast(1)) chatHistory.Add(message.ToChatMessageContent(response));
        return [response.Messages[^1].ToChatMessageContent(response)];
    }

    public async IAsyncEnumerable<StreamingChatMessageContent> GetStreamingChatMessageContentsAsync(
        ChatHistory chatHistory, PromptExecutionSettings? executionSettings = null, Kernel? kernel = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        List<MEAI.FunctionCallContent> calls = [];
        Dictionary<string, MEAI.FunctionResultContent> results = [];
        await foreach (ChatResponseUpdate update in client.GetStreamingResponseAsync(chatHistory.ToChatMessageList(), executionSettings.ToChatOptions(kernel), cancellationToken).ConfigureAwait(false))
        {
            calls.AddRange(update.Contents.OfType<MEAI.FunctionCallContent>());
            foreach (MEAI.FunctionResultContent result in update.Contents.OfType<MEAI.FunctionResultContent>()) results[result.CallId] = result;
            yield return new StreamingChatMessageContent(update.Role is { } role ? new AuthorRole(role.Value) : null, update.Text);
        }

        foreach (MEAI.FunctionCallContent call in calls)
        {
            chatHistory.Add(new ChatMessage(ChatRole.Assistant, [call]).ToChatMessageContent());
            if (results.TryGetValue(call.CallId, out MEAI.FunctionResultContent? result)) chatHistory.Add(new ChatMessage(ChatRole.Tool, [result]).ToChatMessageContent());
        }
    }
}
