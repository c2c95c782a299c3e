using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using Headroom.Cli.Proxy.Answers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace Headroom.Cli.Proxy.Forwarding;

/// <summary>Gives the provider's response to the client: the same status, reason, headers, bytes and trailers, each as soon as it is there.</summary>
internal static class ResponseCopy
{
    /// <summary>A few network packets; what one read brings is passed on at once, however little.</summary>
    public const int BufferSize = 32 * 1024;

    public static void Head(HttpResponseMessage from, HttpContext to)
    {
        to.Response.StatusCode = (int)from.StatusCode;
        to.Features.GetRequiredFeature<IHttpResponseFeature>().ReasonPhrase = from.ReasonPhrase;
        StringValues connection = from.Headers.NonValidated.TryGetValues("Connection", out var named) ? new StringValues([.. named]) : default;
        foreach (var header in from.Headers.NonValidated) Add(header.Key, [.. header.Value]);
        foreach (var header in from.Content.Headers.NonValidated) Add(header.Key, [.. header.Value]);

        void Add(string name, string[] values)
        {
            if (!HopByHop.Ends(name, connection)) to.Response.Headers[name] = new StringValues(values);
        }
    }

    /// <param name="from">The response.</param>
    /// <param name="to">The client.</param>
    /// <param name="tap">Reads along what the provider reports; behind every write, so that it delays nothing.</param>
    /// <param name="cancellationToken">The client went away.</param>
    public static async Task BodyAsync(HttpResponseMessage from, HttpContext to, AnswerTap? tap, CancellationToken cancellationToken)
    {
        // The server sends no trailers over HTTP/1.1 itself, but leaves the framing to who sets this header.
        bool isChunked = from.Headers.TransferEncodingChunked == true && HttpProtocol.IsHttp11(to.Request.Protocol) && !HttpMethods.IsHead(to.Request.Method);
        if (isChunked) to.Response.Headers.TransferEncoding = "chunked";
        PipeWriter client = to.Response.BodyWriter;
        await client.FlushAsync(cancellationToken).ConfigureAwait(false); // the head, before the first byte of the body is there
        Stream source = await from.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        long left = from.Content.Headers.ContentLength ?? long.MaxValue; // a client may be gone as soon as it has read the last byte
        try
        {
            int read;
            while (left > 0 && (read = await source.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
            {
                if (isChunked) WriteText(client, read.ToString("x", CultureInfo.InvariantCulture) + "\r\n");
                client.Write(buffer.AsSpan(0, read));
                if (isChunked) client.Write("\r\n"u8);
                await client.FlushAsync(cancellationToken).ConfigureAwait(false);
                tap?.Write(buffer.AsSpan(0, read));
                left -= read;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        if (!isChunked) return;
        client.Write("0\r\n"u8);
        foreach (var trailer in from.TrailingHeaders.NonValidated)
        {
            foreach (string value in trailer.Value) WriteText(client, $"{trailer.Key}: {value}\r\n");
        }

        client.Write("\r\n"u8);
        await client.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    private static void WriteText(PipeWriter client, string text)
    {
        Span<byte> bytes = client.GetSpan(text.Length);
        client.Advance(Encoding.Latin1.GetBytes(text, bytes));
    }
}
