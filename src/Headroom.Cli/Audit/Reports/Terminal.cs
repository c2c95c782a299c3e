using Spectre.Console;

namespace Headroom.Cli.Audit.Reports;

/// <summary>The terminal as Spectre.Console sees it. Only this folder knows that library, so that no other command loads it.</summary>
internal static class Terminal
{
    /// <summary>Lines of output that goes to a file or a pipe: wide enough for all columns.</summary>
    private const int PipedWidth = 120;

    /// <summary>Narrower, no table says anything.</summary>
    private const int LeastWidth = 60;

    /// <summary>stdout: no colours where it is no terminal, or where <c>NO_COLOR</c> asks for none.</summary>
    public static IAnsiConsole Output()
    {
        IAnsiConsole console = Create(Console.Out, Console.IsOutputRedirected);
        if (Console.IsOutputRedirected) console.Profile.Width = PipedWidth;
        console.Profile.Width = Math.Max(LeastWidth, console.Profile.Width);
        return console;
    }

    /// <summary>stderr; <see langword="null"/> where it is no terminal.</summary>
    public static IAnsiConsole? Talk() => Console.IsErrorRedirected ? null : Create(Console.Error, isRedirected: false);

    private static IAnsiConsole Create(TextWriter writer, bool isRedirected)
    {
        bool plain = isRedirected || Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 };
        return AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = isRedirected ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = plain ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Interactive = isRedirected ? InteractionSupport.No : InteractionSupport.Detect,
        });
    }
}
