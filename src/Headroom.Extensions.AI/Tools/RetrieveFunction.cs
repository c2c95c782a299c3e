using System.Text.Json;
using Headroom.Retrieval;
using Microsoft.Extensions.AI;

namespace Headroom.Extensions.AI.Tools;

/// <summary>The retrieval tool as a request declares it. Its declaration is the same bytes every time; what it can redeem belongs to one request.</summary>
internal sealed class RetrieveFunction(RetrievalSession session) : AIFunction
{
    private static readonly JsonElement s_schema = JsonDocument.Parse(RetrievalTool.ParametersSchema).RootElement.Clone();

    public override string Name => RetrievalTool.Name;

    public override string Description => RetrievalTool.Description;

    public override JsonElement JsonSchema => s_schema;

    /// <summary>Runs when a function-invoking client between us and the model executes the call itself.</summary>
    protected override async ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken) =>
        await session.AnswerAsync(arguments, cancellationToken).ConfigureAwait(false);
}
