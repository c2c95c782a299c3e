namespace Headroom.Storage;

/// <summary>The form in which durable stores keep originals, version 1: cut into pieces, compressed, encrypted where keys are given, and provably whole when read.</summary>
/// <remarks>
/// <para>Pure but for the nonces of encryption; does no I/O. Thread-safe. Extra memory is that of a few pieces, however long the original.</para>
/// <para>An entry is kept under a name made of scope and id, and its pieces, numbered from 0. What is written by one version is readable by every later one.
/// docs/stores.md has the layout and what is guaranteed.</para>
/// </remarks>
public sealed class OriginalEnvelope
{
    /// <summary>The version that is written.</summary>
    public const int FormatVersion = 1;

    /// <summary>Bytes of a piece at most, unless told otherwise: large enough that nearly every original is one piece, half the default limit of <c>HybridCache</c>.</summary>
    public const int DefaultPieceBytes = 512 * 1024;

    /// <summary>The smallest limit for a piece: below, the overhead of a piece would outweigh its text.</summary>
    public const int MinPieceBytes = 1024;

    /// <summary>The largest limit for a piece, and the most text a piece is believed to hold when it is read.</summary>
    public const int MaxPieceBytes = 64 * 1024 * 1024;

    private readonly OriginalEncryption? _encryption;

    /// <summary>Creates an envelope.</summary>
    /// <param name="encryption">The keys. Without them entries are in the clear.</param>
    public OriginalEnvelope(OriginalEncryption? encryption = null) => _encryption = encryption;

    /// <summary>The names under which an original may be kept: the one to write under, then those of older keys, and last that of an entry in the clear.</summary>
    /// <exception cref="ArgumentNullException">Scope or id is <see langword="null"/>.</exception>
    public IReadOnlyList<EnvelopeName> NamesOf(OriginalKey key)
    {
        ArgumentNullException.ThrowIfNull(key.Scope, nameof(key));
        ArgumentNullException.ThrowIfNull(key.Id, nameof(key));
        return [.. (_encryption?.Keys ?? []).Select(k => EnvelopeName.Of(key, k)), EnvelopeName.Of(key, null)];
    }

    /// <summary>The pieces of an entry, each made when it is asked for.</summary>
    /// <param name="name">One of <see cref="NamesOf"/>: the first, so that the newest key is used.</param>
    /// <param name="original">The text: any, half surrogate pairs included.</param>
    /// <param name="pieceBytes">Bytes of a piece at most.</param>
    /// <exception cref="ArgumentException">The name was made from bytes, or by another envelope, so that the key is not known.</exception>
    public IEnumerable<byte[]> Write(EnvelopeName name, string original, int pieceBytes = DefaultPieceBytes)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(original);
        ArgumentOutOfRangeException.ThrowIfLessThan(pieceBytes, MinPieceBytes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(pieceBytes, MaxPieceBytes);
        EnvelopeKey? key = name.KeyId is { Length: > 0 } id ? _encryption?.Find(id) : null;
        if (name.KeyId is null || (key is null && name.KeyId.Length > 0)) throw new ArgumentException("The name does not come from NamesOf of this envelope.", nameof(name));
        return Pieces(name, original, pieceBytes, key);
    }

    /// <summary>How many pieces the entry has that a piece belongs to; 0 where it is not a piece that this version can read.</summary>
    public static int CountPieces(ReadOnlySpan<byte> piece) => EnvelopeHeader.TryRead(piece, out EnvelopeHeader header) == EnvelopeState.Intact ? header.Pieces : 0;

    /// <summary>Reads an entry.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="pieces">Its pieces in order. Enumerated once, one at a time.</param>
    public EnvelopeReading Read(EnvelopeName name, IEnumerable<byte[]> pieces)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(pieces);
        using EnvelopeAssembly assembly = Assemble(name);
        foreach (byte[] piece in pieces)
        {
            if (!assembly.Add(piece)) break;
        }

        return assembly.Finish();
    }

    /// <summary>Begins to read an entry whose pieces come one after the other.</summary>
    /// <param name="name">Its name.</param>
    public EnvelopeAssembly Assemble(EnvelopeName name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return new EnvelopeAssembly(new EnvelopeReader(name, _encryption));
    }

    /// <summary>Begins to compare an entry with the text it should hold.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="original">The text.</param>
    public EnvelopeComparison Compare(EnvelopeName name, string original)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(original);
        return new EnvelopeComparison(new EnvelopeReader(name, _encryption), original);
    }

    private static IEnumerable<byte[]> Pieces(EnvelopeName name, string original, int pieceBytes, EnvelopeKey? key)
    {
        using var writer = new EnvelopeWriter(name, original, pieceBytes, key);
        for (int i = 0; i < writer.Pieces; i++) yield return writer.Piece(i);
    }
}
