using Headroom.Cli.Processes;

namespace Headroom.Cli.Run;

/// <summary>Prints bytes as they are.</summary>
internal static class StandardOutput
{
    public static void Print(ReadOnlySpan<byte> bytes)
    {
        using Stream stdout = Console.OpenStandardOutput();
        stdout.Write(bytes);
    }

    /// <summary>Prints, and says whether anybody still reads.</summary>
    public static bool TryPrint(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            Print(bytes.Span);
            return OperatingSystem.IsWindows() || !UnixSystem.IsStdoutAbandoned();
        }
        catch (IOException)
        {
            return false;
        }
    }
}
