namespace Headroom.Cli.Doctor;

/// <summary>How well something is.</summary>
internal enum FindingState
{
    /// <summary>It works.</summary>
    Ok,

    /// <summary>It is not there, and nothing fails without it.</summary>
    NotSetUp,

    /// <summary>It works, but not as well as it could, or not for long.</summary>
    Warning,

    /// <summary>Something does not work.</summary>
    Problem,
}
