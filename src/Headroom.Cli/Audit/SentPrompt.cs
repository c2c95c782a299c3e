using Headroom.Cli.Transcripts;
using Headroom.Economics;
using Headroom.Retrieval;

namespace Headroom.Cli.Audit;

/// <summary>
/// The prompt of a conversation as it moves from request to request: what stays is kept, what went is taken away, what is new is added. Not
/// thread-safe.
/// </summary>
/// <param name="parts">Makes the parts.</param>
/// <param name="estimate">Learns what is visible; <see langword="null"/> where nothing can be cut, so that nobody asks.</param>
internal sealed class SentPrompt(AuditedParts parts, RetrievalEstimate? estimate)
{
    private static readonly string s_retrievalTool = $"{RetrievalTool.Name}\n{RetrievalTool.Description}\n{RetrievalTool.ParametersSchema}";

    private readonly List<RecordedMessage> _messages = [];
    private readonly List<int> _starts = []; // of each message in _parts
    private readonly List<AuditedPart?> _parts = []; // null: retrieved, and in no transcript
    private readonly List<LedgerBlock> _body = [];
    private readonly List<int[]> _retrieved = [];
    private readonly List<LedgerBlock> _head = [];

    /// <summary>The parts that are items for the engine, in order.</summary>
    public List<AuditedPart> Items { get; } = [];

    /// <summary>The prompt as the ledger takes it down.</summary>
    public IReadOnlyList<LedgerBlock> Blocks => [.. _head, .. _body];

    /// <summary>What stands before all messages: what no transcript has, the tools, the declaration of the retrieval tool.</summary>
    public void Begin(int hiddenTokens, IReadOnlyList<string> tools, bool declaresRetrieval)
    {
        _head.Clear();
        if (hiddenTokens > 0) _head.Add(LedgerBlock.Same(new PromptBlock(1, hiddenTokens)));
        foreach (string tool in tools) _head.Add(LedgerBlock.Same(parts.Tool(tool)));
        if (declaresRetrieval) _head.Add(LedgerBlock.Added(parts.Tool(s_retrievalTool), LedgerBlockKind.ToolDeclaration));
    }

    /// <summary>Moves on to a request.</summary>
    /// <returns>The first message of the request before that is not in this one at the same place, and the tokens recorded from there on.</returns>
    public (RecordedMessage? Message, long Tokens) Move(RecordedRequest request)
    {
        int common = 0, most = Math.Min(_messages.Count, request.Count);
        while (common < most && ReferenceEquals(_messages[common], request.History[common])) common++;
        RecordedMessage? gone = common < _messages.Count ? _messages[common] : null;
        long tokens = gone is null ? 0 : _body.Skip(_starts[common]).Sum(b => (long)b.Without.Tokens);
        if (gone is not null) TakeAway(common);
        for (int i = common; i < request.Count; i++) Add(request.History[i]);
        return (gone, tokens);
    }

    /// <summary>A part is sent in another form than so far.</summary>
    public void Change(AuditedPart part, ItemOutcome outcome, LedgerBlock sent, int[] values)
    {
        estimate?.Hide(part.Values);
        estimate?.Show(values);
        (part.Outcome, part.Sent, part.Values) = (outcome, sent, values);
    }

    /// <summary>Brings the blocks of the items up to date.</summary>
    public void Refresh()
    {
        for (int i = 0; i < _parts.Count; i++)
        {
            if (_parts[i] is { } part) _body[i] = part.Sent;
        }
    }

    /// <summary>A retrieval call or its answer, behind all that was sent so far.</summary>
    public LedgerBlock Retrieve(string text)
    {
        LedgerBlock block = LedgerBlock.Added(parts.Block(text), LedgerBlockKind.Retrieval);
        int[] values = estimate!.ValuesOf(text);
        estimate.Show(values);
        _parts.Add(null);
        _body.Add(block);
        _retrieved.Add(values);
        return block;
    }

    private void Add(RecordedMessage message)
    {
        _messages.Add(message);
        _starts.Add(_parts.Count);
        foreach (AuditedPart part in parts.Of(message))
        {
            part.Outcome = null;
            part.Sent = LedgerBlock.Same(part.Block, part.IsResult ? LedgerBlockKind.Item : LedgerBlockKind.Other);
            part.Values = estimate?.ValuesOf(part.Recorded.Wire) ?? [];
            estimate?.Show(part.Values);
            _parts.Add(part);
            _body.Add(part.Sent);
            if (part.Item is not null) Items.Add(part);
        }
    }

    private void TakeAway(int from)
    {
        int start = _starts[from];
        for (int i = _parts.Count - 1; i >= start; i--)
        {
            if (_parts[i] is not { } part)
            {
                estimate!.Hide(_retrieved[^1]);
                _retrieved.RemoveAt(_retrieved.Count - 1);
                continue;
            }

            estimate?.Hide(part.Values);
            part.Ahead = null; // what precedes it may be another text when it comes back
            if (part.Item is not null) Items.RemoveAt(Items.Count - 1);
        }

        _parts.RemoveRange(start, _parts.Count - start);
        _body.RemoveRange(start, _body.Count - start);
        _messages.RemoveRange(from, _messages.Count - from);
        _starts.RemoveRange(from, _starts.Count - from);
    }
}
