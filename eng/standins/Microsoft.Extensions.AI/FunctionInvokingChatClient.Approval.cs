namespace Microsoft.Extensions.AI;

public partial class FunctionInvokingChatClient
{
    /// <summary>One call that needs approval makes every call of the response need it.</summary>
    private bool RequiresApproval(IEnumerable<AIContent> contents, ChatOptions? options) =>
        PendingCalls(contents).Exists(call => ToolFor(call, options)?.GetService<ApprovalRequiredAIFunction>() is not null);

    private static List<AIContent> ToApprovalRequests(IList<AIContent> contents) =>
        [.. contents.Select(c => c is FunctionCallContent { InformationalOnly: false } call ? new ToolApprovalRequestContent("ficc_" + call.CallId, call) : c)];

    /// <summary>Turns approvals among the messages back into the calls they were asked for, and runs those that were granted.</summary>
    private async Task<ChatMessage[]> ResumeApprovedAsync(Loop loop, bool isStreaming, CancellationToken cancellationToken)
    {
        ToolApprovalResponseContent[] answers = [.. loop.History.SelectMany(m => m.Contents).OfType<ToolApprovalResponseContent>()];
        if (answers.Length == 0) return [];
        List<ChatMessage> rest = [];
        foreach (ChatMessage message in loop.History)
        {
            List<AIContent> kept = [.. message.Contents.Where(c => c is not (ToolApprovalRequestContent or ToolApprovalResponseContent))];
            if (kept.Count == message.Contents.Count)
            {
                rest.Add(message);
            }
            else if (kept.Count > 0)
            {
                ChatMessage copy = message.Clone();
                copy.Contents = kept;
                rest.Add(copy);
            }
        }

        FunctionCallContent[] calls = [.. answers.Select(a => (FunctionCallContent)a.ToolCall)];
        foreach (FunctionCallContent call in calls) call.InformationalOnly = true;
        loop.History.Clear();
        loop.History.AddRange(rest);
        var asked = new ChatMessage(ChatRole.Assistant, [.. calls]);
        loop.AppendOwn(asked);

        List<FunctionCallContent> approved = [.. answers.Where(a => a.Approved).Select(a => (FunctionCallContent)a.ToolCall)];
        List<AIContent> results = [.. answers.Where(a => !a.Approved).Select(a => new FunctionResultContent(a.ToolCall.CallId, "Tool call invocation rejected."))];
        if (approved.Count > 0)
        {
            (ChatMessage ran, _) = await InvokeAllAsync(approved, loop, 0, isStreaming, cancellationToken).ConfigureAwait(false);
            results.AddRange(ran.Contents);
        }

        var answered = new ChatMessage(ChatRole.Tool, results);
        loop.AppendOwn(answered);
        return [asked, answered];
    }
}
