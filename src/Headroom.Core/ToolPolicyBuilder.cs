namespace Headroom;

/// <summary>Sets how far compression may go with the results of one tool; see <see cref="HeadroomOptions.Tool"/>.</summary>
public sealed class ToolPolicyBuilder
{
    private readonly HeadroomOptions _options;
    private readonly string _tool;

    internal ToolPolicyBuilder(HeadroomOptions options, string tool) => (_options, _tool) = (options, tool);

    /// <summary>Results pass as they are: not even reformatted.</summary>
    public HeadroomOptions Verbatim() => Set(ToolPolicy.Verbatim);

    /// <summary>Results are reformatted and never cut.</summary>
    public HeadroomOptions Lossless() => Set(ToolPolicy.Lossless);

    /// <summary>Results are treated as in <see cref="CompressionMode.Balanced"/>, whatever the mode is.</summary>
    public HeadroomOptions Balanced() => Set(ToolPolicy.Balanced);

    /// <summary>Results are treated as in <see cref="CompressionMode.Aggressive"/>, whatever the mode is.</summary>
    public HeadroomOptions Aggressive() => Set(ToolPolicy.Aggressive);

    /// <summary>Results of an MCP tool that may change something are never cut: asking again would change it again. Others are treated as the mode says.</summary>
    /// <param name="readOnlyHint">The tool's annotation <c>readOnlyHint</c>, or <see langword="null"/> when the server gave none.</param>
    /// <param name="destructiveHint">The tool's annotation <c>destructiveHint</c>, or <see langword="null"/>.</param>
    public HeadroomOptions FromMcpAnnotations(bool? readOnlyHint, bool? destructiveHint = null) =>
        Set(readOnlyHint == false || (readOnlyHint is null && destructiveHint == true) ? ToolPolicy.Lossless : ToolPolicy.Inherit);

    /// <summary>Results are treated as <paramref name="policy"/> says.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not a policy.</exception>
    public HeadroomOptions Set(ToolPolicy policy)
    {
        if (!Enum.IsDefined(policy)) throw new ArgumentOutOfRangeException(nameof(policy), policy, "Use Inherit, Verbatim, Lossless, Balanced or Aggressive.");
        _options.ToolPolicies.Set(_tool, policy);
        return _options;
    }
}
