using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;

namespace Microsoft.Extensions.AI;

/// <summary>Stand-in. Runs the functions a model calls, and asks the model again, until it calls none.</summary>
public partial class FunctionInvokingChatClient : DelegatingChatClient
{
    private static readonly AsyncLocal<FunctionInvocationContext?> s_currentContext = new();

#pragma warning disable IDE0060 // The logger factory is part of the signature; the stand-in logs nothing.
    public FunctionInvokingChatClient(IChatClient innerClient, ILoggerFactory? loggerFactory = null, IServiceProvider? functionInvocationServices = null)
        : base(innerClient) => FunctionInvocationServices = functionInvocationServices;
#pragma warning restore IDE0060

    public static FunctionInvocationContext? CurrentContext
    {
        get => s_currentContext.Value;
        protected set => s_currentContext.Value = value;
    }

    public bool IncludeDetailedErrors { get; set; }

    public bool AllowConcurrentInvocation { get; set; }

    public int MaximumIterationsPerRequest { get; set; } = 40;

    public int MaximumConsecutiveErrorsPerRequest { get; set; } = 3;

    public IList<AITool>? AdditionalTools { get; set; }

    public bool TerminateOnUnknownCalls { get; set; }

    public Func<FunctionInvocationContext, CancellationToken, ValueTask<object?>>? FunctionInvoker { get; set; }

    protected IServiceProvider? FunctionInvocationServices { get; }

    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var loop = new Loop(messages, options);
        await ResumeApprovedAsync(loop, isStreaming: false, cancellationToken).ConfigureAwait(false);
        UsageDetails? usage = null;
        for (int iteration = 0; ; iteration++)
        {
            if (iteration >= MaximumIterationsPerRequest) loop.StripFunctions();
            ChatResponse response = await base.GetResponseAsync(loop.History, loop.Options, cancellationToken).ConfigureAwait(false)
                ?? throw new InvalidOperationException("The inner client returned a null response.");
            MarkServerHandledCalls(response.Messages.SelectMany(m => m.Contents));
            if (RequiresApproval(response.Messages.SelectMany(m => m.Contents), loop.Options))
            {
                foreach (ChatMessage message in response.Messages) message.Contents = ToApprovalRequests(message.Contents);
            }

            List<FunctionCallContent> calls = PendingCalls(response.Messages.SelectMany(m => m.Contents));
            loop.Returned.AddRange(response.Messages);
            if (response.Usage is { } used)
            {
                if (usage is null) usage = used;
                else usage.Add(used);
            }

            if (iteration >= MaximumIterationsPerRequest || calls.Count == 0 || !AreAllInvocable(calls, loop.Options))
                return Finish(response);
            loop.Append(response);
            (ChatMessage results, bool terminate) = await InvokeAllAsync(calls, loop, iteration, isStreaming: false, cancellationToken).ConfigureAwait(false);
            loop.AppendOwn(results);
            if (terminate) return Finish(response);
            loop.PrepareNext(response.ConversationId);
        }

