using System.Runtime.InteropServices;
using Headroom.Cli.Processes;

namespace Headroom.Cli.Doctor.Checks;

/// <summary>The tool itself, and whether agents find it.</summary>
internal sealed class ToolCheck : ICheck
{
    public CheckGroup Group => CheckGroup.Tool;

    public string Subject => "the tool";

    public Task<IReadOnlyList<Finding>> RunAsync(DoctorContext context, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<Finding>>(
    [
        Finding.Ok($"headroom {ToolVersion.Text} on {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.RuntimeIdentifier}"),
        OnPath(context),
    ]);

    private static Finding OnPath(DoctorContext context)
    {
        try
        {
            return Finding.Ok("the command headroom is " + context.Short(CommandPath.Find("headroom")));
        }
        catch (CliException)
        {
            return Finding.NotSetUp("there is no command headroom on the PATH: agents that are told to start headroom mcp would not find it", "dotnet tool install --global Headroom.Cli, and ~/.dotnet/tools in PATH");
        }
    }
}
