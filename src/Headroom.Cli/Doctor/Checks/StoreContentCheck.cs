using Headroom.Cli.Storage;
using Headroom.Cli.Terminals;
using Headroom.Storage;
using Headroom.Storage.Sqlite;

namespace Headroom.Cli.Doctor.Checks;

/// <summary>Whether the originals of a store that is not large are whole.</summary>
internal sealed class StoreContentCheck : ICheck
{
    /// <summary>Larger ones take longer than a look around should.</summary>
    private const long MaxBytes = 64 * 1024 * 1024;

    public CheckGroup Group => CheckGroup.Store;

    public string Subject => "what the store holds";

    public async Task<IReadOnlyList<Finding>> RunAsync(DoctorContext context, CancellationToken cancellationToken)
    {
        if (StoreFile.Resolve(context.Store) is not { } file || !StoreFile.Exists(file)) return [];
        try
        {
            using SqliteOriginalStore store = StoreFile.OpenToRead(file);
            SqliteStoreStatistics statistics = await store.StatisticsAsync(cancellationToken).ConfigureAwait(false);
            if (statistics.Originals == 0) return [];
            return statistics.FileBytes > MaxBytes
                ? [Finding.Ok("not all of it was read: headroom store verify does, and takes a while")]
                : Of(await store.VerifyAsync(cancellationToken).ConfigureAwait(false));
        }
        catch (Exception e) when (e is CliException or Microsoft.Data.Sqlite.SqliteException)
        {
            return []; // that it cannot be opened is said already
        }
    }

    private static List<Finding> Of(SqliteStoreVerification verification)
    {
        int locked = verification.Problems.Count(p => p.State == EnvelopeState.UnknownKey), newer = verification.Problems.Count(p => p.State == EnvelopeState.NewerFormat);
        int damaged = verification.Problems.Count - locked - newer;
        List<Finding> found = [];
        if (damaged > 0 || verification.FileProblems.Count > 0)
            found.Add(Finding.Problem($"the store is damaged: {Figure.Of(damaged, "original")} cannot be read", "headroom store verify says which; headroom store prune --damaged drops them, so that they can be stored anew"));
        if (locked > 0) found.Add(Finding.Warning($"{Figure.Of(locked, "original")} cannot be read with the keys in {StoreKeys.Variable}", "add the older keys behind the newest"));
        if (newer > 0) found.Add(Finding.Warning($"{Figure.Of(newer, "original")} were written by a newer version", "dotnet tool update --global Headroom.Cli"));
        if (found.Count == 0) found.Add(Finding.Ok("all of it was read back and is whole"));
        return found;
    }
}
