using System.Collections.ObjectModel;
using System.ComponentModel;
using System.Globalization;
using System.Reflection;

namespace Microsoft.SemanticKernel;

/// <summary>Stand-in. Makes functions.</summary>
public static class KernelFunctionFactory
{
    public static KernelFunction CreateFromMethod(Delegate method, string? functionName = null, string? description = null, IEnumerable<KernelParameterMetadata>? parameters = null) =>
        CreateFromMethod(method, new KernelFunctionFromMethodOptions { FunctionName = functionName, Description = description, Parameters = parameters });

    public static KernelFunction CreateFromMethod(Delegate method, KernelFunctionFromMethodOptions? options) => CreateFromMethod(method.Method, method.Target, options);

    internal static KernelFunction CreateFromMethod(MethodInfo method, object? target, KernelFunctionFromMethodOptions? options)
    {
        var metadata = new KernelFunctionMetadata(options?.FunctionName ?? method.GetCustomAttribute<KernelFunctionAttribute>()?.Name ?? method.Name)
        {
            Description = options?.Description ?? method.GetCustomAttribute<DescriptionAttribute>()?.Description ?? "",
            Parameters = [.. options?.Parameters ?? method.GetParameters().Where(p => !KernelFunctionFromMethod.IsGiven(p.ParameterType))
                .Select(p => new KernelParameterMetadata(p.Name!) { ParameterType = p.ParameterType, IsRequired = !p.IsOptional })],
            AdditionalProperties = options?.AdditionalMetadata ?? ReadOnlyDictionary<string, object?>.Empty,
        };
        return new KernelFunctionFromMethod(metadata, method, target);
    }

    public static KernelFunction CreateFromPrompt(string promptTemplate, PromptExecutionSettings? executionSettings = null, string? functionName = null) =>
        new KernelFunctionFromPrompt(new KernelFunctionMetadata(functionName ?? "prompt"), promptTemplate, executionSettings);
}

/// <summary>Stand-in. Makes a method of a plugin a function.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class KernelFunctionAttribute(string name) : Attribute
{
    public string? Name { get; } = name;
}

/// <summary>Stand-in. What a function is made with.</summary>
public sealed class KernelFunctionFromMethodOptions
{
    public string? FunctionName { get; init; }

    public string? Description { get; init; }

    public IEnumerable<KernelParameterMetadata>? Parameters { get; init; }

    public ReadOnlyDictionary<string, object?>? AdditionalMetadata { get; init; }
}

/// <summary>Stand-in. Runs a method; the kernel, the arguments and the token are given to those who ask for them.</summary>
internal sealed class KernelFunctionFromMethod(KernelFunctionMetadata metadata, MethodInfo method, object? target) : KernelFunction(metadata, method)
{
    public override KernelFunction Clone(string? pluginName = null) => new KernelFunctionFromMethod(
        new KernelFunctionMetadata(Metadata.Name) { PluginName = pluginName, Description = Metadata.Description, Parameters = Metadata.Parameters, AdditionalProperties = Metadata.AdditionalProperties },
        UnderlyingMethod!, target);

    public static bool IsGiven(Type type) => type == typeof(Kernel) || type == typeof(KernelArguments) || type == typeof(CancellationToken);

    protected override async ValueTask<FunctionResult> InvokeCoreAsync(Kernel kernel, KernelArguments arguments, CancellationToken cancellationToken)
    {
        object?[] values = [.. UnderlyingMethod!.GetParameters().Select(p =>
            p.ParameterType == typeof(Kernel) ? kernel
            : p.ParameterType == typeof(KernelArguments) ? arguments
            : p.ParameterType == typeof(CancellationToken) ? cancellationToken
            : arguments.TryGetValue(p.Name!, out object? value) ? Converted(value, p.ParameterType)
            : p.HasDefaultValue ? p.DefaultValue
            : throw new KernelException($"Missing argument for function parameter '{p.Name}'"))];
        object? result;
        try
        {
            result = UnderlyingMethod.Invoke(target, values);
        }
        catch (TargetInvocationException e) when (e.InnerException is not null)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Capture(e.InnerException).Throw();
            throw;
        }

        if (result is ValueTask<string> valueTask) result = valueTask.AsTask();
        if (result is Task task)
        {
            await task.ConfigureAwait(false);
            result = task.GetType().GetProperty("Result") is { } property && property.PropertyType.Name != "VoidTaskResult" ? property.GetValue(task) : null;
        }

        return new FunctionResult(this, result, kernel.Culture);
    }

    private static object? Converted(object? value, Type type) =>
        value is null || type.IsInstanceOfType(value) ? value
        : value is System.Text.Json.JsonElement element ? System.Text.Json.JsonSerializer.Deserialize(element, type)
        : Convert.ChangeType(value, Nullable.GetUnderlyingType(type) ?? type, CultureInfo.InvariantCulture);
}
