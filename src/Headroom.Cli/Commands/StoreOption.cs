using System.CommandLine;

namespace Headroom.Cli.Commands;

/// <summary>The option <c>--store</c>, the same for every command that reads or writes originals.</summary>
internal static class StoreOption
{
    public static Option<string?> Create() => new("--store")
    {
        Description = "Folder of the originals. Default: headroom/originals in the user's data folder.",
        HelpName = "DIR",
    };
}
