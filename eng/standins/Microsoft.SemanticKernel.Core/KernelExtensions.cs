using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.SemanticKernel;

/// <summary>Stand-in. Builds and fills kernels.</summary>
public static class KernelExtensions
{
    public static Kernel Build(this IKernelBuilder builder) => new(builder.Services.BuildServiceProvider());

    public static KernelPlugin AddFromFunctions(this ICollection<KernelPlugin> plugins, string pluginName, IEnumerable<KernelFunction>? functions)
    {
        KernelPlugin plugin = KernelPluginFactory.CreateFromFunctions(pluginName, functions);
        plugins.Add(plugin);
        return plugin;
    }

    public static IKernelBuilderPlugins AddFromFunctions(this IKernelBuilderPlugins plugins, string pluginName, IEnumerable<KernelFunction>? functions)
    {
        plugins.Services.AddSingleton(KernelPluginFactory.CreateFromFunctions(pluginName, functions));
        return plugins;
    }

    public static IKernelBuilderPlugins AddFromType<T>(this IKernelBuilderPlugins plugins, string? pluginName = null)
    {
        plugins.Services.AddSingleton(provider => KernelPluginFactory.CreateFromObject(ActivatorUtilities.CreateInstance<T>(provider)!, pluginName));
        return plugins;
    }

    public static Task<FunctionResult> InvokePromptAsync(this Kernel kernel, string promptTemplate, KernelArguments? arguments = null) =>
        KernelFunctionFactory.CreateFromPrompt(promptTemplate).InvokeAsync(kernel, arguments);

    public static IAsyncEnumerable<StreamingKernelContent> InvokePromptStreamingAsync(
        this Kernel kernel, string promptTemplate, KernelArguments? arguments = null, CancellationToken cancellationToken = default) =>
        ((KernelFunctionFromPrompt)KernelFunctionFactory.CreateFromPrompt(promptTemplate)).StreamAsync(kernel, arguments ?? [], cancellationToken);
}

/// <summary>Stand-in. Makes plugins.</summary>
public static class KernelPluginFactory
{
    public static KernelPlugin CreateFromFunctions(string pluginName, IEnumerable<KernelFunction>? functions) => CreateFromFunctions(pluginName, null, functions);

    public static KernelPlugin CreateFromFunctions(string pluginName, string? description = null, IEnumerable<KernelFunction>? functions = null) =>
        new DefaultKernelPlugin(pluginName, description, functions ?? []);

    public static KernelPlugin CreateFromObject(object target, string? pluginName = null) => CreateFromFunctions(
        pluginName ?? target.GetType().Name,
        target.GetType().GetMethods().Where(m => m.IsDefined(typeof(KernelFunctionAttribute), false)).Select(m => KernelFunctionFactory.CreateFromMethod(m, m.IsStatic ? null : target, null)));

    private sealed class DefaultKernelPlugin(string name, string? description, IEnumerable<KernelFunction> functions) : KernelPlugin(name, description)
    {
        private readonly Dictionary<string, KernelFunction> _functions = functions.ToDictionary(f => f.Name, f => f.Clone(name), StringComparer.OrdinalIgnoreCase);

        public override int FunctionCount => _functions.Count;

        public override bool TryGetFunction(string name, [NotNullWhen(true)] out KernelFunction? function) => _functions.TryGetValue(name, out function);

        public override IEnumerator<KernelFunction> GetEnumerator() => _functions.Values.GetEnumerator();
    }
}
