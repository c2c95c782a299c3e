namespace Headroom.TestSupport;

/// <summary>A theory that needs Linux: what it starts takes other options elsewhere, or is not there; elsewhere it is skipped, and the run says so.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LinuxTheoryAttribute : TheoryAttribute
{
    public LinuxTheoryAttribute() => Skip = Machine.WhyNotLinux;
}
