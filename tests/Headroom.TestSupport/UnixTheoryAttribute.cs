namespace Headroom.TestSupport;

/// <summary>A theory that needs a Unix system, and maybe some programs; elsewhere it is skipped, and the run says so.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class UnixTheoryAttribute : TheoryAttribute
{
    /// <param name="programs">Programs it starts, found on the <c>PATH</c>.</param>
    public UnixTheoryAttribute(params string[] programs) => Skip = Machine.WhyNotUnix(programs);
}
