using Microsoft.Extensions.AI;

namespace Microsoft.SemanticKernel;

/// <summary>Stand-in. Arguments of a function, and the settings of a prompt.</summary>
public sealed class KernelArguments : AIFunctionArguments
{
    public KernelArguments()
        : base(StringComparer.OrdinalIgnoreCase)
    {
    }

    public KernelArguments(PromptExecutionSettings? executionSettings)
        : this()
    {
        if (executionSettings is not null) ExecutionSettings = new Dictionary<string, PromptExecutionSettings> { [PromptExecutionSettings.DefaultServiceId] = executionSettings };
    }

    public KernelArguments(IDictionary<string, object?> source, Dictionary<string, PromptExecutionSettings>? executionSettings = null)
        : base(source, StringComparer.OrdinalIgnoreCase) => ExecutionSettings = executionSettings ?? (source as KernelArguments)?.ExecutionSettings;

    public IReadOnlyDictionary<string, PromptExecutionSettings>? ExecutionSettings { get; set; }
}
