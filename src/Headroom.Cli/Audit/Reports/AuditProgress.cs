using Spectre.Console;

namespace Headroom.Cli.Audit.Reports;

/// <summary>Audits files side by side, with a progress bar on stderr where that is a terminal and the run takes long enough to look at.</summary>
internal static class AuditProgress
{
    /// <summary>Audits one file and tells what share of it was done since it last told.</summary>
    public delegate Task<FileAudit> Audit(AuditInput input, Action<double> onProgress, CancellationToken cancellationToken);

    /// <summary>Runs shorter than this show nothing.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);

    public static async Task<FileAudit[]> RunAsync(AuditInput[] inputs, Audit audit, CancellationToken cancellationToken)
    {
        double done = 0;
        var gate = new Lock();
        Task<FileAudit[]> run = Task.Run(() => AllAsync(inputs, audit, Progress, cancellationToken), cancellationToken);
        Task first = await Task.WhenAny(run, Task.Delay(s_patience, cancellationToken)).ConfigureAwait(false);
        if (first == run || Terminal.Talk() is not { } talk) return await run.ConfigureAwait(false);
        Console.CancelKeyPress += ShowCursor; // the bar hides it, and Ctrl-C ends the process at once
        try
        {
            await talk.Progress().AutoClear(true).HideCompleted(true)
                .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
                .StartAsync(async context =>
                {
                    ProgressTask task = context.AddTask(Figure.Of(inputs.Length, "file"), maxValue: inputs.Length);
                    while (!run.IsCompleted)
                    {
                        lock (gate) task.Value = done;
                        await Task.WhenAny(run, Task.Delay(100, CancellationToken.None)).ConfigureAwait(false);
                    }
                }).ConfigureAwait(false);
        }
        finally
        {
            Console.CancelKeyPress -= ShowCursor;
        }

        return await run.ConfigureAwait(false);

        void ShowCursor(object? sender, ConsoleCancelEventArgs e) => talk.Cursor.Show(true);

        void Progress(double share)
        {
            lock (gate) done += share;
        }
    }

    private static async Task<FileAudit[]> AllAsync(AuditInput[] inputs, Audit audit, Action<double> onProgress, CancellationToken cancellationToken)
    {
        var audits = new FileAudit[inputs.Length];
        await Parallel.ForAsync(0, inputs.Length, cancellationToken, async (i, stop) =>
        {
            double told = 0;
            audits[i] = await audit(
                inputs[i],
                share =>
                {
                    told += share;
                    onProgress(share);
                },
                stop).ConfigureAwait(false);
            onProgress(1 - told);
        }).ConfigureAwait(false);
        return audits;
    }
}
