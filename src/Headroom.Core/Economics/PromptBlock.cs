using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Headroom.Economics;

/// <summary>A piece of a prompt that a prompt cache either matches whole or not at all: a tool declaration, a text, a tool call, a tool result.</summary>
/// <param name="Hash">Stands for the content: equal for equal texts. Holds no content.</param>
/// <param name="Tokens">Tokens of the piece. A piece of no tokens is not part of the prompt.</param>
public readonly record struct PromptBlock(ulong Hash, int Tokens)
{
    /// <summary>A block of a text whose tokens are known.</summary>
    public static PromptBlock Of(ReadOnlySpan<char> text, int tokens) => new(HashOf(text), tokens);

    /// <summary>The hash of a text: 64 bits of its SHA-256, so that two texts of one conversation share one by no accident that ever happens.</summary>
    public static ulong HashOf(ReadOnlySpan<char> text)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(MemoryMarshal.AsBytes(text), hash);
        return MemoryMarshal.Read<ulong>(hash);
    }
}
