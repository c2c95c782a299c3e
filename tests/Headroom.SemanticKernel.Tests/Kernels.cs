using Headroom.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Headroom.SemanticKernel;

/// <summary>Builds kernels and asks models through them.</summary>
internal static class Kernels
{
    /// <summary>Cuts what has more than two hundred tokens, so that tests need no large texts.</summary>
    public static HeadroomOptions Options(CompressionMode mode = CompressionMode.Aggressive) => new() { Mode = mode, AggressiveThresholdTokens = 200 };

    public static void Aggressive(HeadroomOptions options) => (options.Mode, options.AggressiveThresholdTokens) = (CompressionMode.Aggressive, 200);

    /// <summary>A text of about 1,500 tokens that the compressors that ship cut.</summary>
    public static string Log(int lines = 120, int seed = 1)
    {
        var random = new Random(seed);
        return string.Join('\n', Enumerable.Range(0, lines).Select(i => random.Next(9) == 0
            ? $"2026-03-04T09:{i / 60:00}:{i % 60:00}Z ERROR db Pool {random.Next(1000)} exhausted"
            : $"2026-03-04T09:{i / 60:00}:{i % 60:00}Z INFO api GET /health 200 in {random.Next(50)} ms"));
    }

    public static KernelFunction Function(string name, Func<object?> value) => KernelFunctionFactory.CreateFromMethod(value, name, "Returns something.");

    /// <summary>A kernel with one plugin, <c>tools</c>, and Headroom as an application would add it.</summary>
    public static Kernel Build(KernelFunction[] functions, Action<IKernelBuilder>? configure = null, Action<HeadroomOptions>? options = null)
    {
        IKernelBuilder builder = Kernel.CreateBuilder();
        builder.Plugins.AddFromFunctions("tools", functions);
        builder.AddHeadroom(options ?? Aggressive);
        configure?.Invoke(builder);
        return builder.Build();
    }

    public static Kernel Build(object? value, Action<IKernelBuilder>? configure = null, Action<HeadroomOptions>? options = null) => Build([Function("get", () => value)], configure, options);

    /// <summary>A kernel without Headroom.</summary>
    public static Kernel Bare(params KernelFunction[] functions)
    {
        var kernel = new Kernel();
        kernel.Plugins.AddFromFunctions("tools", functions);
        return kernel;
    }

    /// <summary>A model behind the kernel's loop over a chat client, as a service.</summary>
    public static IChatCompletionService Service(IChatClient model, Func<ChatClientBuilder, ChatClientBuilder>? inside = null)
    {
        var builder = new ChatClientBuilder(model);
        builder.UseKernelFunctionInvocation();
        inside?.Invoke(builder);
        return builder.Build(new ServiceCollection().BuildServiceProvider()).AsChatCompletionService();
    }

    public static PromptExecutionSettings Auto(FunctionChoiceBehaviorOptions? options = null) => new() { FunctionChoiceBehavior = FunctionChoiceBehavior.Auto(options: options) };

    /// <summary>Asks, and adds the answer to the history, as hosts do.</summary>
    public static async Task<string> AskAsync(this IChatCompletionService service, ChatHistory history, Kernel kernel, bool streaming = false, PromptExecutionSettings? settings = null)
    {
        settings ??= Auto();
        string answer = "";
        if (streaming)
        {
            await foreach (StreamingChatMessageContent part in service.GetStreamingChatMessageContentsAsync(history, settings, kernel)) answer += part.Content;
        }
        else
        {
            answer = (await service.GetChatMessageContentsAsync(history, settings, kernel))[0].Content ?? "";
        }

        history.AddAssistantMessage(answer);
        return answer;
    }

    public static ChatHistory History(string question = "What happened?")
    {
        var history = new ChatHistory();
        history.AddUserMessage(question);
        return history;
    }

    public static FunctionCallContent Call(string id, string name = "tools_get") => ScriptedChatClient.Call(id, name);

    /// <summary>Runs one function through the loop over a chat client, and returns what the model was sent of its result.</summary>
    public static async Task<string> SentAsync(Kernel kernel, bool streaming = false, PromptExecutionSettings? settings = null)
    {
        var model = new ScriptedChatClient().Calls(Call("c1")).Says("done");
        await Service(model).AskAsync(History(), kernel, streaming, settings);
        return model.Last.Results[0];
    }

    public static OriginalKey Key(string id, string scope = "") => new(scope, id);
}
