using System.Globalization;

namespace Microsoft.SemanticKernel;

/// <summary>Stand-in. The result of a function. A copy without a value keeps the one it had.</summary>
public sealed class FunctionResult
{
    public FunctionResult(KernelFunction function, object? value = null, CultureInfo? culture = null, IReadOnlyDictionary<string, object?>? metadata = null) =>
        (Function, Value, Culture, Metadata) = (function, value, culture ?? CultureInfo.InvariantCulture, metadata);

    public FunctionResult(FunctionResult result, object? value = null)
        : this(result.Function, value ?? result.Value, result.Culture, result.Metadata) => RenderedPrompt = result.RenderedPrompt;

    public KernelFunction Function { get; init; }

    public IReadOnlyDictionary<string, object?>? Metadata { get; init; }

    public CultureInfo Culture { get; init; }

    public Type? ValueType => Value?.GetType();

    public string? RenderedPrompt { get; internal set; }

    internal object? Value { get; }

    public T? GetValue<T>() => Value switch
    {
        null => default,
        T value => value,
        KernelContent content when typeof(T) == typeof(string) => (T)(object)content.ToString()!,
        _ => throw new InvalidCastException($"Cannot cast {Value.GetType()} to {typeof(T)}"),
    };

    public override string ToString() => Convert.ToString(Value, Culture) ?? "";
}
