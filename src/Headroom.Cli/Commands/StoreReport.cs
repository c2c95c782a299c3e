using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Headroom.Cli.Processes;
using Headroom.Cli.Wire;
using Headroom.Storage;
using Headroom.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Headroom.Cli.Commands;

/// <summary>What <c>headroom store</c> prints.</summary>
internal static class StoreReport
{
    /// <summary>Damaged entries named at most; the rest are counted.</summary>
    private const int MaxNamed = 20;

    /// <summary>What SQLite answers when another connection did not let go of the file in time.</summary>
    private const int Busy = 5, Locked = 6;

    /// <summary>Why a store that was opened cannot be used after all.</summary>
    public static string WhyUnusable(string path, SqliteException failure) => failure.SqliteErrorCode is Busy or Locked
        ? $"another process keeps {path} locked. Try again when it has ended."
        : $"{path} cannot be used (SQLite error {failure.SqliteErrorCode}). headroom store verify says what is damaged.";

    public static void Write(TextWriter output, SqliteStoreStatistics statistics, bool json)
    {
        if (json)
        {
            output.WriteLine(Json(statistics));
            return;
        }

        output.WriteLine("file        " + statistics.Path);
        output.WriteLine(Invariant($"originals   {statistics.Originals:N0}, {statistics.Characters:N0} characters, {Quantity.Of(statistics.Bytes)} compressed"));
        output.WriteLine($"in use      {Quantity.Of(statistics.UsedBytes)} of a file of {Quantity.Of(statistics.FileBytes)}");
        if (statistics.OldestUse is { } oldest) output.WriteLine(Invariant($"last used   {oldest:yyyy-MM-dd} (idle longest) to {statistics.NewestUse:yyyy-MM-dd}"));
        if (statistics.Dropped > 0) output.WriteLine(Invariant($"dropped     {statistics.Dropped:N0} that were there once"));
        if (statistics.Unfinished > 0) output.WriteLine(Invariant($"unfinished  {statistics.Unfinished:N0}; headroom store prune clears away what was cut short"));
    }

    public static void Write(TextWriter output, SqliteStoreVerification verification)
    {
        output.WriteLine(Invariant($"{verification.Intact:N0} originals are whole."));
        foreach (string problem in verification.FileProblems) output.WriteLine("file: " + problem);
        foreach (SqliteStoreEntry entry in verification.Problems.Take(MaxNamed)) output.WriteLine($"{entry.Name}: {Sentence(entry.State)}");
        if (verification.Problems.Count > MaxNamed) output.WriteLine(Invariant($"and {verification.Problems.Count - MaxNamed:N0} more"));
        if (verification.Problems.Any(p => p.State == EnvelopeState.Damaged)) output.WriteLine("headroom store prune --damaged drops what is damaged, so that it can be stored anew.");
    }

    public static void Write(TextWriter output, SqliteStorePruning pruning)
    {
        output.WriteLine(Invariant($"{pruning.Originals:N0} originals dropped, {pruning.Unfinished:N0} unfinished cleared away."));
        output.WriteLine($"The file had {Quantity.Of(pruning.BytesBefore)} and has {Quantity.Of(pruning.BytesAfter)}.");
    }

    /// <summary>Writes originals; answers how many could not be read.</summary>
    public static async Task<long> ExportAsync(Stream output, IAsyncEnumerable<SqliteStoreEntry> entries)
    {
        long left = 0;
        await foreach (SqliteStoreEntry entry in entries.ConfigureAwait(false))
        {
            if (UnixSystem.IsStdoutAbandoned()) break;
            if (entry.Original is not { } original)
            {
                left++;
                continue;
            }

            var line = new ArrayBufferWriter<byte>();
            line.Write("{\"id\":"u8);
            JsonText.Write(line, OriginalId.Compute(original));
            line.Write(",\"text\":"u8);
            JsonText.Write(line, original);
            line.Write("}\n"u8);
            await output.WriteAsync(line.WrittenMemory).ConfigureAwait(false);
        }

        return left;
    }

    private static string Json(SqliteStoreStatistics statistics)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("file", statistics.Path);
            json.WriteNumber("schemaVersion", statistics.SchemaVersion);
            json.WriteNumber("originals", statistics.Originals);
            json.WriteNumber("characters", statistics.Characters);
            json.WriteNumber("bytes", statistics.Bytes);
            json.WriteNumber("usedBytes", statistics.UsedBytes);
            json.WriteNumber("fileBytes", statistics.FileBytes);
            json.WriteNumber("dropped", statistics.Dropped);
            json.WriteNumber("unfinished", statistics.Unfinished);
            if (statistics.OldestUse is { } oldest) json.WriteString("oldestUse", oldest);
            if (statistics.NewestUse is { } newest) json.WriteString("newestUse", newest);
            json.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static string Sentence(EnvelopeState state) => state switch
    {
        EnvelopeState.UnknownKey => $"encrypted with a key that {Storage.StoreKeys.Variable} does not give",
        EnvelopeState.NewerFormat => "written by a newer version",
        _ => "damaged",
    };

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
