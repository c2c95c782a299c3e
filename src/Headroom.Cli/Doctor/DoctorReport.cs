namespace Headroom.Cli.Doctor;

/// <summary>All findings, by group, in the order of the checks.</summary>
internal sealed class DoctorReport(IReadOnlyList<(CheckGroup Group, Finding Finding)> findings)
{
    public IReadOnlyList<(CheckGroup Group, Finding Finding)> Findings => findings;

    public int Problems => findings.Count(f => f.Finding.State == FindingState.Problem);

    public int Warnings => findings.Count(f => f.Finding.State == FindingState.Warning);

    /// <summary>Runs checks side by side. None of them can fail the report, or hold it up for long.</summary>
    public static async Task<DoctorReport> MakeAsync(IReadOnlyList<ICheck> checks, DoctorContext context, TimeSpan patience, CancellationToken cancellationToken)
    {
        Task<IReadOnlyList<Finding>>[] running = [.. checks.Select(c => RunAsync(c, context, patience, cancellationToken))];
        await Task.WhenAll(running).ConfigureAwait(false);
        return new DoctorReport([.. checks.Zip(running).OrderBy(c => c.First.Group).SelectMany(c => c.Second.Result.Select(f => (c.First.Group, f)))]);
    }

    private static async Task<IReadOnlyList<Finding>> RunAsync(ICheck check, DoctorContext context, TimeSpan patience, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task<IReadOnlyList<Finding>> looking = Task.Run(() => check.RunAsync(context, stop.Token), CancellationToken.None);
        try
        {
            return await looking.WaitAsync(patience, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // What does not end at once when it is told to ends with the process.
            await stop.CancelAsync().ConfigureAwait(false);
            return [Finding.Warning(string.Create(null, $"{check.Subject} could not be looked at within {patience.TotalSeconds:0} seconds"), "try again; where it stays so, something here hangs")];
        }
#pragma warning disable CA1031 // Whatever is broken, the other checks are reported. The message may hold what was read, so only its type is named.
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            return [Finding.Warning($"{check.Subject} could not be looked at ({e.GetType().Name})", "please report it with what is special about this machine")];
        }
    }
}
