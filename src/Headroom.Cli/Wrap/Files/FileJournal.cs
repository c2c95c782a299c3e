using System.Text.Json;
using Headroom.Cli.Storage;

namespace Headroom.Cli.Wrap.Files;

/// <summary>Changes files of agents so that every change can be undone, whenever the process is killed.</summary>
/// <remarks>
/// <code>
///   change ─► (1) the original is copied ─► (2) a record says what is about to be written ─► (3) the file is replaced
///   undo   ─► (1) the file is replaced by the original ─► (2) the record goes ─► (3) the copy goes
/// </code>
/// A copy without a record is rubbish, and a record tells by hashes whether the file is as it was, as we wrote it, or changed by somebody else since.
/// </remarks>
/// <param name="folder">Where the journal is kept, readable by this user only.</param>
/// <param name="step">Told of each step before it is taken; for tests that kill the process there.</param>
internal sealed class FileJournal(string folder, Action<string>? step = null)
{
    private const string RecordEnding = ".json", OriginalEnding = ".original";

    private readonly Action<string> _step = step ?? (_ => { });

    /// <summary>The folder of the journal; <see langword="null"/> where the user has no data folder.</summary>
    public static string? DefaultFolder => Path.GetDirectoryName(StoreFile.Resolve(null)) is { Length: > 0 } data ? Path.Combine(data, "wrap") : null;

    /// <summary>Makes changes for an agent. Those that are made already stay as they are.</summary>
    /// <returns>What was done, a line each.</returns>
    /// <exception cref="CliException">A file is not understood or cannot be written. It is as it was.</exception>
    public IReadOnlyList<string> Apply(string agent, IReadOnlyList<FileChange> changes)
    {
        using FileStream taken = JournalLock.Take(folder);
        Clean();
        return [.. changes.Select(c => Try(c, () => Apply(agent, c))).OfType<string>()];
    }

    /// <summary>Undoes the changes made for an agent, or all.</summary>
    /// <param name="agent">Its name; <see langword="null"/> for all.</param>
    /// <returns>What was done, a line each, and whether nothing of ours is left.</returns>
    public (IReadOnlyList<string> Lines, bool IsDone) Undo(string? agent)
    {
        if (!Directory.Exists(folder)) return ([], true);
        using FileStream taken = JournalLock.Take(folder);
        Clean();
        List<string> lines = [];
        bool isDone = true;
        foreach (string path in Directory.GetFiles(folder, "*" + RecordEnding).Order(StringComparer.Ordinal))
        {
            if (JournalRecord.Parse(File.ReadAllBytes(path)) is not { } record)
            {
                lines.Add($"{path} is not understood; what it says of a change was left as it is.");
                isDone = false;
                continue;
            }

            if (agent is not null && record.Agent != agent) continue;
            isDone &= Undo(path, record, lines);
        }

        Clean();
        return (lines, isDone);
    }

    private string? Apply(string agent, FileChange change)
    {
        string file = Resolve(change.Path), key = Path.Combine(folder, JournalRecord.HashOf(System.Text.Encoding.UTF8.GetBytes(file))[..16]);
        JournalRecord? record = ReadRecord(key + RecordEnding);
        byte[]? current = Read(file);
        if (record is null && current is not null && JsonMember.ValueIn(current, change.Member) is not null)
            return $"{change.Path} has {string.Join('.', change.Member)} already; it is left as it is.";
        if (record is not null && current is not null && JsonMember.ValueIn(current, change.Member) is { } value && JsonMember.IsSame(value, change.Value)) return null;

        bool isNew = record is null;
        byte[]? original = record is null || current is null ? current : OriginalOf(record, current);
        byte[] changed = JsonMember.Insert(original, change.Member, change.Value, out int made);
        List<string> folders = MissingFolders(file);
        string? copy = original is null ? null : $"{Path.GetFileName(key)}.{JournalRecord.HashOf(original)[..16]}{OriginalEnding}";
        if (copy is not null) AtomicFile.Write(Path.Combine(folder, copy), original, _step, isPrivate: true); // (1)
        record = new JournalRecord
        {
            Agent = agent,
            File = file,
            Original = copy,
            OriginalHash = original is null ? null : JournalRecord.HashOf(original),
            // Until the file is replaced, it may still be what an earlier run wrote over the same original.
            Written = record is not null && current is not null && record.Written.Contains(JournalRecord.HashOf(current))
                ? [JournalRecord.HashOf(changed), JournalRecord.HashOf(current)]
                : [JournalRecord.HashOf(changed)],
            Member = change.Member,
            Value = change.Value,
            MadeObjects = made,
            MadeFolders = folders.Count > 0 ? folders : record?.MadeFolders ?? [],
        };
        AtomicFile.Write(key + RecordEnding, record.ToJson(), _step, isPrivate: true); // (2)
        try
        {
            if (folders.Count > 0)
            {
                _step("make " + folders[0]);
                Directory.CreateDirectory(folders[^1]);
            }

            AtomicFile.Write(file, changed, _step, isStill: () => IsSame(Read(file), current)); // (3)
        }
        catch (Exception e) when (isNew && e is IOException or UnauthorizedAccessException)
        {
            Undo(key + RecordEnding, record, []); // what the user now adds by hand is the user's
            Clean();
            throw;
        }

        return $"{change.Path}: {string.Join('.', change.Member)} was added. headroom unwrap {agent} takes it out again.";
    }

