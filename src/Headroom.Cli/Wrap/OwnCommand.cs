namespace Headroom.Cli.Wrap;

/// <summary>How another program starts this tool: the installed command, or <c>dotnet</c> with our file.</summary>
internal static class OwnCommand
{
    /// <summary>The command line, without arguments of a command. All paths are full, since agents start servers in folders of their own.</summary>
    public static IReadOnlyList<string> Line
    {
        get
        {
            string program = Environment.ProcessPath ?? "headroom", library = Path.Combine(AppContext.BaseDirectory, "headroom.dll");
            bool isHost = Path.GetFileNameWithoutExtension(program).Equals("headroom", StringComparison.OrdinalIgnoreCase) || !File.Exists(library);
            return isHost ? [program] : [program, "exec", library];
        }
    }
}
