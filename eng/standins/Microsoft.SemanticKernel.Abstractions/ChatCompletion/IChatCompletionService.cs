using Microsoft.SemanticKernel.Services;

namespace Microsoft.SemanticKernel.ChatCompletion
{
    /// <summary>Stand-in. A model to chat with.</summary>
    public interface IChatCompletionService : IAIService
    {
        Task<IReadOnlyList<ChatMessageContent>> GetChatMessageContentsAsync(
            ChatHistory chatHistory, PromptExecutionSettings? executionSettings = null, Kernel? kernel = null, CancellationToken cancellationToken = default);

        IAsyncEnumerable<StreamingChatMessageContent> GetStreamingChatMessageContentsAsync(
            ChatHistory chatHistory, PromptExecutionSettings? executionSettings = null, Kernel? kernel = null, CancellationToken cancellationToken = default);
    }

    /// <summary>Stand-in. One message instead of a list.</summary>
    public static class ChatCompletionServiceExtensions
    {
        public static async Task<ChatMessageContent> GetChatMessageContentAsync(
            this IChatCompletionService chatCompletionService, ChatHistory chatHistory, PromptExecutionSettings? executionSettings = null, Kernel? kernel = null,
            CancellationToken cancellationToken = default) =>
            (await chatCompletionService.GetChatMessageContentsAsync(chatHistory, executionSettings, kernel, cancellationToken).ConfigureAwait(false)).Single();
    }
}

namespace Microsoft.SemanticKernel.Services
{
    /// <summary>Stand-in. A service of a model.</summary>
    public interface IAIService
    {
        IReadOnlyDictionary<string, object?> Attributes { get; }
    }
}