    /// <summary>What the file would be without us.</summary>
    private byte[]? OriginalOf(JournalRecord record, byte[] current) =>
        record.Written.Contains(JournalRecord.HashOf(current)) && (record.OriginalHash is null || ReadOriginal(record) is not null)
            ? ReadOriginal(record)
            : JsonMember.Remove(current, record.Member, record.MadeObjects);

    private bool Undo(string path, JournalRecord record, List<string> lines)
    {
        string file = record.File;
        try
        {
            if (File.Exists(file + AtomicFile.Temporary)) Delete(file + AtomicFile.Temporary);
            byte[]? current = Read(file), original = ReadOriginal(record);
            string? hash = current is null ? null : JournalRecord.HashOf(current);
            bool isOurs = hash is not null && record.Written.Contains(hash);
            if (hash == record.OriginalHash) lines.Add($"{file} is as it was.");
            else if (current is null) lines.Add($"{file} is gone, and our part with it.");
            else if (isOurs && record.OriginalHash is null) Delete(file, lines, "is gone again; there was none before.");
            else if (isOurs && original is not null) Write(file, original, current, lines, "is as it was, byte for byte.");
            else if (JsonMember.Remove(current, record.Member, record.MadeObjects) is var without && IsSame(without, current)) lines.Add($"{file} was changed since, and has no part of ours any more.");
            else Write(file, without, current, lines, $"was changed since: only {string.Join('.', record.Member)} was taken out, everything else stays.");
            foreach (string made in record.MadeFolders.Reverse()) DeleteEmpty(made);
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            string kept = record.Original is null ? "There was no such file before" : $"The original is kept in {Path.Combine(folder, record.Original)}";
            lines.Add($"{file} cannot be put back: {Why(e)}. {kept}; to do it by hand, take out {string.Join('.', record.Member)}.");
            return false;
        }

        Delete(path);
        return true;
    }

    private void Write(string file, byte[] bytes, byte[] current, List<string> lines, string what)
    {
        AtomicFile.Write(file, bytes, _step, isStill: () => IsSame(Read(file), current));
        lines.Add($"{file} {what}");
    }

    private void Delete(string file, List<string> lines, string what)
    {
        Delete(file);
        lines.Add($"{file} {what}");
    }

    private void Delete(string path)
    {
        _step("delete " + path);
        File.Delete(path);
    }

    private void DeleteEmpty(string path)
    {
        if (!Directory.Exists(path) || Directory.EnumerateFileSystemEntries(path).Any()) return;
        _step("delete " + path);
        Directory.Delete(path);
    }

    /// <summary>Clears away what killed runs left: half-written files, and copies no record names.</summary>
    private void Clean()
    {
        JournalRecord?[] records = [.. Directory.GetFiles(folder, "*" + RecordEnding).Select(ReadRecord)];
        if (records.Contains(null)) return; // a copy may belong to the record that is not understood
        HashSet<string?> named = [.. records.Select(r => r!.Original)];
        foreach (string path in Directory.GetFiles(folder))
        {
            if (path.EndsWith(AtomicFile.Temporary, StringComparison.Ordinal) || (path.EndsWith(OriginalEnding, StringComparison.Ordinal) && !named.Contains(Path.GetFileName(path)))) Delete(path);
        }
    }

    private byte[]? ReadOriginal(JournalRecord record) =>
        record.Original is { } name && Read(Path.Combine(folder, name)) is { } bytes && JournalRecord.HashOf(bytes) == record.OriginalHash ? bytes : null;

    private static JournalRecord? ReadRecord(string path) => Read(path) is { } json ? JournalRecord.Parse(json) : null;

    private static byte[]? Read(string path) => File.Exists(path) ? File.ReadAllBytes(path) : null;

    private static bool IsSame(byte[]? left, byte[]? right) => left is null ? right is null : right is not null && left.AsSpan().SequenceEqual(right);

    /// <summary>The file itself: where a link leads is replaced, not the link.</summary>
    private static string Resolve(string path)
    {
        string full = Path.GetFullPath(path);
        return new FileInfo(full).LinkTarget is null ? full : File.ResolveLinkTarget(full, returnFinalTarget: true)!.FullName;
    }

    private static List<string> MissingFolders(string file)
    {
        List<string> missing = [];
        for (string? folder = Path.GetDirectoryName(file); folder is not null && !Directory.Exists(folder); folder = Path.GetDirectoryName(folder)) missing.Insert(0, folder);
        return missing;
    }

    private static string? Try(FileChange change, Func<string?> act)
    {
        try
        {
            return act();
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new CliException($"{change.Path} was not changed: {Why(e)}. To do it by hand, add this, and leave this file to yourself from then on: {change.Sample}", ExitCodes.CannotRead);
        }
    }

    private static string Why(Exception e) => (e is JsonException { LineNumber: { } line } ? $"line {line + 1} is not understood" : e.Message).TrimEnd('.');
}
