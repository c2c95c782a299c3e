using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Headroom.Storage;

namespace Headroom.Benchmarks.Stores;

/// <summary>What a store is compared with: one file an original, <c>ab/abcdefghjk</c>, uncompressed, readable by nobody else.</summary>
/// <remarks>
/// Thread-safe, and safe between processes: a file appears whole or not at all, and is never replaced. Nothing expires.
/// No file is flushed to the disk one by one: an original lost with the power is a miss, and a miss is answered as one.
/// </remarks>
internal sealed class FileOriginalStore(string folder) : IOriginalStore
{
    private const UnixFileMode OnlyUserFolder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode OnlyUserFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Where the originals are.</summary>
    public string Folder { get; } = Path.GetFullPath(folder);

    /// <inheritdoc />
    public ValueTask<bool> PutAsync(OriginalKey key, string original, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key.Id);
        ArgumentNullException.ThrowIfNull(original);
        cancellationToken.ThrowIfCancellationRequested();
        if (PathOf(key) is not { } path) return ValueTask.FromResult(false);
        try
        {
            if (!File.Exists(path)) Write(path, original);
            return ValueTask.FromResult(string.Equals(OriginalFile.Decode(File.ReadAllBytes(path)), original, StringComparison.Ordinal));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return ValueTask.FromResult(false);
        }
    }

    /// <inheritdoc />
    public ValueTask<OriginalLookup> GetAsync(OriginalKey key, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (PathOf(key) is not { } path) return ValueTask.FromResult(OriginalLookup.Unknown);
        try
        {
            return ValueTask.FromResult(
                OriginalFile.Decode(File.ReadAllBytes(path)) is { } text ? OriginalLookup.Found(text) : OriginalLookup.Unavailable);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return ValueTask.FromResult(OriginalLookup.Unknown);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return ValueTask.FromResult(OriginalLookup.Unavailable);
        }
    }

    private static void Write(string path, string original)
    {
        string shard = Path.GetDirectoryName(path)!;
        CreateFolder(shard);
        string temporary = Path.Combine(shard, ".tmp-" + Guid.NewGuid().ToString("n"));
        try
        {
            var how = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0 };
            if (!OperatingSystem.IsWindows()) how.UnixCreateMode = OnlyUserFile;
            using (var file = new FileStream(temporary, how)) file.Write(OriginalFile.Encode(original));
            File.Move(temporary, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another process was faster. Whether it stored the same text, the read-back tells.
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private static void CreateFolder(string shard)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(shard);
        else Directory.CreateDirectory(shard, OnlyUserFolder);
    }

    /// <summary>The file of a key; <see langword="null"/> for an id that is none, which could otherwise be a path out of the folder.</summary>
    private string? PathOf(OriginalKey key)
    {
        if (!OriginalId.IsWellFormed(key.Id)) return null;
        // A scope is any text of the application's, so its hash names the folder.
        string scope = key.Scope.Length == 0 ? "" : "scope-" + Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(key.Scope.AsSpan())))[..32];
        return Path.Combine(Folder, scope, key.Id[..2], key.Id);
    }
}
