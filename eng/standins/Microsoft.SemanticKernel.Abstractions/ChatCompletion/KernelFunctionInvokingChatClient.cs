using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.SemanticKernel;

namespace Microsoft.Extensions.AI
{
    /// <summary>Stand-in. Runs the functions a model calls through the filters of the kernel.</summary>
    internal sealed class KernelFunctionInvokingChatClient : FunctionInvokingChatClient
    {
        public KernelFunctionInvokingChatClient(IChatClient innerClient, ILoggerFactory? loggerFactory = null, IServiceProvider? functionInvocationServices = null)
            : base(innerClient, loggerFactory, functionInvocationServices) => MaximumIterationsPerRequest = 128;

        public override Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            IsManual(options) ? InnerClient.GetResponseAsync(messages, options, cancellationToken) : base.GetResponseAsync(messages, options, cancellationToken);

        public override IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            IsManual(options) ? InnerClient.GetStreamingResponseAsync(messages, options, cancellationToken) : base.GetStreamingResponseAsync(messages, options, cancellationToken);

        protected override async ValueTask<object?> InvokeFunctionAsync(FunctionInvocationContext context, CancellationToken cancellationToken)
        {
            if (context.Options is not KernelChatOptions options) return await context.Function.InvokeAsync(context.Arguments, cancellationToken).ConfigureAwait(false);
            options.ChatMessageContent = context.Messages.Last().ToChatMessageContent();
            var auto = new AutoFunctionInvocationContext(options, context.Function)
            {
                Arguments = new KernelArguments(context.Arguments) { Services = FunctionInvocationServices },
                Messages = context.Messages,
                CallContent = context.CallContent,
                Iteration = context.Iteration,
                FunctionCallIndex = context.FunctionCallIndex,
                FunctionCount = context.FunctionCount,
                IsStreaming = context.IsStreaming,
            };
            await InvokeFiltersAsync(auto, 0).ConfigureAwait(false);
            context.Terminate = auto.Terminate;
            return auto.Result.GetValue<object>();

            async Task InvokeFiltersAsync(AutoFunctionInvocationContext current, int index)
            {
                if (index < options.Kernel.AutoFunctionInvocationFilters.Count)
                    await options.Kernel.AutoFunctionInvocationFilters[index].OnAutoFunctionInvocationAsync(current, next => InvokeFiltersAsync(next, index + 1)).ConfigureAwait(false);
                else if (!current.Terminate)
                    current.Result = await auto.Function.InvokeAsync(options.Kernel, auto.Arguments, cancellationToken).ConfigureAwait(false);
            }
        }

        private static bool IsManual(ChatOptions? options) =>
            options is KernelChatOptions { ExecutionSettings.FunctionChoiceBehavior: AutoFunctionChoiceBehavior { AutoInvoke: false } or RequiredFunctionChoiceBehavior { AutoInvoke: false } };
    }

    /// <summary>Stand-in. The options of a request that a kernel makes.</summary>
    internal sealed class KernelChatOptions(Kernel kernel, ChatOptions? options = null, PromptExecutionSettings? settings = null) : ChatOptions(options)
    {
        public Kernel Kernel { get; } = kernel;

        public PromptExecutionSettings? ExecutionSettings { get; set; } = settings;

        public ChatMessageContent? ChatMessageContent { get; set; }

        public override ChatOptions Clone() => new KernelChatOptions(Kernel, this, ExecutionSettings) { ChatMessageContent = ChatMessageContent };
    }
}

namespace Microsoft.SemanticKernel
{
    using Microsoft.Extensions.AI;

    /// <summary>Stand-in. Adds function invocation that knows kernels.</summary>
    public static class KernelFunctionInvokingChatClientBuilderExtensions
    {
        public static ChatClientBuilder UseKernelFunctionInvocation(this ChatClientBuilder builder, ILoggerFactory? loggerFactory = null) =>
            builder.Use((inner, services) => new KernelFunctionInvokingChatClient(inner, loggerFactory ?? services.GetService<ILoggerFactory>(), services));
    }
}
