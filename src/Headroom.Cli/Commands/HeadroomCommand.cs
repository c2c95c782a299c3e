using System.CommandLine;
using Headroom.Cli.Help;

namespace Headroom.Cli.Commands;

/// <summary>The root of the command line.</summary>
internal static class HeadroomCommand
{
    public static RootCommand Create()
    {
        var root = new RootCommand("Makes what an AI agent reads smaller before it reaches the model, and brings every original back.")
        {
            CompressCommand.Create(),
            ExpandCommand.Create(),
            RetrieveCommand.Create(),
            RunCommand.Create(),
            McpCommand.Create(),
            AuditCommand.Create(),
            StoreCommand.Create(),
            ProxyCommand.Create(),
            WrapCommand.Create(),
            UnwrapCommand.Create(),
            StatsCommand.Create(),
            DoctorCommand.Create(),
            CompletionCommand.Create(),
        };
        root.Add(CompletionCommand.CreateAnswering(root));
        HelpPageAction.Apply(root);
        return root;
    }
}
