namespace Microsoft.Extensions.AI;

/// <summary>Stand-in. What is known while a function runs.</summary>
public class FunctionInvocationContext
{
    private static readonly AIFunction s_none = AIFunctionFactory.Create(() => { }, "Placeholder");

    public AIFunction Function { get; set; } = s_none;

    public AIFunctionArguments Arguments { get; set; } = [];

    public FunctionCallContent CallContent { get; set; } = new("", "Placeholder");

    public IList<ChatMessage> Messages { get; set; } = [];

    public ChatOptions? Options { get; set; }

    public int Iteration { get; set; }

    public int FunctionCallIndex { get; set; }

    public int FunctionCount { get; set; }

    public bool Terminate { get; set; }

    public bool IsStreaming { get; set; }
}
