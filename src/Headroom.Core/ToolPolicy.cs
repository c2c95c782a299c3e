namespace Headroom;

/// <summary>How far compression may go with the results of one tool.</summary>
public enum ToolPolicy
{
    /// <summary>As far as <see cref="HeadroomOptions.Mode"/> says.</summary>
    Inherit,

    /// <summary>Results pass as they are: not even reformatted.</summary>
    Verbatim,

    /// <summary>Results are reformatted and never cut.</summary>
    Lossless,

    /// <summary>As <see cref="CompressionMode.Balanced"/>.</summary>
    Balanced,

    /// <summary>As <see cref="CompressionMode.Aggressive"/>.</summary>
    Aggressive,
}
