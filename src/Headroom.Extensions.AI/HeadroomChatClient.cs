using System.Diagnostics;
using Headroom.Economics;
using Headroom.Extensions.AI.Diagnostics;
using Headroom.Extensions.AI.Ledger;
using Headroom.Extensions.AI.Messages;
using Headroom.Extensions.AI.Tools;
using Headroom.PromptCaching;
using Headroom.Storage;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Headroom.Extensions.AI;

/// <summary>A chat client that makes what the model reads smaller, and answers the model's calls for what was left out.</summary>
/// <remarks>
/// Works inside function invocation (preferred), outside it, or without it, streaming or not; it never buffers a stream. Messages and
/// options handed in are never changed. No failure of compression fails a request: what was handed in is sent instead. Thread-safe once set up.
/// Of several such clients in one pipeline only the innermost works.
/// </remarks>
public sealed partial class HeadroomChatClient : DelegatingChatClient
{
    /// <summary>Rounds of retrieval answered by default: a search, a look around the hit, and one more of each. More is a model going in circles.</summary>
    private const int DefaultRetrievalRounds = 4;

    private readonly ConversationCompressor _compressor;
    private readonly ILogger _logger;
    private readonly RecentConversations _cutConversations = new();
    private readonly PendingAnswers _pendingAnswers = new();
    private readonly TextNames _textNames = new();
    private readonly ConversationKeys _conversationKeys;
    private readonly MessageMemo _messageMemo;
    private readonly PromptReader _promptReader;
    private readonly TokenMemo _tokenMemo;
    private readonly PromptCacheOptions _promptCache;
    private readonly bool _innerClientCompresses;
    private volatile bool _serviceKeepsHistory;
    private bool _saidToolImpossible;

    /// <summary>Creates a client.</summary>
    /// <param name="innerClient">The client that is asked with the smaller messages.</param>
    /// <param name="compressor">The engine. The default has default options and keeps originals in memory where the conversation does not hold them.</param>
    /// <param name="loggerFactory">Where to log; nowhere by default. Content is never logged.</param>
    public HeadroomChatClient(IChatClient innerClient, ConversationCompressor? compressor = null, ILoggerFactory? loggerFactory = null)
        : base(innerClient)
    {
        _compressor = compressor ?? new ConversationCompressor(store: new InMemoryOriginalStore());
        _logger = (ILogger?)loggerFactory?.CreateLogger<HeadroomChatClient>() ?? NullLogger.Instance;
        _promptCache = _compressor.PromptCache;
        _conversationKeys = new ConversationKeys(_textNames);
        _messageMemo = MessageMemo.Of(_compressor);
        _tokenMemo = new TokenMemo(_compressor.Tokens);
        _promptReader = new PromptReader(_tokenMemo);
        _innerClientCompresses = innerClient.GetService<HeadroomChatClient>() is not null;
    }

    /// <summary>How many rounds of retrieval calls one request may take before the model is told to go on without.</summary>
    /// <value>The default is 4. Not negative; 0 answers every retrieval call with a refusal.</value>
    public int MaximumRetrievalRounds
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            field = value;
        }
    } = DefaultRetrievalRounds;

    /// <summary>Chooses the scope originals are stored in, such as a tenant: an id can be redeemed only in the scope it was stored in.</summary>
    /// <value>The default is <see langword="null"/>: one scope for all.</value>
    public Func<ChatOptions?, string>? ScopeSelector { get; set; }

    /// <summary>Keeps account of what is saved and what it costs.</summary>
    /// <value>The default is <see langword="null"/>: nothing is counted. <c>UseHeadroom</c> on a builder sets the registered one.</value>
    public IHeadroomLedger? Ledger { get; set; }

    /// <summary>Names the conversation a request belongs to, such as the id an application knows it by. Used by the ledger, to choose those held out, and for the prompt cache.</summary>
    /// <value>
    /// The default is <see langword="null"/>, and so may its answer be: then a conversation is known by its system prompt and first user text, and
    /// two that begin alike count as one. A name must not change as long as the conversation lasts; the ledger shows it.
    /// </value>
    public Func<ChatOptions?, string?>? ConversationSelector { get; set; }

    /// <inheritdoc />
    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        if (_innerClientCompresses) return await base.GetResponseAsync(messages, options, cancellationToken).ConfigureAwait(false);

        PreparedRequest request = await PrepareAsync(messages, options, cancellationToken).ConfigureAwait(false);
        ChatResponse response = await SendAsync(request, 1, cancellationToken).ConfigureAwait(false);
        await SettleAsync(request, response.ConversationId, cancellationToken).ConfigureAwait(false);
        if (request.Session is not { } session) return response;

        List<ChatMessage>? returned = null;
        UsageDetails? usage = null;
        for (int round = 1; ; round++)
        {
            if (response.Usage is { } used) (usage ??= new UsageDetails()).Add(used);
            var turn = new RetrievalTurn(response.Messages.SelectMany(m => m.Contents));
            if (turn.Calls.Count == 0) break;

            ChatMessage answers = await AnswerAsync(session, turn.Calls, round, cancellationToken).ConfigureAwait(false);
            (returned ??= []).AddRange(response.Messages);
            returned.Add(answers);
            if (IsLast(turn, round))
            {
                if (response.ConversationId is { } conversation) _pendingAnswers.Add(conversation, answers);
                response.Messages = returned;
                response.Usage = usage;
                return response;
            }

            request = request.Next(response, answers);
            response = await SendAsync(request, round + 1, cancellationToken).ConfigureAwait(false);
        }

        if (returned is null) return response;
        returned.AddRange(response.Messages);
        response.Messages = returned;
        response.Usage = usage;
        return response;
    }

    private async Task<ChatResponse> SendAsync(PreparedRequest request, int round, CancellationToken cancellationToken)
    {
        using Activity? activity = HeadroomTelemetry.StartRequest(RequestModel(request.Options));
        request.Account?.Sending();
        ChatResponse response = await base.GetResponseAsync(WithBreakpoints(request), request.Options, cancellationToken).ConfigureAwait(false);
        if (activity is not null || request.Account is not null)
            Report(activity, request, round, response.Usage, response.ModelId, new RetrievalTurn(response.Messages.SelectMany(m => m.Contents)));
        return response;
    }
}
