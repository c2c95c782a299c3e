using System.Collections.ObjectModel;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace Microsoft.SemanticKernel;

/// <summary>Stand-in. Names a function with its plugin: <c>plugin_function</c>.</summary>
public abstract class FullyQualifiedAIFunction : AIFunction
{
    internal FullyQualifiedAIFunction(KernelFunctionMetadata metadata) => Metadata = metadata;

    public KernelFunctionMetadata Metadata { get; init; }

    public override string Name => string.IsNullOrWhiteSpace(Metadata.PluginName) ? Metadata.Name : $"{Metadata.PluginName}_{Metadata.Name}";
}

/// <summary>Stand-in. A function of a kernel.</summary>
public abstract class KernelFunction : FullyQualifiedAIFunction
{
    private readonly Lazy<JsonElement> _schema;

    internal KernelFunction(KernelFunctionMetadata metadata, MethodInfo? method)
        : base(metadata)
    {
        UnderlyingMethod = method;
        _schema = new(BuildSchema);
    }

    public new virtual string Name => Metadata.Name;

    public virtual string? PluginName => Metadata.PluginName;

    public override string Description => Metadata.Description;

    public override JsonElement JsonSchema => _schema.Value;

    public override MethodInfo? UnderlyingMethod { get; }

    internal Kernel? Kernel { get; set; }

    public async Task<FunctionResult> InvokeAsync(Kernel kernel, KernelArguments? arguments = null, CancellationToken cancellationToken = default)
    {
        kernel ??= Kernel ?? throw new ArgumentNullException(nameof(kernel));
        cancellationToken.ThrowIfCancellationRequested();
        var context = new FunctionInvocationContext(kernel, this, arguments ?? [], new FunctionResult(this)) { CancellationToken = cancellationToken };
        await InvokeFiltersAsync(context, 0).ConfigureAwait(false);
        return context.Result;

        async Task InvokeFiltersAsync(FunctionInvocationContext current, int index)
        {
            if (index < kernel.FunctionInvocationFilters.Count)
                await kernel.FunctionInvocationFilters[index].OnFunctionInvocationAsync(current, next => InvokeFiltersAsync(next, index + 1)).ConfigureAwait(false);
            else
                current.Result = await InvokeCoreAsync(kernel, current.Arguments, cancellationToken).ConfigureAwait(false);
        }
    }

    public abstract KernelFunction Clone(string? pluginName = null);

    protected abstract ValueTask<FunctionResult> InvokeCoreAsync(Kernel kernel, KernelArguments arguments, CancellationToken cancellationToken);

    internal ValueTask<FunctionResult> RunAsync(Kernel kernel, KernelArguments arguments, CancellationToken cancellationToken) => InvokeCoreAsync(kernel, arguments, cancellationToken);

    protected override async ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken)
    {
        FunctionResult result = await InvokeCoreAsync(Kernel ?? new Kernel(arguments.Services), new KernelArguments(arguments), cancellationToken).ConfigureAwait(false);
        return result.Value is null ? null : JsonSerializer.SerializeToElement(result.Value, result.Value.GetType());
    }

    private JsonElement BuildSchema()
    {
        var properties = new JsonObject();
        var required = new JsonArray();
        foreach (KernelParameterMetadata parameter in Metadata.Parameters)
        {
            properties[parameter.Name] = parameter.Schema is null ? new JsonObject() : JsonNode.Parse(parameter.Schema.RootElement.GetRawText());
            if (parameter.IsRequired) required.Add(parameter.Name);
        }

        return JsonSerializer.SerializeToElement(new JsonObject { ["type"] = "object", ["required"] = required, ["properties"] = properties });
    }
}

/// <summary>Stand-in. What is known of a function.</summary>
public sealed class KernelFunctionMetadata(string name)
{
    public string Name { get; set; } = name;

    public string? PluginName { get; set; }

    public string Description { get; set; } = "";

    public IReadOnlyList<KernelParameterMetadata> Parameters { get; set; } = [];

    public ReadOnlyDictionary<string, object?> AdditionalProperties { get; set; } = ReadOnlyDictionary<string, object?>.Empty;
}

/// <summary>Stand-in. What is known of a parameter.</summary>
public sealed class KernelParameterMetadata(string name)
{
    public string Name { get; set; } = name;

    public string Description { get; set; } = "";

    public bool IsRequired { get; set; }

    public Type? ParameterType { get; set; }

    public KernelJsonSchema? Schema { get; set; }
}

/// <summary>Stand-in. A schema.</summary>
public sealed class KernelJsonSchema
{
    private KernelJsonSchema(JsonElement rootElement) => RootElement = rootElement;

    public JsonElement RootElement { get; }

    public static KernelJsonSchema Parse(string jsonSchema) => new(JsonElement.Parse(jsonSchema));
}
