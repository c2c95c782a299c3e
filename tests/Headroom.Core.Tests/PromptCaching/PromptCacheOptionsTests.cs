namespace Headroom.PromptCaching;

public sealed class PromptCacheOptionsTests
{
    [Fact]
    public void By_default_nothing_changes_a_request()
    {
        var options = new PromptCacheOptions();

        Assert.Equal((true, CacheBreakpointMode.Off, false), (options.WarnOfBreaks, options.Breakpoints, options.StableToolOrder));
    }

    [Fact]
    public void What_is_out_of_range_is_named_when_the_engine_is_built()
    {
        string Refused(PromptCacheOptions? options) => Assert.Throws<ArgumentException>(() => new ConversationCompressor(new HeadroomOptions { PromptCache = options! })).Message;

        Assert.Contains("PromptCache.Breakpoints: 7 is not a mode", Refused(new PromptCacheOptions { Breakpoints = (CacheBreakpointMode)7 }), StringComparison.Ordinal);
        Assert.Contains("PromptCache: must not be null", Refused(null), StringComparison.Ordinal);
    }

    [Fact]
    public void Later_edits_change_nothing()
    {
        var options = new HeadroomOptions { PromptCache = { StableToolOrder = true } };
        var compressor = new ConversationCompressor(options);

        options.PromptCache.StableToolOrder = false;
        compressor.PromptCache.WarnOfBreaks = false;

        Assert.True(compressor.PromptCache is { StableToolOrder: true, WarnOfBreaks: true });
    }
}
