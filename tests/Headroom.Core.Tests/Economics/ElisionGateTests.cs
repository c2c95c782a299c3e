namespace Headroom.Economics;

public sealed class ElisionGateTests
{
    [Fact]
    public void The_gain_is_what_is_not_sent_less_what_a_retrieval_is_expected_to_cost()
    {
        // 6,000 tokens less, written once at 1.25 and read ten times at 0.1: 13,500. One retrieval in five: 15,000 read again at 0.1, a call
        // of 120 at 5, and 2,000 carried for five turns: 1,500 + 600 + 3,500.
        Assert.Equal(13_500 - 0.2 * 5_600, new ElisionGate(new ElisionGateOptions()).Gain(8_000, 2_000, 0.2), 6);
    }

    [Fact]
    public void A_small_cut_does_not_pay_and_a_large_one_does()
    {
        var gate = new ElisionGate(new ElisionGateOptions());
        Assert.True(gate.Gain(600, 450, 0.2) < 0);
        Assert.True(gate.Gain(6_000, 4_500, 0.2) > 0);
    }

    [Fact]
    public void Prices_turns_and_prefix_change_the_decision()
    {
        Assert.True(Gain(new ElisionGateOptions { TurnsLeft = 0 }) < Gain(new ElisionGateOptions()));
        Assert.True(Gain(new ElisionGateOptions { PrefixTokens = 200_000 }) < 0);
        Assert.True(Gain(new ElisionGateOptions { Prices = new ModelPrices(1, 1, 1, 5) }) > Gain(new ElisionGateOptions())); // nothing cached: every turn pays in full

        static double Gain(ElisionGateOptions options) => new ElisionGate(options).Gain(2_000, 1_000, 0.2);
    }

    [Fact]
    public void Of_several_likely_kinds_the_one_whose_readers_come_back_most_counts_in_balanced_mode()
    {
        var gate = new ElisionGate(new ElisionGateOptions());
        Assert.Equal(1, gate.RetrievalProbability(["search", "code"], CompressionMode.Balanced));
        Assert.Equal(0.2, gate.RetrievalProbability(["search", "code"], CompressionMode.Aggressive));
        Assert.Equal(0.2, gate.RetrievalProbability(["log"], CompressionMode.Balanced));
        Assert.Equal(0.2, gate.RetrievalProbability([], CompressionMode.Balanced));
    }

    [Fact]
    public void Wrong_settings_are_named_when_a_compressor_is_built()
    {
        var options = new HeadroomOptions();
        options.Gate.RetrievalProbability = double.NaN;
        options.Gate.TurnsLeft = -1;
        options.Gate.Prices = new ModelPrices(0, 1, 1, 1);
        options.Gate.RetrievalProbabilityByKind["log"] = 2;
        string message = Assert.Throws<ArgumentException>(() => new ConversationCompressor(options)).Message;
        Assert.Contains("Gate.RetrievalProbability:", message);
        Assert.Contains("Gate.TurnsLeft:", message);
        Assert.Contains("Gate.Prices:", message);
        Assert.Contains("\"log\"", message);
    }

    [Fact]
    public void Later_edits_of_the_options_change_nothing()
    {
        var options = new HeadroomOptions();
        HeadroomOptions copy = options.Clone();
        options.Gate.RetrievalProbability = 1;
        options.Gate.RetrievalProbabilityByKind["json"] = 1;
        options.Tool("x").Verbatim();
        Assert.Equal(0.2, copy.Gate.RetrievalProbability);
        Assert.False(copy.Gate.RetrievalProbabilityByKind.ContainsKey("json"));
        Assert.Equal(ToolPolicy.Inherit, copy.ToolPolicies.Of("x"));
    }
}
