using System.CommandLine;

namespace Headroom.Cli.Commands;

/// <summary>The option <c>--store</c>, the same for every command that reads or writes originals.</summary>
internal static class StoreOption
{
    public static Option<string?> Create() => new("--store")
    {
        Description = "File of the originals. Default: headroom/originals.db in the user's data folder.",
        HelpName = "FILE",
    };
}
