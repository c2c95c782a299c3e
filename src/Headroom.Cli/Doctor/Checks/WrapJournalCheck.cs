using Headroom.Cli.Wrap.Files;

namespace Headroom.Cli.Doctor.Checks;

/// <summary>What <c>headroom wrap</c> has changed in files of agents, and not put back.</summary>
internal sealed class WrapJournalCheck : ICheck
{
    public CheckGroup Group => CheckGroup.Agents;

    public string Subject => "what wrap has changed";

    public Task<IReadOnlyList<Finding>> RunAsync(DoctorContext context, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<Finding>>(
        FileJournal.DefaultFolder is { } folder && Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal).Select(f => Of(context, f))] : []);

    private static Finding Of(DoctorContext context, string path)
    {
        JournalRecord? record = null;
        try
        {
            record = JournalRecord.Parse(File.ReadAllBytes(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Said below.
        }

        return record is null
            ? Finding.Warning($"{context.Short(path)}, which says how to undo a change of wrap, is not understood", "headroom unwrap leaves that file alone; the original is beside it")
            : new Finding(FindingState.Ok, $"{context.Short(record.File)} has {string.Join('.', record.Member)} of headroom wrap {record.Agent}", $"headroom unwrap {record.Agent} takes it out again");
    }
}
