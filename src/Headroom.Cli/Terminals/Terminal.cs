using Spectre.Console;

namespace Headroom.Cli.Terminals;

/// <summary>The terminal as Spectre.Console sees it. Only who asks for it loads that library, which takes a while.</summary>
internal static class Terminal
{
    /// <summary>Lines of output that goes to a file or a pipe: wide enough for all columns.</summary>
    private const int PipedWidth = 120;

    /// <summary>Narrower, no table says anything.</summary>
    private const int LeastWidth = 60;

    /// <summary>stdout: no colours where it is no terminal, where <c>NO_COLOR</c> asks for none, or where the terminal says it is dumb.</summary>
    public static IAnsiConsole Output()
    {
        IAnsiConsole console = Create(Console.Out, Console.IsOutputRedirected);
        if (Console.IsOutputRedirected) console.Profile.Width = PipedWidth;
        console.Profile.Width = Math.Max(LeastWidth, console.Profile.Width);
        return console;
    }

    /// <summary>Whether stderr is a terminal that can be drawn on.</summary>
    public static bool HasTalk => !Console.IsErrorRedirected && !IsDumb;

    /// <summary>stderr, where it is a terminal.</summary>
    public static IAnsiConsole Talk() => Create(Console.Error, isRedirected: false);

    private static bool IsDumb => Environment.GetEnvironmentVariable("TERM") is "dumb";

    private static IAnsiConsole Create(TextWriter writer, bool isRedirected)
    {
        bool plain = isRedirected || IsDumb || Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 };
        return AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = isRedirected || IsDumb ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = plain ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Interactive = isRedirected ? InteractionSupport.No : InteractionSupport.Detect,
        });
    }
}
