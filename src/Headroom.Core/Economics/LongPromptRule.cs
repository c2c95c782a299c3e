namespace Headroom.Economics;

/// <summary>A cliff: above so many tokens of prompt, the whole request costs more.</summary>
/// <param name="AboveTokens">Prompts of more tokens than this are long.</param>
/// <param name="InputMultiplier">What the prices of input, cache reads and cache writes are multiplied with.</param>
/// <param name="OutputMultiplier">What the price of output is multiplied with.</param>
public sealed record LongPromptRule(int AboveTokens, double InputMultiplier, double OutputMultiplier);
