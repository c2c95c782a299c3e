using System.Diagnostics;
using System.Globalization;
using Headroom.Cli.Processes;
using Headroom.Cli.Wrap;
using Headroom.Cli.Wrap.Files;

namespace Headroom.WrapWorker;

/// <summary>A process that wraps and unwraps as the tool does, for tests that kill it on the way.</summary>
internal static class Program
{
    private static int s_step;

    /// <param name="args">
    /// <c>apply STEP JOURNAL FILE</c> changes a file; <c>undo STEP JOURNAL</c> puts all back; <c>wrap STEP FILE CMD [TOOL]</c> wraps a command that needs a proxy and a change of the file.
    /// Each kills itself before its n-th step, from 0, and says <c>done</c> where it has fewer.
    /// </param>
    public static async Task<int> Main(string[] args)
    {
        s_step = int.Parse(args[1], CultureInfo.InvariantCulture);
        if (args[0] == "apply") new FileJournal(args[2], Step).Apply("worker", [FileAgent.ChangeOf(args[3], ["headroom", "mcp"])]);
        if (args[0] == "undo" && !new FileJournal(args[2], Step).Undo(null).IsDone) return 1;
        if (args[0] == "wrap")
        {
            var settings = new WrapSettings { Agent = new FileAgent(args[2], args[3]), Arguments = [], Port = 0 };
            await new WrapRunner(settings, args.Length > 4 ? args[4..] : OwnCommand.Line, Step).RunAsync(CancellationToken.None);
        }

        Console.WriteLine("done");
        return 0;
    }

    private static void Step(string what)
    {
        if (--s_step < 0) Process.GetCurrentProcess().Kill();
    }
}
