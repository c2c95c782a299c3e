using System.Buffers;
using Headroom.Cli.Wire;
using Microsoft.AspNetCore.Http;

namespace Headroom.Cli.Proxy.Forwarding;

/// <summary>Answers a request that goes no further, in the form both families of clients read errors in.</summary>
internal static class Refusal
{
    public static async Task WriteAsync(HttpContext context, int status, string message)
    {
        var body = new ArrayBufferWriter<byte>();
        body.Write("{\"type\":\"error\",\"error\":{\"type\":\"headroom_proxy_error\",\"message\":"u8);
        JsonText.Write(body, message);
        body.Write(",\"code\":null,\"param\":null}}\n"u8);
        context.Response.Clear();
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = body.WrittenCount;
        await context.Response.Body.WriteAsync(body.WrittenMemory, context.RequestAborted).ConfigureAwait(false);
    }
}
