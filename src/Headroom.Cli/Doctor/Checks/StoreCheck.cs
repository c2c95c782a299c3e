using Headroom.Cli.Commands;
using Headroom.Cli.Processes;
using Headroom.Cli.Storage;
using Headroom.Cli.Terminals;
using Headroom.Storage.Sqlite;

namespace Headroom.Cli.Doctor.Checks;

/// <summary>The file of the originals: where it is, who may read and write it, and how full it is.</summary>
internal sealed class StoreCheck : ICheck
{
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    /// <summary>The share of its limit from which on it is said that old originals will be dropped soon.</summary>
    private const double NearlyFull = 0.9;

    public CheckGroup Group => CheckGroup.Store;

    public string Subject => "the store";

    public async Task<IReadOnlyList<Finding>> RunAsync(DoctorContext context, CancellationToken cancellationToken)
    {
        if (StoreFile.Resolve(context.Store) is not { } file)
            return [Finding.Problem("this user has no data folder that could hold originals, so nothing is cut", "set XDG_DATA_HOME to a folder, or name a file with --store FILE")];
        if (!StoreFile.Exists(file)) return [NotYet(context, file)];
        if (await OpenAsync(context, file, cancellationToken).ConfigureAwait(false) is not { } opened) return [];
        List<Finding> found = [opened];
        if (opened.State == FindingState.Problem) return found;
        if (!OperatingSystem.IsWindows())
        {
            if ((File.GetUnixFileMode(file) & Others) != 0) found.Add(Finding.Warning("other users may read or write the originals", $"chmod 600 {context.Short(file)}"));
            if (!UnixSystem.MayWrite(file) || !UnixSystem.MayWrite(Path.GetDirectoryName(Path.GetFullPath(file))!))
                found.Add(Finding.Problem("originals can be read but not written, so nothing is cut", $"allow this user to write {context.Short(file)} and its folder, or name another file with --store FILE"));
        }

        return found;
    }

    private static Finding NotYet(DoctorContext context, string file)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        while (!Path.Exists(folder) && Path.GetDirectoryName(folder) is { } above) folder = above;
        if (File.Exists(folder)) return Finding.Problem($"there is no {context.Short(file)}: {context.Short(folder)} is no folder, so nothing is cut", "name a file elsewhere with --store FILE, or set XDG_DATA_HOME to a folder");
        return OperatingSystem.IsWindows() || UnixSystem.MayWrite(folder)
            ? Finding.NotSetUp($"there is no {context.Short(file)} yet: it is made when something is first cut")
            : Finding.Problem($"there is no {context.Short(file)}, and this user may not make one in {context.Short(folder)}, so nothing is cut", "allow it, or name a file with --store FILE");
    }

    private static async Task<Finding?> OpenAsync(DoctorContext context, string file, CancellationToken cancellationToken)
    {
        try
        {
            using SqliteOriginalStore store = StoreFile.OpenToRead(file);
            SqliteStoreStatistics statistics = await store.StatisticsAsync(cancellationToken).ConfigureAwait(false);
            long limit = new SqliteOriginalStoreOptions().MaxBytes;
            string holds = $"{context.Short(file)}: {Figure.Of(statistics.Originals, "original")}, {Quantity.Of(statistics.UsedBytes)} of {Quantity.Of(limit)}";
            return statistics.UsedBytes < NearlyFull * limit
                ? Finding.Ok(holds)
                : Finding.Warning(holds + ": soon what has been idle for longest is dropped", "headroom store prune --idle 30d makes room");
        }
        catch (CliException e) when (e.ExitCode == ExitCodes.Usage)
        {
            return null; // the keys are not understood, which StoreKeysCheck says
        }
        catch (CliException e)
        {
            return Finding.Problem(context.Short(e.Message.TrimEnd('.')), "headroom retrieve and cuts do not work until then; --store FILE names another one");
        }
        catch (Exception e) when (e is Microsoft.Data.Sqlite.SqliteException or IOException or UnauthorizedAccessException)
        {
            return Finding.Problem($"{context.Short(file)} cannot be read", "headroom store verify says what is damaged");
        }
    }
}