        ChatResponse Finish(ChatResponse response)
        {
            response.Messages = loop.Returned;
            response.Usage = usage;
            return response;
        }
    }

    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var loop = new Loop(messages, options);
        foreach (ChatMessage resumed in await ResumeApprovedAsync(loop, isStreaming: true, cancellationToken).ConfigureAwait(false))
            yield return ToUpdate(resumed, null);
        for (int iteration = 0; ; iteration++)
        {
            if (iteration >= MaximumIterationsPerRequest) loop.StripFunctions();
            List<ChatResponseUpdate> updates = [];
            int yielded = 0;
            await foreach (ChatResponseUpdate update in base.GetStreamingResponseAsync(loop.History, loop.Options, cancellationToken).ConfigureAwait(false))
            {
                updates.Add(update);
                // Until the first call updates pass at once; from then on they wait for the end of this response.
                if (yielded == updates.Count - 1 && !update.Contents.OfType<FunctionCallContent>().Any(c => !c.InformationalOnly))
                {
                    yielded++;
                    yield return update;
                }
            }

            MarkServerHandledCalls(updates.SelectMany(u => u.Contents));
            if (RequiresApproval(updates.SelectMany(u => u.Contents), loop.Options))
            {
                foreach (ChatResponseUpdate update in updates) update.Contents = ToApprovalRequests(update.Contents);
            }

            List<FunctionCallContent> calls = PendingCalls(updates.SelectMany(u => u.Contents));
            for (; yielded < updates.Count; yielded++) yield return updates[yielded];
            if (iteration >= MaximumIterationsPerRequest || calls.Count == 0 || !AreAllInvocable(calls, loop.Options)) yield break;

            ChatResponse response = updates.ToChatResponse();
            loop.Returned.AddRange(response.Messages);
            loop.Append(response);
            (ChatMessage results, bool terminate) = await InvokeAllAsync(calls, loop, iteration, isStreaming: true, cancellationToken).ConfigureAwait(false);
            loop.AppendOwn(results);
            yield return ToUpdate(results, response.ConversationId);
            if (terminate) yield break;
            loop.PrepareNext(response.ConversationId);
        }
    }

    private static ChatResponseUpdate ToUpdate(ChatMessage message, string? conversationId) => new(message.Role, message.Contents)
    {
        MessageId = message.MessageId ?? Guid.NewGuid().ToString("N"),
        ResponseId = Guid.NewGuid().ToString("N"),
        ConversationId = conversationId,
        CreatedAt = DateTimeOffset.UtcNow,
    };

    /// <summary>A call whose result stands in the same response was handled by whoever sent it, and is not run.</summary>
    private static void MarkServerHandledCalls(IEnumerable<AIContent> contents)
    {
        AIContent[] all = [.. contents];
        HashSet<string> answered = [.. all.OfType<FunctionResultContent>().Select(r => r.CallId)];
        foreach (FunctionCallContent call in all.OfType<FunctionCallContent>().Where(c => answered.Contains(c.CallId))) call.InformationalOnly = true;
    }

    private static List<FunctionCallContent> PendingCalls(IEnumerable<AIContent> contents) =>
        [.. contents.OfType<FunctionCallContent>().Where(c => !c.InformationalOnly)];

    /// <summary>The state of one request: what was handed in, what is sent next, what is returned.</summary>
    private sealed class Loop
    {
        private bool _isServiceManaged;

        public Loop(IEnumerable<ChatMessage> messages, ChatOptions? options)
        {
            Original = [.. messages];
            History = [.. Original];
            Options = options;
        }

        public int ConsecutiveErrors { get; set; }

        public List<ChatMessage> Original { get; }

        public List<ChatMessage> Returned { get; } = [];

        public List<ChatMessage> History { get; private set; }

        public ChatOptions? Options { get; private set; }

        public void Append(ChatResponse response)
        {
            if (response.ConversationId is not null)
            {
                History = []; // the service keeps the history; only the new tool message is sent
                _isServiceManaged = true;
            }
            else if (_isServiceManaged)
            {
                History = [.. Original, .. Returned];
                _isServiceManaged = false;
            }
            else
            {
                History.AddRange(response.Messages);
            }
        }

        public void AppendOwn(ChatMessage message)
        {
            History.Add(message);
            Returned.Add(message);
        }

        public void PrepareNext(string? conversationId)
        {
            if (Options is null)
            {
                if (conversationId is not null) Options = new ChatOptions { ConversationId = conversationId };
            }
            else if (Options.ToolMode is RequiredChatToolMode || Options.ConversationId != conversationId || Options.ContinuationToken is not null)
            {
                Options = Options.Clone();
                if (Options.ToolMode is RequiredChatToolMode) Options.ToolMode = null;
                Options.ConversationId = conversationId;
                Options.ContinuationToken = null;
            }
        }

        public void StripFunctions()
        {
            if (Options?.Tools is not { Count: > 0 } tools || !tools.Any(t => t is AIFunctionDeclaration)) return;
            Options = Options.Clone();
            AITool[] kept = [.. tools.Where(t => t is not AIFunctionDeclaration)];
            Options.Tools = kept.Length == 0 ? null : kept;
            if (kept.Length == 0) Options.ToolMode = null;
        }
    }
}
