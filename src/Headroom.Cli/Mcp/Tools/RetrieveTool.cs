using System.Text.Json;
using Headroom.Retrieval;
using Headroom.Tokens;

namespace Headroom.Cli.Mcp.Tools;

/// <summary><c>headroom_retrieve</c>: brings back what was left out, by whichever command or proxy of this user.</summary>
internal sealed class RetrieveTool(OriginalResolver resolver, McpFigures figures) : McpTool(RetrieveDeclaration.Json)
{
    protected override async ValueTask<string> AnswerAsync(IDictionary<string, JsonElement> arguments, CancellationToken cancellationToken)
    {
        if (!RetrievalRequest.TryCreate(arguments.Select(a => KeyValuePair.Create<string, object?>(a.Key, a.Value)), out RetrievalRequest? request, out string? problem))
            throw new McpToolException(problem);
        string answer = await resolver.AnswerAsync(request, new RetrievalContext(), cancellationToken).ConfigureAwait(false);
        figures.Retrieved(O200kTokenCounter.Instance.Count(answer));
        return answer;
    }
}
