using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using KernelCall = Microsoft.SemanticKernel.FunctionCallContent;
using KernelResult = Microsoft.SemanticKernel.FunctionResultContent;

namespace Headroom.SemanticKernel;

/// <summary>A connector of the older kind, which runs functions itself, as those of Semantic Kernel do; its model plays a script.</summary>
/// <remarks>
/// Calls and results go into the history handed in, each result as a message with its text and the result itself, right after its function returned, or
/// after all of them where they run side by side. Strings are sent as they are, everything else as JSON.
/// </remarks>
internal sealed class ScriptedConnector : IChatCompletionService
{
    private static readonly JsonSerializerOptions s_json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Queue<Func<string[], ChatMessageContent>> _turns = new();

    /// <summary>One text a message of each request.</summary>
    public List<string[]> Requests { get; } = [];

    /// <summary>Whether filters are told the settings that say which functions are offered; connectors with settings of their own do not.</summary>
    public bool TellsSettings { get; init; } = true;

    public IReadOnlyDictionary<string, object?> Attributes { get; } = new Dictionary<string, object?> { ["ModelId"] = "scripted" };

    public ScriptedConnector Then(Func<string[], ChatMessageContent> turn)
    {
        _turns.Enqueue(turn);
        return this;
    }

    public ScriptedConnector Says(string text) => Then(_ => new ChatMessageContent(AuthorRole.Assistant, text));

    public ScriptedConnector Calls(params KernelCall[] calls) => Then(_ => Turn(calls));

    public static ChatMessageContent Turn(params KernelCall[] calls)
    {
        var message = new ChatMessageContent(AuthorRole.Assistant, (string?)null);
        foreach (KernelCall call in calls) message.Items.Add(call);
        return message;
    }

    public static KernelCall Call(string id, string function = "get", string plugin = "tools") => new(function, plugin, id);

    public async Task<IReadOnlyList<ChatMessageContent>> GetChatMessageContentsAsync(
        ChatHistory chatHistory, PromptExecutionSettings? executionSettings = null, Kernel? kernel = null, CancellationToken cancellationToken = default)
    {
        for (int request = 0; ; request++)
        {
            ChatMessageContent answer = Ask(chatHistory);
            var asked = new FunctionChoiceBehaviorConfigurationContext(chatHistory) { Kernel = kernel, RequestSequenceIndex = request };
            FunctionChoiceBehaviorConfiguration? choice = executionSettings?.FunctionChoiceBehavior?.GetConfiguration(asked);
            if (choice is not { AutoInvoke: true } || !KernelCall.GetFunctionCalls(answer).Any()) return [answer];
            if (!await RunAsync(answer, chatHistory, TellsSettings ? executionSettings : new PromptExecutionSettings(), kernel!, request, choice, cancellationToken)) return [chatHistory[chatHistory.Count - 1]];
        }
    }

    public async IAsyncEnumerable<StreamingChatMessageContent> GetStreamingChatMessageContentsAsync(
        ChatHistory chatHistory, PromptExecutionSettings? executionSettings = null, Kernel? kernel = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (ChatMessageContent answer in await GetChatMessageContentsAsync(chatHistory, executionSettings, kernel, cancellationToken))
            yield return new StreamingChatMessageContent(answer.Role, answer.Content);
    }

    private ChatMessageContent Ask(ChatHistory history)
    {
        List<string> wire = [];
        for (int i = 0; i < history.Count; i++) wire.Add(WireOf(history[i]));
        Requests.Add([.. wire]);
        return _turns.TryDequeue(out Func<string[], ChatMessageContent>? turn) ? turn(Requests[^1]) : throw new InvalidOperationException("The script has ended: this request was not expected.");
    }

    public static string WireOf(ChatMessageContent message)
    {
        List<string> parts = [];
        bool hasResults = false;
        foreach (KernelContent item in message.Items) hasResults |= item is KernelResult;
        foreach (KernelContent item in message.Items)
        {
            if (item is KernelCall call) parts.Add($"call {call.Id} {call.PluginName}-{call.FunctionName} {JsonSerializer.Serialize(call.Arguments?.ToDictionary(a => a.Key, a => a.Value))}");
            else if (item is KernelResult result) parts.Add($"result {result.CallId} {TextOf(result.Result ?? "")}");
            else if (!hasResults || item is not Microsoft.SemanticKernel.TextContent) parts.Add(item.ToString() ?? "");
        }

        return message.Role.Label + ": " + string.Join(" | ", parts);
    }

    private static string TextOf(object value) =>
        value as string ?? (value as ChatMessageContent)?.ToString() ?? JsonSerializer.Serialize(value, s_json);

    private static async Task<bool> RunAsync(
        ChatMessageContent answer, ChatHistory history, PromptExecutionSettings? settings, Kernel kernel, int request, FunctionChoiceBehaviorConfiguration choice, CancellationToken cancellationToken)
    {
        history.Add(answer);
        KernelCall[] calls = [.. KernelCall.GetFunctionCalls(answer)];
        List<Task<(KernelCall Call, string Text, bool Terminate)>> running = [];
        for (int i = 0; i < calls.Length; i++)
        {
            Task<(KernelCall, string, bool)> one = InvokeAsync(i);
            running.Add(one);
            if (choice.Options.AllowConcurrentInvocation) continue;
            if (Add(await one)) return false;
        }

        bool terminate = false;
        if (choice.Options.AllowConcurrentInvocation)
        {
            foreach ((KernelCall, string, bool) done in await Task.WhenAll(running)) terminate |= Add(done);
        }

        return !terminate;

        bool Add((KernelCall Call, string Text, bool Terminate) done)
        {
            var message = new ChatMessageContent(AuthorRole.Tool, done.Text);
            message.Items.Add(new KernelResult(done.Call.FunctionName, done.Call.PluginName, done.Call.Id, done.Text));
            history.Add(message);
            return done.Terminate;
        }

        async Task<(KernelCall Call, string Text, bool Terminate)> InvokeAsync(int index)
        {
            KernelCall call = calls[index];
            if (!kernel.Plugins.TryGetFunction(call.PluginName, call.FunctionName, out KernelFunction? function)) return (call, "Error: Requested function could not be found. Correct yourself.", false);
            var context = new AutoFunctionInvocationContext(kernel, function, new FunctionResult(function), history, answer)
            {
                Arguments = call.Arguments,
                RequestSequenceIndex = request,
                FunctionSequenceIndex = index,
                FunctionCount = calls.Length,
                CancellationToken = cancellationToken,
                ToolCallId = call.Id,
                ExecutionSettings = settings,
            };
            try
            {
                await FilterAsync(context, 0);
            }
            catch (Exception e)
            {
                return (call, $"Error: Exception while invoking function. {e.Message}", context.Terminate);
            }

            return (call, TextOf(context.Result.GetValue<object>() ?? ""), context.Terminate);

            async Task FilterAsync(AutoFunctionInvocationContext current, int filter)
            {
                if (filter < kernel.AutoFunctionInvocationFilters.Count)
                    await kernel.AutoFunctionInvocationFilters[filter].OnAutoFunctionInvocationAsync(current, next => FilterAsync(next, filter + 1));
                else if (!current.Terminate)
                    current.Result = await function.InvokeAsync(kernel, context.Arguments, cancellationToken);
            }
        }
    }
}
