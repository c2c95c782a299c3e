using Microsoft.Extensions.AI;

namespace Headroom.Extensions.AI.Messages;

/// <summary>A tool result as it was read, with what is known of its call.</summary>
internal sealed class ReadResult : ReadContent
{
    private readonly string _callId;
    private readonly string? _tool;
    private readonly ToolPolicy _policy;
    private readonly bool _hasFailed;
    private readonly bool _isPinned;
    private readonly bool _isCallUnreadable;
    private readonly ToolResult? _result; // null when it cannot be read

    /// <param name="content">The result.</param>
    /// <param name="call">Its call, if that came before it.</param>
    /// <param name="isMessagePinned">Whether the caller pinned the message it stands in.</param>
    /// <param name="policies">What tools say about their own results, by name.</param>
    /// <param name="onUnreadable">Told about a result that cannot be read; it stays as it is.</param>
    public ReadResult(FunctionResultContent content, ReadCall? call, bool isMessagePinned, IReadOnlyDictionary<string, ToolPolicy> policies, Action<Exception> onUnreadable)
    {
        _callId = content.CallId;
        _tool = call?.Name;
        _policy = PolicyOf(policies);
        _hasFailed = content.Exception is not null;
        _isPinned = PinnedMark.IsSet(content.AdditionalProperties);
        _isCallUnreadable = call?.Failure is not null;
        _result = call?.Failure is { } failure ? Unreadable(failure, onUnreadable) : TryRead(content.Result, onUnreadable);
        bool isError = _hasFailed || _result is { IsError: true }, isPinned = isMessagePinned || _isPinned;
        IsSent = !isError && !isPinned;
        Items = _result is null ? [] : [.. _result.Texts.Select(text => new ContextItem
        {
            // What passes as it is, the model reads as the adapter makes it.
            Text = isError || isPinned ? _result.InflatedText() ?? text : text,
            Role = ItemRole.Tool,
            ToolName = _tool,
            CallId = _callId,
            Arguments = call?.Arguments,
            IsError = isError,
            IsPinned = isPinned,
            Policy = _policy,
        })];
        if (Items.Length == 0) Text = ContentText.Of(content);
    }

    public override long Characters => base.Characters + (_result?.JsonCharacters ?? 0);

    public override string InflatedText(int item) => IsSent ? _result!.InflatedText() ?? base.InflatedText(item) : base.InflatedText(item);

    public override bool IsLike(AIContent content, IReadOnlyDictionary<string, ToolPolicy> policies) =>
        content.GetType() == typeof(FunctionResultContent) && content is FunctionResultContent result
        && string.Equals(result.CallId, _callId, StringComparison.Ordinal) && (result.Exception is not null) == _hasFailed && PinnedMark.IsSet(result.AdditionalProperties) == _isPinned && PolicyOf(policies) == _policy
        && ReadsAlike(result.Result) && (Items.Length > 0 || string.Equals(ContentText.Of(result), Text, StringComparison.Ordinal));

    public override AIContent With(AIContent content, ReadOnlySpan<ItemOutcome> outcomes)
    {
        string[] texts = new string[outcomes.Length];
        for (int i = 0; i < texts.Length; i++) texts[i] = outcomes[i].Text;
        var result = (FunctionResultContent)content;
        return texts.Length == 0 ? content : ContentCopy.WithResult(result, _result!.With(result.Result, texts));
    }

    private ToolPolicy PolicyOf(IReadOnlyDictionary<string, ToolPolicy> policies) =>
        _tool is null || policies.Count == 0 ? ToolPolicy.Inherit : policies.GetValueOrDefault(_tool);

    private bool ReadsAlike(object? value)
    {
        if (_isCallUnreadable) return true; // it passes whatever it is
#pragma warning disable CA1031 // A value the serialiser cannot write is the adapter's affair; it passes untouched (law 8).
        try
        {
            return _result is null ? ToolResult.Read(value) is null : _result.IsLike(value);
        }
        catch (Exception)
        {
            return _result is null;
        }
    }

    private static ToolResult? TryRead(object? value, Action<Exception> onUnreadable)
    {
        try
        {
            return ToolResult.Read(value);
        }
        catch (Exception e)
        {
            return Unreadable(e, onUnreadable);
        }
#pragma warning restore CA1031
    }

    private static ToolResult? Unreadable(Exception e, Action<Exception> onUnreadable)
    {
        onUnreadable(e);
        return null;
    }
}
