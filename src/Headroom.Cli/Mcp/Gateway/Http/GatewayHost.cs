using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using Headroom.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Headroom.Cli.Mcp.Gateway.Http;

/// <summary>Serves over Streamable HTTP on this machine: each session has a server of its own behind it.</summary>
/// <remarks>
/// Sessions are those of the protocol versions before 2026-07-28. A client that tries without one is told to open one, which every client of both kinds does.
/// </remarks>
internal sealed class GatewayHost(GatewaySettings settings, IOriginalStore? store, McpFigures figures, TextWriter talk)
{
    private const string SessionHeader = "Mcp-Session-Id";
    private const string Path = "/mcp";

    /// <summary>Sessions at once, each with a server process: beyond it the one idle longest gives way, since many clients never say goodbye.</summary>
    private const int MaxSessions = 64;

    /// <summary>JSON-RPC codes for a message that cannot be read, and for one that comes at the wrong time.</summary>
    private const int ParseError = -32700, InvalidRequest = -32600;

    private readonly ConcurrentDictionary<string, HttpSession> _sessions = new(StringComparer.Ordinal);
    private long _requests;

    /// <summary>Serves until it is told to stop.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(o =>
        {
            o.AddServerHeader = false;
            o.Limits.MaxRequestBodySize = null; // how long an argument may be, the server decides
            o.Listen(settings.Listen!);
        });
        WebApplication app = builder.Build();
        await using (app.ConfigureAwait(false))
        {
            app.Run(context => HandleAsync(context, stopping));
            try
            {
                await app.StartAsync(stopping).ConfigureAwait(false);
            }
            catch (IOException e)
            {
                throw new CliException($"cannot listen on {settings.Listen}: {(e.InnerException ?? e).Message.TrimEnd('.')}. Choose another --http PORT.", ExitCodes.CannotConnect);
            }

            string address = app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First();
            talk.WriteLine($"headroom: serving MCP on {address}{Path}");
            await Task.WhenAny(Task.Delay(Timeout.Infinite, stopping)).ConfigureAwait(false); // which does not throw
            await Task.WhenAll(_sessions.Values.Select(EndAsync)).ConfigureAwait(false);
            await app.StopAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }

    private Task HandleAsync(HttpContext context, CancellationToken stopping)
    {
        if (!LocalRequest.IsAllowed(context.Request)) return RefuseAsync(context, StatusCodes.Status403Forbidden, InvalidRequest, "This gateway is for this machine: use http://127.0.0.1 or http://localhost.");
        if (context.Request.Path != Path) return RefuseAsync(context, StatusCodes.Status404NotFound, InvalidRequest, $"MCP is served on {Path}.");
        string? id = context.Request.Headers[SessionHeader];
        HttpSession? session = id is null ? null : _sessions.GetValueOrDefault(id);
        if (id is not null && session is null) return RefuseAsync(context, StatusCodes.Status404NotFound, InvalidRequest, "There is no such session, or it has ended. Send initialize to open one.");
        if (session is not null) session.LastUse = Interlocked.Increment(ref _requests);
        return context.Request.Method switch
        {
            "POST" => PostAsync(context, session, stopping),
            "GET" when session is not null => ListenAsync(context, session, stopping),
            "DELETE" when session is not null => EndAsync(session),
            "GET" or "DELETE" => RefuseAsync(context, StatusCodes.Status400BadRequest, InvalidRequest, $"The header {SessionHeader} is missing."),
            _ => RefuseAsync(context, StatusCodes.Status405MethodNotAllowed, InvalidRequest, "Use POST, GET or DELETE."),
        };
    }

    private async Task PostAsync(HttpContext context, HttpSession? session, CancellationToken stopping)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted).ConfigureAwait(false);
        byte[] bytes = body.ToArray();
        // Messages are lines further on. Outside of strings, where JSON allows none, a line end is as good as a blank.
        bytes.AsSpan().Replace((byte)'\n', (byte)' ');
        bytes.AsSpan().Replace((byte)'\r', (byte)' ');
        if (RpcMessage.Read(bytes) is not { } message)
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, ParseError, "The body is not one JSON-RPC message.").ConfigureAwait(false);
            return;
        }

        try
        {
            if (session is null && message.Method == "initialize") session = await OpenAsync(context, stopping).ConfigureAwait(false);
        }
        catch (CliException e)
        {
            talk.WriteLine("headroom: " + e.Message);
            await RefuseAsync(context, StatusCodes.Status502BadGateway, GatewaySession.ServerGone, $"The MCP server behind headroom does not start: {e.Message}").ConfigureAwait(false);
            return;
        }

        if (session is null)
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, InvalidRequest, $"Send initialize first, and then the {SessionHeader} it answers with.").ConfigureAwait(false);
        }
        else if (message.IsRequest)
        {
            context.Response.Headers[SessionHeader] = session.Id;
            await session.Client.AnswerAsync(message, new EventStream(context), stopping).ConfigureAwait(false);
        }
        else
        {
            session.Client.Receive(bytes);
            context.Response.StatusCode = StatusCodes.Status202Accepted;
        }
    }

    private static async Task ListenAsync(HttpContext context, HttpSession session, CancellationToken stopping)
    {
        if (!await session.Client.ListenAsync(new EventStream(context), stopping).ConfigureAwait(false))
            await RefuseAsync(context, StatusCodes.Status409Conflict, InvalidRequest, "This session is listened to already.").ConfigureAwait(false);
    }

    private async Task<HttpSession> OpenAsync(HttpContext context, CancellationToken stopping)
    {
        if (_sessions.Count >= MaxSessions && _sessions.Values.Where(s => !s.Client.IsBusy).MinBy(s => s.LastUse) is { } idle) await EndAsync(idle).ConfigureAwait(false);
        string? authorization = context.Request.Headers.Authorization;
        IMessageChannel server = await ServerChannels.OpenAsync(settings, authorization, talk, stopping).ConfigureAwait(false);
        var session = new HttpSession(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)), new HttpClientChannel()) { LastUse = Interlocked.Increment(ref _requests) };
        _sessions[session.Id] = session;
        session.Ended = Task.Run(() => ServeAsync(session, server, stopping), CancellationToken.None);
        return session;
    }

    private async Task ServeAsync(HttpSession session, IMessageChannel server, CancellationToken stopping)
    {
        await using (server.ConfigureAwait(false))
        {
            try
            {
                if (await new GatewaySession(session.Client, server, settings, store, figures, talk).RunAsync(stopping).ConfigureAwait(false)) talk.WriteLine("headroom: the MCP server of a session ended.");
            }
            catch (OperationCanceledException)
            {
                // The gateway is told to stop.
            }
            finally
            {
                _sessions.TryRemove(session.Id, out _);
                await session.Client.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    private static async Task EndAsync(HttpSession session)
    {
        await session.Client.DisposeAsync().ConfigureAwait(false);
        await session.Ended.ConfigureAwait(false);
    }

    private static Task RefuseAsync(HttpContext context, int status, int code, string message)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        return context.Response.Body.WriteAsync(RpcAnswers.Error("null"u8, code, message)).AsTask();
    }
}
