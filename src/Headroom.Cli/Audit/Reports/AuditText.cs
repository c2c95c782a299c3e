using System.Text;
using Headroom.Cli.Terminals;
using Spectre.Console;

namespace Headroom.Cli.Audit.Reports;

/// <summary>Writes an audit for a terminal.</summary>
internal static class AuditText
{
    public static void Write(IAnsiConsole console, AuditReport report)
    {
        Prose(console, Wording.Inputs(report), Decoration.Bold);
        Prose(console, Wording.Settings(report), Decoration.None);
        ReportTable[] tables =
        [
            AuditTables.Totals(report),
            AuditTables.Groups(report.ByKind, "kind", "By kind of text", report.ByKind.Count),
            AuditTables.Groups(report.ByTool, "tool", "By tool", report.Top),
            AuditTables.Heaviest(report),
            AuditTables.Provider(report),
            AuditTables.Breaks(report, report.Top),
            AuditTables.Prompts(report),
            AuditTables.Conversations(report, report.Top),
        ];
        foreach (ReportTable table in tables) TerminalTable.Write(console, table);
        console.WriteLine();
        foreach (string note in Wording.Notes(report)) Prose(console, note, Decoration.Dim);
    }

    /// <summary>Writes words in lines that fit, without blanks at their ends.</summary>
    private static void Prose(IAnsiConsole console, string text, Decoration decoration)
    {
        var lines = new StringBuilder();
        int width = 0;
        foreach (string word in text.Split(' '))
        {
            int length = word.GetCellWidth();
            bool isFirst = width == 0, fits = width + 1 + length <= console.Profile.Width;
            lines.Append(isFirst ? "" : fits ? " " : "\n").Append(word);
            width = isFirst || !fits ? length : width + 1 + length;
        }

        console.Write(new Paragraph(lines.Append('\n').ToString(), new Style(decoration: decoration)));
    }
}
