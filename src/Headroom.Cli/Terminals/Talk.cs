namespace Headroom.Cli.Terminals;

/// <summary>What the tool has to say, on stderr. Where nobody can hear it, as behind a full disk, the work goes on: the exit code tells.</summary>
internal static class Talk
{
    /// <summary>Says a line, and whose it is: stderr may be shared with a command or an agent.</summary>
    public static void Say(string line) => Write($"headroom: {line}{Environment.NewLine}");

    /// <summary>Says what was said before, as it is.</summary>
    public static void Write(string lines)
    {
        try
        {
            Console.Error.Write(lines);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // See above.
        }
    }
}
