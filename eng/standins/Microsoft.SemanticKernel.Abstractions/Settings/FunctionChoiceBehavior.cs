using Microsoft.SemanticKernel.ChatCompletion;

namespace Microsoft.SemanticKernel;

/// <summary>Stand-in. Which functions a model may call.</summary>
public abstract class FunctionChoiceBehavior
{
    private readonly List<KernelFunction>? _functions;

    internal FunctionChoiceBehavior(IEnumerable<KernelFunction>? functions, bool autoInvoke, FunctionChoiceBehaviorOptions? options)
    {
        _functions = functions?.ToList();
        AutoInvoke = autoInvoke;
        Options = options;
    }

    public FunctionChoiceBehaviorOptions? Options { get; set; }

    internal bool AutoInvoke { get; }

    public static FunctionChoiceBehavior Auto(IEnumerable<KernelFunction>? functions = null, bool autoInvoke = true, FunctionChoiceBehaviorOptions? options = null) =>
        new AutoFunctionChoiceBehavior(functions, autoInvoke, options);

    public static FunctionChoiceBehavior Required(IEnumerable<KernelFunction>? functions = null, bool autoInvoke = true, FunctionChoiceBehaviorOptions? options = null) =>
        new RequiredFunctionChoiceBehavior(functions, autoInvoke, options);

    public abstract FunctionChoiceBehaviorConfiguration GetConfiguration(FunctionChoiceBehaviorConfigurationContext context);

    internal FunctionChoiceBehaviorConfiguration Configuration(IReadOnlyList<KernelFunction>? functions) => new(Options ?? new()) { Functions = functions, AutoInvoke = AutoInvoke };

    /// <summary>The functions named, as the kernel knows them; all of the kernel where none are named.</summary>
    internal IReadOnlyList<KernelFunction>? FunctionsOf(Kernel? kernel)
    {
        if (_functions is null) return kernel is null ? null : [.. kernel.Plugins.SelectMany(p => p)];
        return [.. _functions.Select(f => kernel is not null && kernel.Plugins.TryGetFunction(f.PluginName, f.Name, out KernelFunction? known) ? known
            : AutoInvoke ? throw new KernelException($"The specified function {f.PluginName}.{f.Name} is not available in the kernel.") : f)];
    }
}

/// <summary>Stand-in. The model may call functions.</summary>
public sealed class AutoFunctionChoiceBehavior : FunctionChoiceBehavior
{
    internal AutoFunctionChoiceBehavior(IEnumerable<KernelFunction>? functions, bool autoInvoke, FunctionChoiceBehaviorOptions? options)
        : base(functions, autoInvoke, options)
    {
    }

    public override FunctionChoiceBehaviorConfiguration GetConfiguration(FunctionChoiceBehaviorConfigurationContext context) => Configuration(FunctionsOf(context.Kernel));
}

/// <summary>Stand-in. The model must call a function at its first request, and may call none at later ones.</summary>
public sealed class RequiredFunctionChoiceBehavior : FunctionChoiceBehavior
{
    internal RequiredFunctionChoiceBehavior(IEnumerable<KernelFunction>? functions, bool autoInvoke, FunctionChoiceBehaviorOptions? options)
        : base(functions, autoInvoke, options)
    {
    }

    public override FunctionChoiceBehaviorConfiguration GetConfiguration(FunctionChoiceBehaviorConfigurationContext context) =>
        Configuration(context.RequestSequenceIndex >= 1 ? null : FunctionsOf(context.Kernel));
}

/// <summary>Stand-in. What a behaviour comes to for one request.</summary>
public sealed class FunctionChoiceBehaviorConfiguration
{
    internal FunctionChoiceBehaviorConfiguration(FunctionChoiceBehaviorOptions options) => Options = options;

    public IReadOnlyList<KernelFunction>? Functions { get; internal init; }

    public bool AutoInvoke { get; set; } = true;

    public FunctionChoiceBehaviorOptions Options { get; }
}

/// <summary>Stand-in. The request a behaviour is asked about.</summary>
public sealed class FunctionChoiceBehaviorConfigurationContext(ChatHistory chatHistory)
{
    public ChatHistory ChatHistory { get; } = chatHistory;

    public Kernel? Kernel { get; init; }

    public int RequestSequenceIndex { get; init; }
}

/// <summary>Stand-in. Settings of a behaviour.</summary>
public sealed class FunctionChoiceBehaviorOptions
{
    public bool AllowConcurrentInvocation { get; set; }
}
