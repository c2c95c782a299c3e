using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Headroom.TestSupport;

/// <summary>A chat client that plays a script: one turn a request. It records what it was sent, as it would have gone on the wire.</summary>
public sealed class ScriptedChatClient : IChatClient
{
    private readonly Queue<Func<SentRequest, ChatResponse>> _turns = new();
    private readonly List<SentRequest> _requests = [];

    /// <summary>Every request, in order.</summary>
    public IReadOnlyList<SentRequest> Requests => _requests;

    /// <summary>The last request.</summary>
    public SentRequest Last => _requests[^1];

    /// <summary>How many streams are being read.</summary>
    public int OpenStreams { get; private set; }

    public bool IsDisposed { get; private set; }

    /// <summary>Adds a turn.</summary>
    public ScriptedChatClient Then(Func<SentRequest, ChatResponse> turn)
    {
        _turns.Enqueue(turn);
        return this;
    }

    /// <summary>Adds a turn that says a text.</summary>
    public ScriptedChatClient Says(string text, string? conversationId = null) => Then(_ => Response([new TextContent(text)], conversationId));

    /// <summary>Adds a turn that calls tools.</summary>
    public ScriptedChatClient Calls(params FunctionCallContent[] calls) => Then(_ => Response([.. calls.Select(Fresh)]));

    /// <summary>Adds a turn that calls tools of a service that keeps the history.</summary>
    public ScriptedChatClient CallsIn(string conversationId, params FunctionCallContent[] calls) => Then(_ => Response([.. calls.Select(Fresh)], conversationId));

    public static FunctionCallContent Call(string id, string name, params (string Name, object? Value)[] arguments) =>
        new(id, name, arguments.ToDictionary(a => a.Name, a => a.Value));

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(Next(messages, options));
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ChatResponse response = Next(messages, options);
        OpenStreams++;
        try
        {
            foreach (ChatMessage message in response.Messages)
            {
                foreach (AIContent content in message.Contents)
                {
                    await Task.Yield();
                    cancellationToken.ThrowIfCancellationRequested();
                    yield return new ChatResponseUpdate(message.Role, [content])
                    {
                        MessageId = message.MessageId,
                        ResponseId = response.ResponseId,
                        ConversationId = response.ConversationId,
                    };
                }
            }

            if (response.Usage is not null)
                yield return new ChatResponseUpdate(ChatRole.Assistant, [new UsageContent(response.Usage)]) { MessageId = response.Messages[^1].MessageId, ResponseId = response.ResponseId };
        }
        finally
        {
            OpenStreams--;
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is not null ? null
        : serviceType == typeof(ChatClientMetadata) ? new ChatClientMetadata("scripted")
        : serviceType.IsInstanceOfType(this) ? this
        : null;

    public void Dispose() => IsDisposed = true;

    private static FunctionCallContent Fresh(FunctionCallContent call) => new(call.CallId, call.Name, call.Arguments);

    private ChatResponse Response(IList<AIContent> contents, string? conversationId = null)
    {
        int number = _requests.Count;
        return new ChatResponse(new ChatMessage(ChatRole.Assistant, contents) { MessageId = $"m{number}" })
        {
            ResponseId = $"r{number}",
            ConversationId = conversationId,
            Usage = new UsageDetails { InputTokenCount = 100, OutputTokenCount = 10, TotalTokenCount = 110 },
        };
    }

    private ChatResponse Next(IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        var request = new SentRequest([.. messages], options);
        _requests.Add(request);
        return _turns.TryDequeue(out Func<SentRequest, ChatResponse>? turn) ? turn(request) : throw new InvalidOperationException("The script has ended: this request was not expected.");
    }
}
