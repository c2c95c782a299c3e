using System.Buffers;
using System.Text.Json;

namespace Headroom.Cli.Proxy.Answers;

/// <summary>Collects a JSON answer and reads it when it is whole.</summary>
internal sealed class WholeAnswer(AnswerReader answer) : IAnswerText
{
    /// <summary>A longer answer is not read. Answers of models are a few hundred kilobytes at most.</summary>
    private const int MaxLength = 16 * 1024 * 1024;

    private readonly ArrayBufferWriter<byte> _text = new();
    private bool _isTooLong;

    public void Feed(ReadOnlySpan<byte> bytes)
    {
        _isTooLong |= _text.WrittenCount + bytes.Length > MaxLength;
        if (!_isTooLong) _text.Write(bytes);
    }

    public void End()
    {
        if (_isTooLong || _text.WrittenCount == 0) return;
        using JsonDocument value = JsonDocument.Parse(_text.WrittenMemory);
        answer.Read(value.RootElement);
    }
}
