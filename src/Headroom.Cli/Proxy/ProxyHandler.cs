using System.Diagnostics;
using Headroom.Cli.Proxy.Access;
using Headroom.Cli.Proxy.Accounts;
using Headroom.Cli.Proxy.Answers;
using Headroom.Cli.Proxy.Bodies;
using Headroom.Cli.Proxy.Endpoints;
using Headroom.Cli.Proxy.Forwarding;
using Headroom.Economics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Headroom.Cli.Proxy;

/// <summary>Takes each request through the proxy.</summary>
/// <remarks>
/// <code>
///   request ─► (1) may it come in? ─► (2) ours? ─► (3) which provider? ─► (4) a prompt? read it ─► (5) make it smaller ─► (6) forward
///                    │                    │                                        │ no                                        │
///                    ▼                    ▼                                        ▼                                           ▼
///                 refused          health, figures, page                  streamed as it comes            response as it comes ─► (7) ledger
/// </code>
/// </remarks>
internal sealed class ProxyHandler(ProxySettings settings, Gate gate, RequestRewriter rewriter, ProxyAccounts accounts, OwnEndpoints endpoints, Forwarder forwarder)
{
    public async Task HandleAsync(HttpContext context)
    {
        string target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        if (target.Length == 0 || target[0] != '/')
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, "headroom proxy: this is no proxy for the web. Set it as the base URL of a client instead.").ConfigureAwait(false);
            return;
        }

        if (gate.Check(context, ref target) is { } refusal) // (1)
        {
            await RefuseAsync(context, refusal.Status, refusal.Why).ConfigureAwait(false);
            return;
        }

        if (HttpOnly.IsBroken(context, ref target))
        {
            await RefuseAsync(context, StatusCodes.Status426UpgradeRequired, $"headroom proxy: no WebSockets under {HttpOnly.Path}. Send this request over HTTP.").ConfigureAwait(false);
            return;
        }

        int query = target.IndexOf('?', StringComparison.Ordinal);
        string path = query < 0 ? target : target[..query];
        if (await endpoints.TryAnswerAsync(context, path).ConfigureAwait(false)) return; // (2)
        Upstream upstream = settings.Upstreams.Find(path, context.Request.Headers); // (3)
        Uri address = upstream.Target(target);
        WireEndpoint? endpoint = WireEndpoint.Of(context.Request.Method, upstream.Address + path[upstream.Prefix.Length..]);
        if (endpoint is { } known && MayRead(context.Request)) await ForwardPromptAsync(context, upstream, address, known).ConfigureAwait(false); // (4)
        else accounts.Ended(BodyFate.Passed, await SendAsync(context, address, PassedContent(context, default), isDecoded: false, _ => null).ConfigureAwait(false));
    }

    private async Task ForwardPromptAsync(HttpContext context, Upstream upstream, Uri address, WireEndpoint endpoint)
    {
        HttpRequest request = context.Request;
        using BodyBuffer came = await BodyBuffer.ReadAsync(request.Body, request.ContentLength, settings.MaxBody, context.RequestAborted).ConfigureAwait(false);
        if (!came.IsWhole)
        {
            accounts.Ended(BodyFate.Passed, await SendAsync(context, address, PassedContent(context, came.Bytes), isDecoded: false, _ => null).ConfigureAwait(false));
            return;
        }

        string encoding = request.Headers.ContentEncoding.ToString();
        bool isPlain = BodyDecoding.IsPlain(encoding);
        using BodyBuffer? decoded = isPlain ? null
            : await BodyDecoding.TryDecodeAsync(encoding, came.Bytes, settings.MaxBody, context.RequestAborted).ConfigureAwait(false);
        BodyBuffer body = decoded ?? came;
        RewrittenRequest rewritten = decoded is null && !isPlain
            ? RewrittenRequest.Unread // damaged, or not what its header says
            : await rewriter.RewriteAsync(endpoint.Format, body.Bytes, context.RequestAborted).ConfigureAwait(false); // (5)

        bool isChunked = request.ContentLength is null;
        SplicedContent content = rewritten.Body is { } spliced ? new SplicedContent(spliced, isChunked) : new SplicedContent(came.Bytes, isChunked);
        TimeSpan sentAt = Stopwatch.GetElapsedTime(0);
        Task<LedgerEntry?> entry = Task.FromResult<LedgerEntry?>(null);
        AnswerTap? tap = null;
        Delivery delivery = Delivery.Broken;
        try
        {
            delivery = await SendAsync(context, address, content, isDecoded: rewritten.Body is not null && decoded is not null, response => // (6)
            {
                if (endpoint.IsAnswered && response.IsSuccessStatusCode)
                {
                    entry = Task.Run(() => accounts.Prepare(rewritten, body.Bytes, upstream, sentAt)); // beside the answer: counting delays nothing
                    tap = AnswerTap.For(response, accounts.Failed);
                }

                if (content.IsSent) _ = ReleaseAsync(entry, came, decoded); // an answer may take minutes, and the body is large
                return tap;
            }).ConfigureAwait(false);
            accounts.Ended(BodyFate.Of(rewritten), delivery);
        }
        finally
        {
            await RecordAsync(entry, tap, delivery).ConfigureAwait(false); // (7); the body is not given back before it was counted
        }
    }

    private static async Task ReleaseAsync(Task counted, params BodyBuffer?[] bodies)
    {
        await counted.ConfigureAwait(false);
        foreach (BodyBuffer? body in bodies) body?.Dispose();
    }

    private async Task RecordAsync(Task<LedgerEntry?> prepared, AnswerTap? tap, Delivery delivery)
    {
        LedgerEntry? entry = await prepared.ConfigureAwait(false);
        Answer? answer = tap is null ? null : await tap.EndAsync(isWhole: delivery == Delivery.Whole).ConfigureAwait(false);
        if (entry is not null) accounts.Record(entry, answer);
    }

    private async Task<Delivery> SendAsync(HttpContext context, Uri address, HttpContent? content, bool isDecoded, Func<HttpResponseMessage, AnswerTap?> onSent)
    {
        using HttpRequestMessage message = RequestMessage.Make(context.Request, address, content, isDecoded, Gate.TokenHeader);
        return await forwarder.SendAsync(context, message, onSent).ConfigureAwait(false);
    }

    private async Task RefuseAsync(HttpContext context, int status, string why)
    {
        accounts.Ended(BodyFate.Passed, Delivery.Refused);
        await Refusal.WriteAsync(context, status, why).ConfigureAwait(false);
    }

    /// <summary>The body as it comes, behind what was read of it.</summary>
    private static StreamedContent? PassedContent(HttpContext context, ReadOnlyMemory<byte> read) =>
        HasBody(context) ? new StreamedContent(read, context.Request.Body, context.Request.ContentLength) : null;

    private static bool HasBody(HttpContext context) => context.Features.Get<IHttpRequestBodyDetectionFeature>() is not { CanHaveBody: false };

    /// <summary>Whether a body may be a prompt: JSON by its type, or without one, not longer than the limit, in an encoding that is known.</summary>
    private bool MayRead(HttpRequest request) =>
        HasBody(request.HttpContext)
        && (request.ContentType is not { Length: > 0 } type || type.Contains("json", StringComparison.OrdinalIgnoreCase))
        && !(request.ContentLength > settings.MaxBody)
        && BodyDecoding.IsKnown(request.Headers.ContentEncoding);
}
