using Headroom.Extensions.AI.Diagnostics;
using Headroom.Extensions.AI.PromptCaching;
using Headroom.Extensions.AI.Tools;
using Headroom.PromptCaching;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace Headroom.Extensions.AI;

public sealed partial class HeadroomChatClient
{
    private readonly PromptWatch _promptWatch = new();
    private bool _saidNoBreakpoints;

    /// <summary>Writes a cache breakpoint in the form the provider's adapter reads, onto a copy of a message and of its last content that can hold one.</summary>
    /// <value>
    /// The default is <see langword="null"/>: the form of Anthropic's official package, where that is there. Called for requests in which
    /// <see cref="PromptCacheOptions.Breakpoints"/> has breakpoints set; may be called by several threads at once.
    /// </value>
    public Action<ChatMessage, AIContent>? MarkCacheBreakpoint { get; set; }

    /// <summary>Writes the key that keeps a conversation on one of the provider's machines (<c>prompt_cache_key</c>) into a copy of the options.</summary>
    /// <value>
    /// The default is <see langword="null"/>: no key. The key is a hash of what tells the conversation from others, the same for all its requests. Not called
    /// for requests with a raw request of their own (<see cref="ChatOptions.RawRepresentationFactory"/>), which may name a key; may be called by several threads at once.
    /// </value>
    public Action<ChatOptions, string>? WritePromptCacheKey { get; set; }

    /// <summary>Says where a conversation broke its cached prefix, once a conversation and kind of break. Changes nothing and never throws.</summary>
    private void Watch(ChatMessage[] messages, ChatOptions? options)
    {
        // Where a service keeps the history, what is sent is not the prompt.
        if (!_promptCache.WarnOfBreaks || options?.ConversationId is not null || !(HeadroomTelemetry.CountsBreaks || _logger.IsEnabled(LogLevel.Warning))) return;
#pragma warning disable CA1031 // A warning that fails fails no request (law 8).
        try
        {
            string scope = ScopeSelector?.Invoke(options) ?? "";
            if (_promptWatch.Observe(scope, ConversationSelector?.Invoke(options), messages, options) is not { } found) return;
            HeadroomTelemetry.Broken(found);
            if (!found.IsNew) return;
            if (found.IsBetweenConversations) Log.PrefixNotShared(_logger, found.Break.Part, found.Break.Offset, found.Break.Cause, found.Break.LostCharacters);
            else Log.PrefixBroken(_logger, found.Break.Part, found.Break.Offset, found.Break.Cause, found.Break.LostCharacters);
        }
        catch (Exception e)
        {
            Log.WatchFailed(_logger, e);
            HeadroomTelemetry.Failure("watch");
        }
#pragma warning restore CA1031
    }

    /// <summary>The request with tools in order and a key, where these are wanted. Never throws.</summary>
    private PreparedRequest Help(PreparedRequest request, ChatMessage[] messages, ChatOptions? options)
    {
        if (request.IsAsHandedIn || !(_promptCache.StableToolOrder || WritePromptCacheKey is not null)) return request;
#pragma warning disable CA1031 // What does not help does not hurt (law 8).
        try
        {
            ChatOptions? own = ReferenceEquals(request.Options, options) ? null : request.Options; // a copy of ours already
            if (_promptCache.StableToolOrder && request.Options?.Tools is { Count: > 1 } tools && ToolOrder.Sorted(tools) is { } sorted)
            {
                own ??= request.Options.Clone();
                own.Tools = sorted;
            }

            if (WritePromptCacheKey is { } write && options?.RawRepresentationFactory is null)
            {
                string conversation = request.Conversation ?? ConversationOf(request.Scope, messages, options);
                own ??= options?.Clone() ?? new ChatOptions();
                write(own, CacheKey.Of(conversation));
                request = request with { Conversation = conversation };
            }

            return own is null ? request : request with { Options = own };
        }
        catch (Exception e)
        {
            Log.CacheHelpFailed(_logger, e);
            HeadroomTelemetry.Failure("cache");
            return request;
        }
#pragma warning restore CA1031
    }

    /// <summary>The messages of a request with cache breakpoints, where these are wanted. Never throws.</summary>
    private IReadOnlyList<ChatMessage> WithBreakpoints(PreparedRequest request)
    {
        if (_promptCache.Breakpoints == CacheBreakpointMode.Off || request.IsAsHandedIn || request.Options?.ConversationId is not null) return request.Messages;
#pragma warning disable CA1031 // As above.
        try
        {
            if (_promptCache.Breakpoints == CacheBreakpointMode.WhenAnthropic && !(IsAnthropic() && request.Options?.RawRepresentationFactory is null)) return request.Messages;
            if (MarkCacheBreakpoint is { } mark) return BreakpointWriter.Write(request.Messages, request.Options, mark);
            if (AnthropicCacheControl.IsAvailable) return BreakpointWriter.Write(request.Messages, request.Options, (_, content) => AnthropicCacheControl.Mark(content));
            if (!Interlocked.Exchange(ref _saidNoBreakpoints, true)) Log.NoBreakpoints(_logger);
        }
        catch (Exception e)
        {
            Log.CacheHelpFailed(_logger, e);
            HeadroomTelemetry.Failure("cache");
        }
#pragma warning restore CA1031

        return request.Messages;
    }

    private bool IsAnthropic() => string.Equals(InnerClient.GetService<ChatClientMetadata>()?.ProviderName, "anthropic", StringComparison.OrdinalIgnoreCase);
}
