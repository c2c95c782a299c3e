using Headroom.Retrieval;
using Microsoft.Extensions.AI;

namespace Headroom.Extensions.AI.Tools;

/// <summary>The calls of one turn of the model: those for us that nobody answered yet, and whether there are others.</summary>
/// <remarks>A call is answered when its result stands in the same turn; whether it is marked informational says nothing while a stream runs.</remarks>
internal sealed class RetrievalTurn
{
    private readonly List<FunctionCallContent> _calls = [];
    private readonly HashSet<string> _answered = new(StringComparer.Ordinal);
    private bool _hasApprovals;

    public RetrievalTurn(IEnumerable<AIContent>? contents = null) => Read(contents ?? []);

    /// <summary>Unanswered calls of the retrieval tool, in order.</summary>
    public IReadOnlyList<FunctionCallContent> Calls => [.. _calls.Where(c => IsOurs(c) && !_answered.Contains(c.CallId))];

    /// <summary>Whether calls of other tools wait for somebody to run or approve them.</summary>
    public bool HasOtherCalls => _hasApprovals || _calls.Exists(c => !IsOurs(c) && !c.InformationalOnly && !_answered.Contains(c.CallId));

    /// <summary>Whether somebody inside ran functions and asked again: the turn is that of several requests.</summary>
    public bool WasContinued => _answered.Count > 0;

    public void Read(IEnumerable<AIContent> contents)
    {
        foreach (AIContent content in contents)
        {
            if (content is FunctionCallContent call) _calls.Add(call);
            else if (content is FunctionResultContent result) _answered.Add(result.CallId);
            else if (content is ToolApprovalRequestContent) _hasApprovals = true;
        }
    }

    /// <summary>Marks our calls, so that nobody else runs them.</summary>
    public void MarkHandled()
    {
        foreach (FunctionCallContent call in _calls.Where(IsOurs)) call.InformationalOnly = true;
    }

    private static bool IsOurs(FunctionCallContent call) => string.Equals(call.Name, RetrievalTool.Name, StringComparison.Ordinal);
}
