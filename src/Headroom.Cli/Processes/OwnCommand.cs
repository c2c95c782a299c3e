namespace Headroom.Cli.Processes;

/// <summary>How this very tool is started: by its own program, or by <c>dotnet</c> and its assembly.</summary>
internal static class OwnCommand
{
    /// <summary>The program, and what stands before the tool's own arguments.</summary>
    public static IReadOnlyList<string> Line
    {
        get
        {
            string program = Environment.ProcessPath ?? "headroom";
            bool isHost = Path.GetFileNameWithoutExtension(program).Equals("dotnet", StringComparison.OrdinalIgnoreCase);
            return isHost ? [program, "exec", Path.Combine(AppContext.BaseDirectory, "headroom.dll")] : [program];
        }
    }
}
