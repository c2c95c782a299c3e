namespace Headroom.TestSupport;

/// <summary>A test that needs Linux: what it starts takes other options elsewhere, or is not there; elsewhere it is skipped, and the run says so.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LinuxFactAttribute : FactAttribute
{
    public LinuxFactAttribute() => Skip = Machine.WhyNotLinux;
}
