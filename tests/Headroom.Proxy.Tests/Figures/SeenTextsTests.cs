using Headroom.Cli.Proxy.PrefixCache;

namespace Headroom.Cli.Proxy.Figures;

public sealed class SeenTextsTests
{
    [Fact]
    public void Each_text_is_new_once_and_shared_from_then_on()
    {
        var seen = new SeenTexts();
        Assert.True(seen.Add(1, "declaration"));
        Assert.False(seen.Add(1, "declaration"));
        Assert.True(seen.Add(2, null));
        Assert.Equal(("declaration", null, null), (seen.Find(1), seen.Find(2), seen.Find(3)));
    }

    [Fact]
    public void Declarations_that_differ_in_every_request_do_not_fill_the_memory()
    {
        var seen = new SeenTexts();
        for (ulong i = 0; i < 200; i++)
        {
            Assert.True(seen.Add(i, new string('x', 100_000)));
            Assert.InRange(seen.Characters, 1, SeenTexts.MaxCharacters);
        }

        Assert.NotNull(seen.Find(199));
    }
}
