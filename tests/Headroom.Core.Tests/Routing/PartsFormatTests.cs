using FsCheck;
using FsCheck.Fluent;

namespace Headroom.Routing;

public sealed class PartsFormatTests
{
    [Fact]
    public void Parts_come_back_in_order_with_the_encoded_ones_expanded()
    {
        string written = PartsFormat.Write([new("stdout:", false, true), new("E1\nE2", true, true), new("", false, true)]);
        Assert.Equal("[parts by lines: 1 as is, 2 encoded, 1 as is]\nstdout:\nE1\nE2\n", written);
        Assert.True(PartsFormat.TryExpand(written, part => part.Replace("E", "line "), out string? original));
        Assert.Equal("stdout:\nline 1\nline 2\n", original);
    }

    [Theory]
    [InlineData("[parts by lines: ")]
    [InlineData("[parts by lines: ]\n")]
    [InlineData("[parts by lines: 1 as is]")]
    [InlineData("[parts by lines: 0 as is]\n")]
    [InlineData("[parts by lines: 3 as is]\na\nb")]
    [InlineData("[parts by lines: 1 as is]\na\nb")]
    [InlineData("[parts by lines: 1 sideways]\na")]
    [InlineData("[parts by lines: x as is]\na")]
    [InlineData("parts by lines: 1 as is\na")]
    public void Texts_that_only_look_like_it_are_not_parts(string text)
    {
        Assert.False(PartsFormat.TryExpand(text, part => part, out _));
    }

    [Fact]
    public void Whatever_the_parts_are_they_come_back()
    {
        Gen<string> line = Gen.Elements("", " ", "a", "[parts by lines: 1 as is]", "\r", "x\ty", "]");
        Gen<string> body = Gen.ListOf(line).Select(l => string.Join('\n', l));
        Gen<List<(string Text, bool Encoded)>> parts = Gen.NonEmptyListOf(body.Zip(Gen.Elements(true, false))).Select(l => l.Select(p => (p.Item1, p.Item2)).ToList());
        Prop.ForAll(parts.ToArbitrary(), list =>
        {
            string written = PartsFormat.Write([.. list.Select(p => new EncodedPart(p.Text, p.Encoded, true))]);
            return PartsFormat.TryExpand(written, part => part, out string? original) && original == string.Join('\n', list.Select(p => p.Text));
        }).QuickCheckThrowOnFailure();
    }
}
