using System.IO.Compression;

namespace Headroom.Tokens.BytePairs;

/// <summary>The tokens as they are stored: in rank order, lengths first, then bytes (<c>Tokens/Data/README.md</c>).</summary>
internal sealed class VocabularyData
{
    internal const int TokenCount = 199_998;

    private const string ResourceName = "Headroom.Tokens.o200k_base.ranks.br";

    // Lengths and bytes unpacked; the loader checks it.
    private const int UnpackedLength = 1_597_668;

    private readonly byte[] _data;
    private readonly int[] _offsets;

    private VocabularyData(byte[] data)
    {
        _data = data;
        _offsets = new int[TokenCount + 1];
        _offsets[0] = TokenCount;
        for (int rank = 0; rank < TokenCount; rank++) _offsets[rank + 1] = _offsets[rank] + data[rank];
        if (_offsets[TokenCount] != UnpackedLength) throw new InvalidDataException("The o200k_base data of Headroom.Core is damaged.");
    }

    /// <summary>All data, with room behind the last token for a <see cref="PieceKey.Window"/>.</summary>
    internal ReadOnlySpan<byte> Bytes => _data;

    internal static VocabularyData Load()
    {
        using Stream packed = typeof(VocabularyData).Assembly.GetManifestResourceStream(ResourceName)
            ?? throw new InvalidDataException($"Resource {ResourceName} is missing from Headroom.Core.");
        using var unpacked = new BrotliStream(packed, System.IO.Compression.CompressionMode.Decompress);
        byte[] data = new byte[UnpackedLength + PieceKey.Window];
        unpacked.ReadExactly(data, 0, UnpackedLength);
        return new VocabularyData(data);
    }

    internal int Length(int rank) => _data[rank];

    internal int Offset(int rank) => _offsets[rank];

    internal ReadOnlySpan<byte> Token(int rank) => _data.AsSpan(_offsets[rank], _data[rank]);
}
