namespace Headroom.Routing;

public sealed class ToolPolicyTests
{
    private static readonly string Log = string.Join('\n', Enumerable.Range(0, 900).Select(i => $"2026-03-04T09:{i / 60 % 60:00}:{i % 60:00}Z INFO worker-{i % 7} handled request {i * 7919 % 100_003} for user {i * 31 % 997} in {i * 17 % 400} ms"));

    [Fact]
    public async Task A_verbatim_tool_passes_as_it_is() =>
        Assert.Equal((ItemForm.Unchanged, OutcomeReason.Pinned), await OutcomeAsync(o => o.Tool("logs").Verbatim()));

    [Fact]
    public async Task A_lossless_tool_is_reformatted_and_never_cut() =>
        Assert.Equal((ItemForm.Reformatted, OutcomeReason.Compressed), await OutcomeAsync(o => o.Tool("logs").Lossless()));

    [Fact]
    public async Task A_tool_may_be_cut_though_the_mode_is_lossless()
    {
        Assert.Equal((ItemForm.Elided, OutcomeReason.Compressed), await OutcomeAsync(o => o.Tool("logs").Aggressive(), CompressionMode.Lossless));
        Assert.Equal((ItemForm.Reformatted, OutcomeReason.Compressed), await OutcomeAsync(o => o.Tool("other").Aggressive(), CompressionMode.Lossless));
    }

    [Fact]
    public void Whether_the_retrieval_tool_is_needed_depends_on_all_tools()
    {
        Assert.False(new HeadroomOptions { Mode = CompressionMode.Lossless }.MayElide);
        Assert.True(new HeadroomOptions { Mode = CompressionMode.Lossless }.Tool("logs").Balanced().MayElide);
        Assert.True(new HeadroomOptions().Tool("logs").Lossless().MayElide);
    }

    [Fact]
    public async Task What_the_tool_says_itself_counts_where_the_options_say_nothing()
    {
        Assert.Equal(ItemForm.Reformatted, (await OutcomeAsync(_ => { }, own: ToolPolicy.Lossless)).Form);
        Assert.Equal(ItemForm.Elided, (await OutcomeAsync(o => o.Tool("logs").Balanced(), own: ToolPolicy.Verbatim)).Form);
    }

    [Fact]
    public void The_exact_name_wins_and_then_the_longest_beginning()
    {
        ToolPolicies policies = new HeadroomOptions().Tool("git*").Lossless().Tool("github__*").Aggressive().Tool("github__get_file").Verbatim().ToolPolicies;
        Assert.Equal(ToolPolicy.Verbatim, policies.Of("github__get_file"));
        Assert.Equal(ToolPolicy.Aggressive, policies.Of("github__list"));
        Assert.Equal(ToolPolicy.Lossless, policies.Of("git_log"));
        Assert.Equal(ToolPolicy.Inherit, policies.Of("hg"));
        Assert.Equal(ToolPolicy.Inherit, policies.Of(null));
    }

    [Theory]
    [InlineData(false, null, ToolPolicy.Lossless)]
    [InlineData(null, true, ToolPolicy.Lossless)]
    [InlineData(true, true, ToolPolicy.Inherit)]
    [InlineData(null, null, ToolPolicy.Inherit)]
    public void Results_of_mcp_tools_that_change_something_are_never_cut(bool? readOnly, bool? destructive, ToolPolicy expected) =>
        Assert.Equal(expected, new HeadroomOptions().Tool("x").FromMcpAnnotations(readOnly, destructive).ToolPolicies.Of("x"));

    [Theory]
    [InlineData("")]
    [InlineData("a*b")]
    [InlineData("*a")]
    public void A_name_that_can_mean_nothing_is_refused(string name) => Assert.ThrowsAny<ArgumentException>(() => new HeadroomOptions().Tool(name));

    private static async Task<(ItemForm Form, OutcomeReason Reason)> OutcomeAsync(Action<HeadroomOptions> configure, CompressionMode mode = CompressionMode.Balanced, ToolPolicy own = ToolPolicy.Inherit)
    {
        var options = new HeadroomOptions { Mode = mode };
        configure(options);
        var item = new ContextItem { Text = Log, ToolName = "logs", Policy = own };
        ItemOutcome outcome = await new ConversationCompressor(options).CompressAsync(item, new ConversationContext { CanRetrieve = true, HoldsOriginals = true });
        return (outcome.Form, outcome.Reason);
    }
}
