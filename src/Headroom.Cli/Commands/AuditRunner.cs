using Headroom.Cli.Audit;
using Headroom.Cli.Audit.Reports;
using Headroom.Cli.Audit.Reports.Page;
using Headroom.Cli.Terminals;

namespace Headroom.Cli.Commands;

/// <summary>Runs <c>headroom audit</c>.</summary>
internal static class AuditRunner
{
    public static async Task<int> RunAsync(AuditSettings settings, CancellationToken cancellationToken)
    {
        AuditInput[] inputs = [.. AuditInput.Find(settings.Files)];
        if (settings.Html is { } page) CheckFolder(page);
        var auditor = new Auditor(settings.Options, settings.Format);
        FileAudit[] audits = await AuditProgress.RunAsync(inputs, auditor.RunAsync, cancellationToken).ConfigureAwait(false);
        var report = new AuditReport(settings.Options, settings.Top, audits.Where((a, i) => a.ExitCode != ExitCodes.BadData || inputs[i].IsNamed));
        int passedOver = audits.Length - report.Files.Count;
        foreach (FileAudit audit in report.Files) Complain(audit);
        if (passedOver > 0) Talk.Say($"{Figure.Of(passedOver, "file")} of the folders passed over: no recorded conversation in them.");
        if (report.Files.Count == 0)
            throw new CliException("no recorded conversation was found. docs/audit.md says which formats are known.", ExitCodes.BadData);
        if (report.Conversations.Count > 0) Report(settings, report);
        return report.Files.Select(f => f.ExitCode).Where(c => c != ExitCodes.Success).DefaultIfEmpty(ExitCodes.Success).Min();
    }

    private static void Report(AuditSettings settings, AuditReport report)
    {
        if (settings.Json)
        {
            using Stream output = Console.OpenStandardOutput();
            AuditJson.Write(output, report);
        }
        else
        {
            AuditText.Write(Terminal.Output(), report);
        }

        if (settings.Html is { } page) WritePage(page, report);
    }

    private static void WritePage(string page, AuditReport report)
    {
        try
        {
            File.WriteAllText(page, AuditPage.Write(report));
            Talk.Say($"wrote {page}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CliException($"cannot write {page}: {e.Message.TrimEnd('.')}.", ExitCodes.CannotRead);
        }
    }

    private static void Complain(FileAudit audit)
    {
        if (audit.Problem is { } problem) Talk.Say(problem);
        if (audit.BrokenLines == 0) return;
        string lines = $"{Figure.Of(audit.BrokenLines, "line")} could not be read and {(audit.BrokenLines == 1 ? "was" : "were")} left out";
        Talk.Say($"{audit.Name}: {lines}; the first is line {audit.FirstBroken}.");
    }

    /// <summary>Says before a long run, not after it, that the page cannot be written.</summary>
    private static void CheckFolder(string page)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(page)) ?? "";
        if (!Directory.Exists(folder)) throw new CliException($"cannot write {page}: there is no folder {folder}.", ExitCodes.CannotRead);
    }
}
