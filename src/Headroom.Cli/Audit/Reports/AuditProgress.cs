using Headroom.Cli.Terminals;

namespace Headroom.Cli.Audit.Reports;

/// <summary>Audits files side by side, and shows how that gets on.</summary>
internal static class AuditProgress
{
    /// <summary>Audits one file and tells what share of it was done since it last told.</summary>
    public delegate Task<FileAudit> Audit(AuditInput input, Action<double> onProgress, CancellationToken cancellationToken);

    public static Task<FileAudit[]> RunAsync(AuditInput[] inputs, Audit audit, CancellationToken cancellationToken) =>
        LongWork.RunAsync(Figure.Of(inputs.Length, "file"), inputs.Length, progress => AllAsync(inputs, audit, progress, cancellationToken), cancellationToken);

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
