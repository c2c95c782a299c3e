namespace Headroom.TestSupport;

/// <summary>What a test needs of the machine it runs on.</summary>
internal static class Machine
{
    public static string? WhyNotUnix(string[] programs) =>
        OperatingSystem.IsWindows() ? "needs a Unix system" : programs.FirstOrDefault(p => !Has(p)) is { } missing ? $"needs {missing} on the PATH" : null;

    public static string? WhyNotLinux => OperatingSystem.IsLinux() ? null : "needs Linux";

    private static bool Has(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(f => File.Exists(Path.Combine(f, program)));
}
