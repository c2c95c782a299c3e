namespace Headroom.Storage;

public sealed class OriginalIdTests
{
    [Theory]
    [InlineData("", "werc8gmrzg")] // SHA-256 e3b0c442…
    [InlineData("abc", "q9w1dfwf07")] // SHA-256 ba7816bf 8f01cfea…, FIPS 180-2
    public void Is_base32_of_the_sha_256_of_the_utf8_bytes(string original, string id)
    {
        Assert.Equal(id, OriginalId.Compute(original));
    }

    [Fact]
    public void A_longer_id_begins_with_the_shorter_one()
    {
        Assert.Equal("q9w1dfwf077ymga183f5vbh24er06rd3jrbqn75m23zp3wg02p", OriginalId.Compute("abc", 50));
        for (int length = 10; length <= 50; length++)
            Assert.Equal(OriginalId.Compute("abc", 50)[..length], OriginalId.Compute("abc", length));
    }

    [Theory]
    [InlineData(9)]
    [InlineData(51)]
    public void Refuses_lengths_it_cannot_make(int length)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => OriginalId.Compute("abc", length));
    }

    [Fact]
    public void A_surrogate_pair_across_the_block_boundary_is_one_character()
    {
        Assert.Equal("0ydq0d9m1q", OriginalId.Compute(new string('a', 1023) + "\U0001F600" + new string('b', 10)));
    }

    [Fact]
    public void Three_byte_and_two_byte_characters_fit_the_buffer()
    {
        Assert.Equal("anxzjh5rrb", OriginalId.Compute(new string('\u00E9', 3000)));
        Assert.Equal(10, OriginalId.Compute(new string('\u20AC', 5000)).Length);
    }

    [Fact]
    public void Half_a_surrogate_pair_counts_as_the_replacement_character_it_is_sent_as()
    {
        foreach (string half in (string[])["x\uD83Dy", "x\uDE00y"]) Assert.Equal("1cvq8cvg6c", OriginalId.Compute(half));
    }

    [Fact]
    public void A_half_pair_at_the_block_boundary_never_hangs()
    {
        Assert.Equal(10, OriginalId.Compute(new string('a', 1023) + "\uD83D" + "b").Length);
        Assert.Equal(10, OriginalId.Compute(new string('\uD83D', 3000)).Length);
    }

    [Theory]
    [InlineData("7kq2m9x4ab", true)]
    [InlineData("7kq2m9x4a", false)]
    [InlineData("7kq2m9x4aB", false)]
    [InlineData("7kq2m9x4al", false)]
    [InlineData("7kq2m9x4a ", false)]
    [InlineData("", false)]
    public void Knows_its_own_form(string text, bool isId)
    {
        Assert.Equal(isId, OriginalId.IsWellFormed(text));
        Assert.False(OriginalId.IsWellFormed(new string('a', 51)));
    }

    [Fact]
    public void Every_id_it_makes_is_well_formed()
    {
        for (int i = 0; i < 500; i++) Assert.True(OriginalId.IsWellFormed(OriginalId.Compute(i.ToString(), 10 + i % 41)));
    }
}
