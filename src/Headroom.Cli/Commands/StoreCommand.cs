using System.CommandLine;
using Headroom.Cli.Storage;
using Headroom.Cli.Terminals;
using Headroom.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Headroom.Cli.Commands;

/// <summary><c>headroom store</c>: what is kept, whether it is sound, and how to have less of it.</summary>
internal static class StoreCommand
{
    public static Command Create() => new("store", "Look after the originals of cut texts: how many, whether whole, have fewer.") { Stats(), Verify(), Prune(), Export() };

    private static Command Stats()
    {
        var json = new Option<bool>("--json") { Description = "Print one JSON object." };
        Option<string?> store = StoreOption.Create();
        var command = new Command("stats", "Say what is kept, how much room it takes, and how long it has been idle.") { json, store };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using SqliteOriginalStore opened = StoreFile.OpenToRead(StoreFile.Require(parsed.GetValue(store)));
            SqliteStoreStatistics statistics = await WorkAsync(opened, "counting", () => opened.StatisticsAsync(cancellationToken), cancellationToken).ConfigureAwait(false);
            StoreReport.Write(Console.Out, statistics, parsed.GetValue(json));
            return ExitCodes.Success;
        });
        return command;
    }

    private static Command Verify()
    {
        Option<string?> store = StoreOption.Create();
        var command = new Command("verify", "Read everything that is kept, and say what is damaged.") { store };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using SqliteOriginalStore opened = StoreFile.OpenToRead(StoreFile.Require(parsed.GetValue(store)));
            SqliteStoreVerification verification = await WorkAsync(opened, "reading all of it", () => opened.VerifyAsync(cancellationToken), cancellationToken).ConfigureAwait(false);
            StoreReport.Write(Console.Out, verification);
            return verification.IsSound ? ExitCodes.Success : ExitCodes.CannotRead;
        });
        return command;
    }

    private static Command Prune()
    {
        var idle = new Option<string?>("--idle") { Description = "Drop what has not been used for so long, such as 30d, 12h or 45m.", HelpName = "DURATION" };
        var maxSize = new Option<string?>("--max-size") { Description = "Drop what has been idle for longest until no more is used, such as 500MB or 2GB.", HelpName = "SIZE" };
        var damaged = new Option<bool>("--damaged") { Description = "Drop what is damaged, so that it can be stored anew." };
        Option<string?> store = StoreOption.Create();
        var command = new Command("prune", "Drop originals, and give their room back to the disk; nothing brings them back.") { idle, maxSize, damaged, store };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            TimeSpan? idleFor = parsed.GetValue(idle) is { } duration ? Quantity.Duration("--idle", duration) : null;
            long? downTo = parsed.GetValue(maxSize) is { } size ? Quantity.Bytes("--max-size", size) : null;
            string file = StoreFile.Require(parsed.GetValue(store));
            if (!File.Exists(file)) throw new CliException($"there is no store {file}. Name one with --store FILE.", ExitCodes.NotFound);
            using SqliteOriginalStore opened = StoreFile.Open(file);
            bool isDamaged = parsed.GetValue(damaged);
            StoreReport.Write(Console.Out, await WorkAsync(opened, "making room", () => opened.PruneAsync(idleFor, downTo, isDamaged, cancellationToken), cancellationToken).ConfigureAwait(false));
            return ExitCodes.Success;
        });
        return command;
    }

    private static Command Export()
    {
        Option<string?> store = StoreOption.Create();
        var command = new Command("export", "Print every original as one {\"id\",\"text\"} a line.") { store };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using SqliteOriginalStore opened = StoreFile.OpenToRead(StoreFile.Require(parsed.GetValue(store)));
            using Stream output = Console.OpenStandardOutput();
            long left = await LongWork.RunBesideOutputAsync("writing originals", null, _ => StoreReport.ExportAsync(output, opened.ReadAllAsync(cancellationToken)), cancellationToken).ConfigureAwait(false);
            if (left == 0) return ExitCodes.Success;
            Talk.Say($"{left} could not be read; headroom store verify says why.");
            return ExitCodes.CannotRead;
        });
        return command;
    }

    /// <summary>Does what may take long. A file that is damaged further in than opening it looks is told of as any other that cannot be used.</summary>
    private static async Task<T> WorkAsync<T>(SqliteOriginalStore store, string what, Func<Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            return await LongWork.RunAsync(what, null, _ => work(), cancellationToken).ConfigureAwait(false);
        }
        catch (SqliteException e)
        {
            throw new CliException(StoreReport.WhyUnusable(store.Path, e), ExitCodes.CannotRead);
        }
    }
}
