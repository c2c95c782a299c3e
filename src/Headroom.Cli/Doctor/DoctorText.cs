using Headroom.Cli.Terminals;
using Spectre.Console;

namespace Headroom.Cli.Doctor;

/// <summary>Writes the report for people: a line a finding, and below it what to do.</summary>
internal static class DoctorText
{
    private const int Indent = 2;

    /// <summary>The longest name of a state, and a space.</summary>
    private const int StateWidth = 11;

    public static void Write(IAnsiConsole console, DoctorReport report)
    {
        // Lines that go to a file or a pipe are whole: one that was broken could not be searched for.
        int width = Console.IsOutputRedirected ? int.MaxValue : console.Profile.Width - Indent - StateWidth;
        console.Profile.Width = int.MaxValue;
        CheckGroup? last = null;
        for (int i = 0; i < report.Findings.Count; i++)
        {
            (CheckGroup group, Finding finding) = report.Findings[i];
            if (group != last) Line(console, new Text(NameOf(group), new Style(decoration: Decoration.Bold)));
            last = group;
            Write(console, NameOf(finding.State), StyleOf(finding.State), Figure.Line(finding.Text), Style.Plain, width);
            bool isSaidBelow = i + 1 < report.Findings.Count && report.Findings[i + 1] is var below && below.Group == group && below.Finding.Next == finding.Next;
            if (finding.Next is { } next && !isSaidBelow) Write(console, "", Style.Plain, "> " + Figure.Line(next), new Style(decoration: Decoration.Dim), width);
        }

        console.WriteLine();
        console.WriteLine(Sum(report));
    }

    public static string NameOf(CheckGroup group) => group == CheckGroup.Mcp ? "MCP" : group.ToString().ToLowerInvariant();

    private static string NameOf(FindingState state) => state == FindingState.NotSetUp ? "not set up" : state.ToString().ToLowerInvariant();

    private static string Sum(DoctorReport report) => report switch
    {
        { Problems: 0, Warnings: 0 } => "Nothing is wrong.",
        { Problems: 0 } => $"Nothing is broken; {Figure.Of(report.Warnings, "warning")}.",
        { Warnings: 0 } => $"{Figure.Of(report.Problems, "problem")}.",
        _ => $"{Figure.Of(report.Problems, "problem")}, {Figure.Of(report.Warnings, "warning")}.",
    };

    private static Style StyleOf(FindingState state) => state switch
    {
        FindingState.Ok => Color.Green,
        FindingState.Warning => Color.Yellow,
        FindingState.Problem => Color.Red,
        _ => new Style(decoration: Decoration.Dim),
    };

    private static void Write(IAnsiConsole console, string state, Style stateStyle, string text, Style style, int width)
    {
        foreach (string line in WrappedText.Lines(text, width))
        {
            Line(console, new Text(new string(' ', Indent) + state.PadRight(StateWidth), stateStyle), new Text(line, style));
            state = "";
        }
    }

    private static void Line(IAnsiConsole console, params Text[] texts)
    {
        foreach (Text text in texts) console.Write(text);
        console.WriteLine();
    }
}
