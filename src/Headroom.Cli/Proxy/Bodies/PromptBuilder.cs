using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json;
using Headroom.Cli.Wire;
using Headroom.Retrieval;

namespace Headroom.Cli.Proxy.Bodies;

/// <summary>Puts a prompt together while the messages of a body are read in order; ties results to their calls.</summary>
internal sealed class PromptBuilder(ReadOnlyMemory<byte> body, TokenTexts texts)
{
    private const string ReminderStart = "<system-reminder>", ReminderEnd = "</system-reminder>";

    private readonly List<ContextItem> _items = [];
    private readonly List<JsonSpan> _tokens = [];
    private readonly List<PromptPiece> _pieces = [];
    private readonly Dictionary<string, (string? Name, string? Arguments)> _calls = new(StringComparer.Ordinal);
    private readonly SortedSet<int> _breakpoints = [];
    private bool _declaresRetrieval;
    private string? _firstUserText;
    private bool _isInTurn;
    private int _turnRetrievals, _turnOthers, _retrieved, _others;
    private int _message;

    /// <summary>Whether a result was read already.</summary>
    public bool HasResults { get; private set; }

    /// <param name="model">The model.</param>
    /// <param name="session">What the client names its session.</param>
    /// <param name="previousId">The answer this request goes on from.</param>
    /// <param name="isPartial">Whether the provider keeps a part of the history.</param>
    /// <param name="hasBreakpoints">Whether the provider caches at breakpoints of the request alone.</param>
    public Prompt Build(string? model, string? session, string? previousId, bool isPartial, bool hasBreakpoints = false) => new()
    {
        Items = _items,
        Tokens = _tokens,
        Pieces = _pieces,
        Breakpoints = hasBreakpoints ? [.. _breakpoints] : null,
        DeclaresRetrieval = _declaresRetrieval,
        OnlyAnswersRetrieval = _turnRetrievals > 0 && _turnOthers == 0 && _retrieved > 0 && _others == 0,
        IsPartial = isPartial,
        Model = model,
        Session = session,
        PreviousId = previousId,
        FirstUserText = _firstUserText,
    };

    /// <summary>A message begins.</summary>
    public void Message() => _message++;

    /// <summary>What was read last ends at a cache breakpoint.</summary>
    public void Breakpoint()
    {
        if (_pieces.Count > 0) _breakpoints.Add(_pieces.Count - 1);
    }

    /// <summary>A declared tool. One that is loaded only when it was searched for is none the model can call, and whether it was loaded changes on the way.</summary>
    public void Tool(JsonElement tool, string? name, bool isDeferred)
    {
        _declaresRetrieval |= !isDeferred && HeadroomTools.IsRetrieval(name);
        if (!isDeferred) _pieces.Add(new PromptPiece(PromptPieceKind.Tool, SpanOf(tool), -1, HeadroomTools.IsOurs(name), 0, name));
    }

    /// <summary>A text of the system, the user or the model.</summary>
    public void Text(JsonElement token, ItemRole role)
    {
        if (Decode(token) is not { Length: > 0 } text) return;
        // What an agent wraps like this stands in messages of the user, but the user did not ask it.
        if (role == ItemRole.User && text.StartsWith(ReminderStart, StringComparison.Ordinal) && text.AsSpan().TrimEnd().EndsWith(ReminderEnd)) role = ItemRole.System;
        if (role == ItemRole.User) _firstUserText ??= text;
        if (role == ItemRole.Assistant) EnterTurn();
        else LeaveTurn(isOther: role == ItemRole.User);
        Add(token, new ContextItem { Text = text, Role = role }, isOurs: false);
    }

    /// <summary>A turn of the model that is neither text nor call.</summary>
    public void Other(JsonElement text)
    {
        EnterTurn();
        if (text.ValueKind != JsonValueKind.Undefined) _pieces.Add(new PromptPiece(PromptPieceKind.Other, SpanOf(text), -1, false, _message));
    }

    /// <summary>A call of the model.</summary>
    /// <param name="call">All of it.</param>
    /// <param name="id">What its result names.</param>
    /// <param name="name">The tool.</param>
    /// <param name="arguments">What it was called with, a string or JSON.</param>
    public void Call(JsonElement call, string? id, string? name, JsonElement? arguments)
    {
        EnterTurn();
        bool isRetrieval = HeadroomTools.IsRetrieval(name);
        if (isRetrieval) _turnRetrievals++;
        else _turnOthers++;
        if (id is not null) _calls[id] = (isRetrieval ? RetrievalTool.Name : name, arguments?.Wire());
        _pieces.Add(new PromptPiece(PromptPieceKind.Call, SpanOf(call), -1, isRetrieval, _message, name));
    }

    /// <summary>A text of a result.</summary>
    /// <param name="token">The string.</param>
    /// <param name="callId">The call it answers.</param>
    /// <param name="name">The tool, where the result names it itself.</param>
    /// <param name="isError">Whether the tool reports an error.</param>
    public void Result(JsonElement token, string? callId, string? name = null, bool isError = false)
    {
        if (Decode(token) is not { } text) return;
        HasResults = true;
        (string? Name, string? Arguments) call = callId is not null && _calls.TryGetValue(callId, out (string?, string?) known) ? known : default;
        string? tool = call.Name ?? (HeadroomTools.IsRetrieval(name) ? RetrievalTool.Name : name);
        bool isRetrieved = tool == RetrievalTool.Name;
        LeaveTurn(isOther: !isRetrieved);
        if (isRetrieved) _retrieved++;
        Add(token, new ContextItem { Text = text, ToolName = tool, CallId = callId, Arguments = call.Arguments, IsError = isError }, isRetrieved);
    }

    /// <summary>A result of a tool the provider ran inside a turn of the model, which has read it already: it stays, and later results may point at it.</summary>
    public void ProvidersResult(JsonElement token, string? name, string? arguments)
    {
        EnterTurn();
        if (Decode(token) is { } text) Add(token, new ContextItem { Text = text, ToolName = name, Arguments = arguments, IsPinned = true }, isOurs: false);
    }

    /// <summary>The name and arguments of an earlier call.</summary>
    public (string? Name, string? Arguments) CallOf(string? id) => id is not null && _calls.TryGetValue(id, out (string?, string?) call) ? call : default;

    private void Add(JsonElement token, ContextItem item, bool isOurs)
    {
        JsonSpan span = SpanOf(token);
        _pieces.Add(new PromptPiece(PromptPieceKind.Item, span, _items.Count, isOurs, _message));
        _items.Add(item);
        _tokens.Add(span);
    }

    private string? Decode(JsonElement token) => token.ValueKind == JsonValueKind.String ? texts.Decode(JsonMarshal.GetRawUtf8Value(token)) : null;

    private void EnterTurn()
    {
        if (!_isInTurn) _turnRetrievals = _turnOthers = _retrieved = _others = 0;
        _isInTurn = true;
    }

    private void LeaveTurn(bool isOther)
    {
        _isInTurn = false;
        if (isOther) _others++;
    }

    private JsonSpan SpanOf(JsonElement element)
    {
        ReadOnlySpan<byte> raw = JsonMarshal.GetRawUtf8Value(element); // lies in the body itself
        int start = (int)Unsafe.ByteOffset(in MemoryMarshal.GetReference(body.Span), in MemoryMarshal.GetReference(raw));
        return new JsonSpan(start, raw.Length, element.ValueKind == JsonValueKind.String ? JsonTokenType.String : JsonTokenType.None);
    }
}
