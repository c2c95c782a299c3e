using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel.ChatCompletion;
using MEAI = Microsoft.Extensions.AI;

namespace Microsoft.SemanticKernel;

/// <summary>Stand-in. A function the loop of a model runs.</summary>
public class AutoFunctionInvocationContext : MEAI.FunctionInvocationContext
{
    private ChatHistory? _chatHistory;

    /// <summary>As the loop of a chat client makes it: the history is read from the messages.</summary>
    internal AutoFunctionInvocationContext(KernelChatOptions options, AIFunction function)
    {
        if (function is not KernelFunction kernelFunction) throw new InvalidOperationException("The function must be of type KernelFunction.");
        Options = options;
        base.Function = function;
        Result = new FunctionResult(kernelFunction);
    }

    /// <summary>As the loop of a connector makes it: the messages are read from the history.</summary>
    public AutoFunctionInvocationContext(Kernel kernel, KernelFunction function, FunctionResult result, ChatHistory chatHistory, ChatMessageContent chatMessageContent)
    {
        Options = new KernelChatOptions(kernel) { ChatMessageContent = chatMessageContent };
        _chatHistory = chatHistory;
        Messages = chatHistory.ToChatMessageList();
        base.Function = function;
        Result = result;
    }

    public CancellationToken CancellationToken { get; init; }

    public new KernelArguments? Arguments
    {
        get => (KernelArguments)base.Arguments;
        init => base.Arguments = value ?? [];
    }

    public int RequestSequenceIndex
    {
        get => Iteration;
        init => Iteration = value;
    }

    public int FunctionSequenceIndex
    {
        get => FunctionCallIndex;
        init => FunctionCallIndex = value;
    }

    public string? ToolCallId
    {
        get => CallContent.CallId;
        init => CallContent = new MEAI.FunctionCallContent(value ?? "", CallContent.Name, CallContent.Arguments);
    }

    public ChatMessageContent ChatMessageContent => ((KernelChatOptions)Options!).ChatMessageContent!;

    public PromptExecutionSettings? ExecutionSettings
    {
        get => ((KernelChatOptions)Options!).ExecutionSettings;
        init => ((KernelChatOptions)Options!).ExecutionSettings = value;
    }

    public ChatHistory ChatHistory => _chatHistory ??= new ChatHistory(Messages.Select(m => m.ToChatMessageContent()));

    public new KernelFunction Function => (KernelFunction)base.Function;

    public Kernel Kernel => ((KernelChatOptions)Options!).Kernel;

    public FunctionResult Result { get; set; }
}
