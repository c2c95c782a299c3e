using System.Text;

namespace Headroom.Storage;

public sealed class OriginalEnvelopeTests
{
    private static readonly OriginalEncryption Keys = new("2026", Key(1));
    private static readonly string Text = string.Concat(Enumerable.Range(0, 400).Select(i => $"{i * 7919 % 1009} swordfish \u00E9\U0001F600\n"));
    private static readonly OriginalKey TextKey = new("tenant", OriginalId.Compute(Text));

    private static byte[] Key(byte first) => [.. Enumerable.Range(first, 32).Select(i => (byte)i)];

    private static byte[][] Pieces(OriginalEnvelope envelope, string text, OriginalKey key) => [.. envelope.Write(envelope.NamesOf(key)[0], text, OriginalEnvelope.MinPieceBytes)];

    private static EnvelopeState StateOf(OriginalEnvelope envelope, OriginalKey key, IEnumerable<byte[]> pieces)
    {
        EnvelopeName name = envelope.NamesOf(key)[0];
        byte[][] list = [.. pieces];
        EnvelopeReading reading = envelope.Read(name, list);
        Assert.Equal(reading.State == EnvelopeState.Intact, reading.Original is not null);
        using EnvelopeComparison comparison = envelope.Compare(name, Text);
        foreach (byte[] piece in list) comparison.Add(piece);
        Assert.Equal(reading.State == EnvelopeState.Intact && reading.Original == Text, comparison.IsSame);
        return reading.State;
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void No_bit_of_an_entry_can_change_unnoticed(bool encrypted)
    {
        var envelope = new OriginalEnvelope(encrypted ? Keys : null);
        const string text = "a short text";
        var key = new OriginalKey("tenant", OriginalId.Compute(text));
        byte[] piece = Pieces(envelope, text, key).Single();
        for (int bit = 0; bit < 8 * piece.Length; bit++)
        {
            byte[] damaged = [.. piece];
            damaged[bit / 8] ^= (byte)(1 << bit % 8);
            Assert.NotEqual(EnvelopeState.Intact, StateOf(envelope, key, [damaged]));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_piece_that_is_missing_doubled_exchanged_or_from_elsewhere_is_noticed(bool encrypted)
    {
        var envelope = new OriginalEnvelope(encrypted ? Keys : null);
        byte[][] pieces = Pieces(envelope, Text, TextKey);
        Assert.InRange(pieces.Length, 3, 100);
        Assert.Equal(EnvelopeState.Intact, StateOf(envelope, TextKey, pieces));
        Assert.Equal(EnvelopeState.Damaged, StateOf(envelope, TextKey, []));
        Assert.Equal(EnvelopeState.Damaged, StateOf(envelope, TextKey, pieces[..^1]));
        Assert.Equal(EnvelopeState.Damaged, StateOf(envelope, TextKey, pieces[1..]));
        Assert.Equal(EnvelopeState.Damaged, StateOf(envelope, TextKey, [.. pieces, pieces[^1]]));
        Assert.Equal(EnvelopeState.Damaged, StateOf(envelope, TextKey, [pieces[0], pieces[0], .. pieces[1..]]));
        Assert.Equal(EnvelopeState.Damaged, StateOf(envelope, TextKey, [pieces[1], pieces[0], .. pieces[2..]]));
        Assert.Equal(EnvelopeState.Damaged, StateOf(envelope, TextKey, [.. pieces[..^1], []]));

        // The same text in another scope makes pieces that look alike, and are not.
        byte[][] foreign = Pieces(envelope, Text, TextKey with { Scope = "other" });
        Assert.Equal(EnvelopeState.Damaged, StateOf(envelope, TextKey, foreign));
        Assert.Equal(encrypted ? EnvelopeState.Damaged : EnvelopeState.Intact, StateOf(envelope, TextKey, [foreign[0], .. pieces[1..]]));
    }

    [Fact]
    public void Every_length_and_every_place_of_a_pair_comes_back()
    {
        var envelope = new OriginalEnvelope();
        string text = string.Concat(Enumerable.Repeat("\U0001F600", 700));
        for (int from = 0; from < 4; from++)
        {
            for (int length = 0; length < 1_300; length += 1 + length / 7)
            {
                string original = text.Substring(from, length); // begins and ends inside pairs too
                var key = new OriginalKey("", OriginalId.Compute(original));
                Assert.Equal(original, envelope.Read(envelope.NamesOf(key)[0], Pieces(envelope, original, key)).Original);
            }
        }
    }

    [Fact]
    public void Pieces_keep_to_their_size_whatever_the_text()
    {
        var random = new Random(1);
        foreach ((int from, int to) in new[] { (0x20, 0x7F), (0x4E00, 0x9FA5), (0xD800, 0xE000) })
        {
            string text = string.Create(20_000, random, (span, r) => { foreach (ref char c in span) c = (char)r.Next(from, to); });
            var key = new OriginalKey("", OriginalId.Compute(text));
            var envelope = new OriginalEnvelope(new OriginalEncryption(new string('k', 64), Key(1)));
            foreach (int size in new[] { 1024, 5000, 512 * 1024 })
            {
                byte[][] pieces = [.. envelope.Write(envelope.NamesOf(key)[0], text, size)];
                Assert.All(pieces, p => Assert.InRange(p.Length, 1, size));
                Assert.Equal(text, envelope.Read(envelope.NamesOf(key)[0], pieces).Original);
            }
        }
    }

    [Fact]
    public void A_text_that_repeats_itself_becomes_small()
    {
        string log = string.Concat(Enumerable.Repeat("2026-03-04T09:00:01Z INFO api GET /health 200\n", 20_000));
        var envelope = new OriginalEnvelope();
        Assert.InRange(envelope.Write(envelope.NamesOf(new("", OriginalId.Compute(log)))[0], log).Sum(p => p.Length), 1, log.Length / 100);
    }

    [Fact]
    public void An_encrypted_entry_shows_neither_text_nor_scope_nor_id_nor_key()
    {
        var envelope = new OriginalEnvelope(Keys);
        byte[][] pieces = Pieces(envelope, Text, TextKey);
        string all = string.Concat(pieces.Select(Encoding.Latin1.GetString)) + envelope.NamesOf(TextKey)[0];
        foreach (string secret in new[] { "swordfish", "tenant", TextKey.Id, Encoding.Latin1.GetString(Key(1)), Convert.ToHexStringLower(Key(1)) })
            Assert.DoesNotContain(secret, all, StringComparison.Ordinal);
        Assert.DoesNotContain(envelope.NamesOf(TextKey)[0].ToString(), new OriginalEnvelope().NamesOf(TextKey).Select(n => n.ToString()));
        Assert.NotEqual(pieces, Pieces(envelope, Text, TextKey)); // no nonce twice
    }

    [Fact]
    public void Keys_may_be_rotated()
    {
        var before = new OriginalEnvelope(new OriginalEncryption("2025", Key(9)));
        byte[][] old = Pieces(before, Text, TextKey);
        var after = new OriginalEnvelope(new OriginalEncryption("2026", Key(1)).WithOlder("2025", Key(9)));

        IReadOnlyList<EnvelopeName> names = after.NamesOf(TextKey);
        Assert.Equal([new OriginalEnvelope(Keys).NamesOf(TextKey)[0].ToString(), before.NamesOf(TextKey)[0].ToString(), new OriginalEnvelope().NamesOf(TextKey)[0].ToString()], names.Select(n => n.ToString()));
        Assert.Equal(Text, after.Read(names[1], old).Original);
        Assert.Equal(EnvelopeState.Damaged, after.Read(names[0], old).State); // what belongs to another name does not pass under this one
        Assert.Equal(EnvelopeState.Damaged, after.Read(names[0], Pieces(new OriginalEnvelope(), Text, TextKey)).State); // nor what is in the clear
        Assert.Equal(EnvelopeState.UnknownKey, new OriginalEnvelope(Keys).Read(EnvelopeName.FromBytes(names[1].Bytes.Span), old).State);
        Assert.Equal(EnvelopeState.UnknownKey, new OriginalEnvelope().Read(EnvelopeName.FromBytes(names[1].Bytes.Span), old).State);
        Assert.Equal(Text, after.Read(EnvelopeName.FromBytes(names[1].Bytes.Span), old).Original);
        Assert.Equal(EnvelopeState.Damaged, new OriginalEnvelope(new OriginalEncryption("2025", Key(2))).Read(EnvelopeName.FromBytes(names[1].Bytes.Span), old).State);
    }

    [Fact]
    public void A_newer_format_is_told_from_damage()
    {
        var envelope = new OriginalEnvelope();
        byte[][] pieces = Pieces(envelope, Text, TextKey);
        foreach (byte[] piece in pieces) piece[0] = OriginalEnvelope.FormatVersion + 1;
        Assert.Equal(EnvelopeState.NewerFormat, StateOf(envelope, TextKey, pieces));
        Assert.Equal(0, OriginalEnvelope.CountPieces(pieces[0]));
    }

    [Fact]
    public void Random_bytes_are_no_entry_and_do_no_harm()
    {
        var random = new Random(3);
        var envelope = new OriginalEnvelope(Keys);
        EnvelopeName name = EnvelopeName.FromBytes(new byte[32]);
        for (int i = 0; i < 3_000; i++)
        {
            byte[] piece = new byte[random.Next(120)];
            random.NextBytes(piece);
            if (piece.Length > 6 && i % 2 == 0) (piece[0], piece[1], piece[6]) = (1, (byte)(piece[1] & 7), (byte)(piece[6] & 3));
            if (piece.Length > 6 && i % 4 == 0) (piece[2], piece[3], piece[4], piece[5]) = (1, 0, 0, 0);
            Assert.NotEqual(EnvelopeState.Intact, envelope.Read(name, [piece]).State);
            using EnvelopeComparison comparison = envelope.Compare(name, "");
            comparison.Add(piece);
            Assert.False(comparison.IsSame);
        }
    }

    [Fact]
    public void Another_text_is_told_from_a_damaged_one()
    {
        var envelope = new OriginalEnvelope();
        EnvelopeName name = envelope.NamesOf(TextKey)[0];
        foreach (string other in new[] { "", "x", Text[..^1], Text + "x", "x" + Text[1..] })
        {
            using EnvelopeComparison comparison = envelope.Compare(name, other);
            foreach (byte[] piece in Pieces(envelope, Text, TextKey)) comparison.Add(piece);
            Assert.Equal((EnvelopeState.Intact, false), (comparison.State, comparison.IsSame));
        }
    }

    [Fact]
    public void Pieces_are_made_one_at_a_time()
    {
        string text = new('x', 40_000_000);
        var envelope = new OriginalEnvelope();
        var key = new OriginalKey("", OriginalId.Compute(text));
        EnvelopeName name = envelope.NamesOf(key)[0];
        using EnvelopeComparison comparison = envelope.Compare(name, text);
        long before = GC.GetAllocatedBytesForCurrentThread();
        foreach (byte[] piece in envelope.Write(name, text)) comparison.Add(piece);
        Assert.True(comparison.IsSame);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 8_000_000); // buffers of a few pieces, for a text of 80 MB
    }

    [Theory]
    [InlineData("")]
    [InlineData("with space")]
    [InlineData("sl/ash")]
    [InlineData("na\u00EFve")]
    public void A_key_needs_a_plain_id(string id) => Assert.Throws<ArgumentException>(() => new OriginalEncryption(id, Key(1)));

    [Fact]
    public void A_key_of_the_wrong_length_or_an_id_given_twice_is_refused_without_showing_it()
    {
        ArgumentException e = Assert.Throws<ArgumentException>(() => new OriginalEncryption("id", "0123456789abcdef"u8));
        Assert.Contains("32 bytes, not 16", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("0123456789", e.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Keys.WithOlder("2026", Key(2)));
        Assert.Throws<ArgumentException>(() => new OriginalEncryption(new string('k', 65), Key(1)));
        Assert.Equal("AES-256-GCM, keys 2026, 2025", Keys.WithOlder("2025", Key(2)).ToString());
    }

    [Fact]
    public void Only_names_of_this_envelope_can_be_written_under()
    {
        Assert.Throws<ArgumentException>(() => new OriginalEnvelope().Write(new OriginalEnvelope(Keys).NamesOf(TextKey)[0], Text));
        Assert.Throws<ArgumentException>(() => new OriginalEnvelope().Write(EnvelopeName.FromBytes(new byte[32]), Text));
        Assert.Throws<ArgumentException>(() => EnvelopeName.FromBytes(new byte[31]));
    }
}
