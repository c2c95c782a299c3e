using static Headroom.Extensions.AI.Pipelines;

namespace Headroom.Extensions.AI;

public sealed class ToolPolicyTests
{
    [Theory]
    [MemberData(nameof(Pipelines.All), MemberType = typeof(Pipelines))]
    public async Task What_the_attribute_on_a_method_says_holds_for_its_results(Arrangement arrangement, bool streaming)
    {
        foreach ((Delegate method, string beginning) in new (Delegate, string)[] { (Verbatim, "row 1: "), (Lossless, "rows:\n"), (Plain, "[headroom ") })
        {
            var model = new ScriptedChatClient().Calls(CallRows()).Says("done");
            await Build(model, arrangement).ConverseAsync([User()], Options(AIFunctionFactory.Create(method, "rows")), streaming);
            Assert.StartsWith(beginning, Assert.Single(model.Last.Results), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("verbatim", "row 1: ")]
    [InlineData(ToolPolicy.Lossless, "rows:\n")]
    [InlineData("no policy", "[headroom ")]
    public async Task A_tool_without_a_method_of_its_own_names_its_policy_in_a_property(object policy, string beginning)
    {
        var function = AIFunctionFactory.Create(() => Rows, new AIFunctionFactoryOptions { Name = "rows", AdditionalProperties = new Dictionary<string, object?> { ["headroom"] = policy } });
        foreach (bool streaming in new[] { false, true })
        {
            var model = new ScriptedChatClient().Calls(CallRows()).Says("done");
            await Build(model, Arrangement.Inside).ConverseAsync([User()], Options(function), streaming);
            Assert.StartsWith(beginning, Assert.Single(model.Last.Results), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_options_win_over_the_attribute(bool streaming)
    {
        var options = new HeadroomOptions { Mode = CompressionMode.Lossless, AggressiveThresholdTokens = 100 };
        options.Tool("rows").Aggressive();
        var compressor = new ConversationCompressor(options, compressors: [new NumberedLinesCompressor()]);
        var model = new ScriptedChatClient().Calls(CallRows()).Says("done");
        await Build(model, Arrangement.Inside, compressor).ConverseAsync([User()], Options(AIFunctionFactory.Create(Verbatim, "rows")), streaming);
        Assert.StartsWith("[headroom ", Assert.Single(model.Last.Results), StringComparison.Ordinal);
        Assert.Contains(model.Last.Options!.Tools!, t => t.Name == "headroom_retrieve");
    }

    [ToolPolicy(ToolPolicy.Verbatim)]
    private static string Verbatim() => Rows;

    [ToolPolicy(ToolPolicy.Lossless)]
    private static string Lossless() => Rows;

    private static string Plain() => Rows;
}
