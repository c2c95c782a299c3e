using System.Buffers;
using System.IO.Pipelines;
using Headroom.Cli.Proxy.Forwarding;

namespace Headroom.Cli.Proxy.Answers;

/// <summary>Reads an answer along while it passes. Never delays it, and never fails it.</summary>
internal sealed class AnswerTap
{
    /// <summary>What is behind so many bytes of an encoded answer is not read: a bound on the memory a slow reader can take.</summary>
    private const long MaxEncoded = 64L * 1024 * 1024;

    private readonly AnswerReader _answer = new();
    private readonly IAnswerText _text;
    private readonly Action<string> _onFailure;
    private readonly Pipe? _encoded;
    private readonly Task _decoding = Task.CompletedTask;
    private long _written;
    private bool _isOver;
    private bool _isCut;

    private AnswerTap(bool isStream, string? encoding, Action<string> onFailure)
    {
        _text = isStream ? new EventLines(_answer) : new WholeAnswer(_answer);
        _onFailure = onFailure;
        if (BodyDecoding.IsPlain(encoding)) return;
        _encoded = new Pipe(new PipeOptions(pauseWriterThreshold: 0, useSynchronizationContext: false)); // writing never waits
        _decoding = Task.Run(() => DecodeAsync(encoding!));
    }

    /// <summary>A tap for a response; <see langword="null"/> where there is nothing to read: an error, another kind of content, an encoding that is not known.</summary>
    public static AnswerTap? For(HttpResponseMessage response, Action<string> onFailure)
    {
        string? type = response.Content.Headers.ContentType?.MediaType, encoding = string.Join(", ", response.Content.Headers.ContentEncoding);
        bool isStream = string.Equals(type, "text/event-stream", StringComparison.OrdinalIgnoreCase);
        bool isJson = string.Equals(type, "application/json", StringComparison.OrdinalIgnoreCase);
        return response.IsSuccessStatusCode && (isStream || isJson) && BodyDecoding.IsKnown(encoding) ? new AnswerTap(isStream, encoding, onFailure) : null;
    }

    /// <summary>The next bytes as they were sent.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (_isOver) return;
        if (_encoded is null)
        {
            Try(bytes, static (text, b) => text.Feed(b));
        }
        else if ((_written += bytes.Length) <= MaxEncoded)
        {
            _encoded.Writer.Write(bytes);
            ValueTask<FlushResult> flushed = _encoded.Writer.FlushAsync();
            _isOver = !flushed.IsCompletedSuccessfully || flushed.Result.IsCompleted; // the reader gave up
        }
    }

    /// <summary>What was read, once all has passed or the connection broke.</summary>
    /// <param name="isWhole">Whether all has passed; what is cut short need not make sense.</param>
    public async Task<Answer> EndAsync(bool isWhole)
    {
        _isCut = !isWhole;
        if (_encoded is not null) await _encoded.Writer.CompleteAsync().ConfigureAwait(false);
        await _decoding.ConfigureAwait(false);
        Try([], static (text, _) => text.End());
        return _answer.Build();
    }

    private async Task DecodeAsync(string encoding)
    {
        byte[] buffer = new byte[ResponseCopy.BufferSize];
        try
        {
            using Stream plain = BodyDecoding.Open(encoding, _encoded!.Reader.AsStream());
            int read;
            while (!_isOver && (read = await plain.ReadAsync(buffer).ConfigureAwait(false)) > 0) Try(buffer.AsSpan(0, read), static (text, b) => text.Feed(b));
        }
        catch (Exception e) when (BodyDecoding.IsDamage(e))
        {
            Fail();
        }
        finally
        {
            await _encoded!.Reader.CompleteAsync().ConfigureAwait(false);
        }
    }

    private delegate void Reading(IAnswerText text, ReadOnlySpan<byte> bytes);

    private void Try(ReadOnlySpan<byte> bytes, Reading reading)
    {
        if (_isOver) return;
#pragma warning disable CA1031 // An answer that cannot be read has passed all the same (law 8).
        try
        {
            reading(_text, bytes);
        }
        catch (Exception)
        {
            Fail();
        }
#pragma warning restore CA1031
    }

    private void Fail()
    {
        _isOver = true;
        if (!_isCut) _onFailure("usage");
    }
}
