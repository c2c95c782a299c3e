using System.Buffers;
using System.Runtime.CompilerServices;
using Headroom.Cli.Wire;

namespace Headroom.Cli.Proxy.Bodies;

/// <summary>Writes the texts of outcomes as string tokens, each once: what the engine remembers it hands out again. Thread-safe.</summary>
internal sealed class SentTokens
{
    private readonly ConditionalWeakTable<ItemOutcome, byte[]> _tokens = [];

    public byte[] Of(ItemOutcome outcome) => _tokens.GetValue(outcome, Write);

    private static byte[] Write(ItemOutcome outcome)
    {
        var token = new ArrayBufferWriter<byte>(outcome.Text.Length + 256);
        JsonText.Write(token, outcome.Text);
        return token.WrittenSpan.ToArray();
    }
}
