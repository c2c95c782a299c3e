using System.Buffers;

namespace Microsoft.ML.Tokenizers;

/// <summary>Stand-in. Turns text into tokens.</summary>
public abstract class Tokenizer
{
    public int CountTokens(string text, bool considerPreTokenization = true, bool considerNormalization = true)
    {
        ArgumentNullException.ThrowIfNull(text);
        return CountTokens(text, text.AsSpan(), Settings(considerPreTokenization, considerNormalization));
    }

    public int CountTokens(ReadOnlySpan<char> text, bool considerPreTokenization = true, bool considerNormalization = true) =>
        CountTokens(null, text, Settings(considerPreTokenization, considerNormalization));

    public abstract OperationStatus Decode(IEnumerable<int> ids, Span<char> destination, out int idsConsumed, out int charsWritten);

    protected abstract EncodeResults<EncodedToken> EncodeToTokens(string? text, ReadOnlySpan<char> textSpan, EncodeSettings settings);

    protected virtual int CountTokens(string? text, ReadOnlySpan<char> textSpan, EncodeSettings settings) =>
        EncodeToTokens(text, textSpan, settings).Tokens.Count;

    private static EncodeSettings Settings(bool considerPreTokenization, bool considerNormalization) =>
        new() { ConsiderPreTokenization = considerPreTokenization, ConsiderNormalization = considerNormalization };
}

/// <summary>Stand-in.</summary>
public struct EncodeSettings
{
    public EncodeSettings() => MaxTokenCount = int.MaxValue;

    public bool ConsiderPreTokenization { get; set; }

    public bool ConsiderNormalization { get; set; }

    public int MaxTokenCount { get; set; }
}

/// <summary>Stand-in.</summary>
public struct EncodeResults<T>
{
    public IReadOnlyList<T> Tokens { get; set; }

    public string? NormalizedText { get; set; }

    public int CharsConsumed { get; set; }
}

/// <summary>Stand-in.</summary>
public readonly struct EncodedToken(int id, string value, Range offset)
{
    public int Id { get; } = id;

    public string Value { get; } = value;

    public Range Offset { get; } = offset;
}
