using System.CommandLine;

namespace Headroom.Cli.Commands;

/// <summary>The root of the command line.</summary>
internal static class HeadroomCommand
{
    public static RootCommand Create() => new("Makes what an AI agent reads smaller before it reaches the model, and brings every original back.")
    {
        CompressCommand.Create(),
        ExpandCommand.Create(),
        RetrieveCommand.Create(),
        RunCommand.Create(),
        McpCommand.Create(),
        AuditCommand.Create(),
        StoreCommand.Create(),
        ProxyCommand.Create(),
        StatsCommand.Create(),
        DoctorCommand.Create(),
    };
}
