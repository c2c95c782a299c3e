using Headroom.Tokens;

namespace Headroom.Core.Tests.Tokens;

public sealed class TokenCounterAdaptersTests
{
    [Fact]
    public void A_delegate_counter_asks_the_function()
    {
        var counter = new DelegateTokenCounter("words", text => text.Split(' ').Length);

        Assert.Equal(3, counter.Count("one two three"));
        Assert.Equal("words", counter.Name);
        Assert.False(counter.IsEstimate);
        Assert.True(new DelegateTokenCounter("words", _ => 1, isEstimate: true).IsEstimate);
    }

    [Fact]
    public void A_delegate_counter_is_not_asked_about_an_empty_text() =>
        Assert.Equal(0, new DelegateTokenCounter("fails", _ => throw new InvalidOperationException()).Count(""));

    [Fact]
    public void A_scaled_counter_multiplies_rounds_and_says_so()
    {
        var counter = new ScaledTokenCounter("claude", new DelegateTokenCounter("letters", text => text.Length), 1.2);

        Assert.Equal(12, counter.Count("0123456789"));
        Assert.Equal(2, counter.Count("01"));
        Assert.Equal(0, counter.Count(""));
        Assert.Equal("claude (estimated: letters x 1.2)", counter.Name);
        Assert.True(counter.IsEstimate);
        Assert.Equal(1, new ScaledTokenCounter("small", new DelegateTokenCounter("letters", text => text.Length), 0.1).Count("a"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(11)]
    [InlineData(double.NaN)]
    public void A_scaled_counter_refuses_a_factor_that_cannot_be(double factor) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ScaledTokenCounter("x", O200kTokenCounter.Instance, factor));

    [Theory]
    [InlineData("gpt-4o")]
    [InlineData("gpt-4o-mini-2024-07-18")]
    [InlineData("GPT-4.1-nano")]
    [InlineData("gpt-4.5-preview")]
    [InlineData("gpt-5")]
    [InlineData("gpt-5.1-codex")]
    [InlineData("gpt-6.1-mini")]
    [InlineData("chatgpt-4o-latest")]
    [InlineData("openai/gpt-5-mini")]
    [InlineData("ft:gpt-4o-mini:acme::abc123")]
    [InlineData("o1")]
    [InlineData("o1-preview")]
    [InlineData("o3-mini")]
    [InlineData("o4-mini-2025-04-16")]
    [InlineData("openai/o3")]
    [InlineData("openai/o4-mini:free")]
    [InlineData("gpt-oss-120b")]
    public void Counts_models_that_use_the_encoding_exactly(string modelId) =>
        Assert.Same(O200kTokenCounter.Instance, ModelTokenCounters.ForModel(modelId));

    [Theory]
    [InlineData("claude-3-5-sonnet-20241022", "claude (estimated: o200k_base x 1.2)")]
    [InlineData("claude-sonnet-4-5", "claude (estimated: o200k_base x 1.2)")]
    [InlineData("claude-opus-4-20250514", "claude (estimated: o200k_base x 1.2)")]
    [InlineData("anthropic/claude-opus-4.6", "claude (estimated: o200k_base x 1.2)")]
    [InlineData("claude-opus-4-7", "claude 4.7+ (estimated: o200k_base x 1.5)")]
    [InlineData("us.anthropic.claude-opus-4-7-v1:0", "claude 4.7+ (estimated: o200k_base x 1.5)")]
    [InlineData("claude-opus-5", "claude 4.7+ (estimated: o200k_base x 1.5)")]
    [InlineData("claude-sonnet-5-20260801", "claude 4.7+ (estimated: o200k_base x 1.5)")]
    [InlineData("claude-10", "claude 4.7+ (estimated: o200k_base x 1.5)")]
    [InlineData("claude", "claude (estimated: o200k_base x 1.2)")]
    [InlineData("models/gemini-2.5-pro", "gemini (estimated: o200k_base x 1.2)")]
    [InlineData("grok-4", "grok (estimated: o200k_base x 1.0)")]
    [InlineData("deepseek-chat", "deepseek (estimated: o200k_base x 1.05)")]
    [InlineData("meta-llama/Llama-3.3-70B-Instruct", "llama (estimated: o200k_base x 1.0)")]
    [InlineData("mistral-large-latest", "mistral (estimated: o200k_base x 1.15)")]
    [InlineData("Qwen/Qwen3-32B", "qwen (estimated: o200k_base x 1.1)")]
    [InlineData("gpt-4", "cl100k_base (estimated: o200k_base x 1.0)")]
    [InlineData("gpt-4-turbo", "cl100k_base (estimated: o200k_base x 1.0)")]
    [InlineData("gpt-35-turbo", "cl100k_base (estimated: o200k_base x 1.0)")]
    [InlineData("text-embedding-3-small", "cl100k_base (estimated: o200k_base x 1.0)")]
    [InlineData("foo-o1", "unknown model (estimated: o200k_base x 1.0)")]
    [InlineData("my-deployment", "unknown model (estimated: o200k_base x 1.0)")]
    [InlineData("", "unknown model (estimated: o200k_base x 1.0)")]
    [InlineData(null, "unknown model (estimated: o200k_base x 1.0)")]
    public void Estimates_other_models_and_says_how(string? modelId, string name)
    {
        ITokenCounter counter = ModelTokenCounters.ForModel(modelId);

        Assert.Equal(name, counter.Name);
        Assert.True(counter.IsEstimate);
    }
}
