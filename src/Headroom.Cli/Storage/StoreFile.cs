using Headroom.Storage.Sqlite;

namespace Headroom.Cli.Storage;

/// <summary>The file the tool keeps originals in: one for everything the user runs.</summary>
internal static class StoreFile
{
    private const string Name = "originals.db";

    /// <summary>The file given with <c>--store</c> (<c>originals.db</c> in it, where that is a folder), or <c>headroom/originals.db</c> in the user's data folder.</summary>
    /// <returns><see langword="null"/> when none was given and the user has no data folder.</returns>
    public static string? Resolve(string? given)
    {
        if (!string.IsNullOrEmpty(given)) return Directory.Exists(given) ? Path.Combine(given, Name) : given;
        string? data = Environment.GetEnvironmentVariable("XDG_DATA_HOME");
        if (string.IsNullOrEmpty(data) || !Path.IsPathFullyQualified(data))
        {
            // Not verified: a new user, or one of a container, has the folder when something is first kept.
            data = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        }

        return string.IsNullOrEmpty(data) ? null : Path.Combine(data, "headroom", Name);
    }

    /// <summary>The same, for commands that cannot do without.</summary>
    public static string Require(string? given) =>
        Resolve(given) ?? throw new CliException("this user has no data folder that could hold originals. Name a file with --store FILE.", ExitCodes.CannotRead);

    /// <summary>Whether there is a store. A file with nothing in it is none yet: it was made by hand, or what made it was cut short.</summary>
    public static bool Exists(string file) => new FileInfo(file) is { Exists: true, Length: > 0 };

    /// <summary>Opens the store, and makes it where there is none.</summary>
    /// <exception cref="CliException">It cannot be used.</exception>
    public static SqliteOriginalStore Open(string file)
    {
        try
        {
            return new SqliteOriginalStore(file, new SqliteOriginalStoreOptions { Encryption = StoreKeys.FromEnvironment() });
        }
        catch (InvalidOperationException e)
        {
            throw new CliException(e.Message, ExitCodes.CannotRead);
        }
    }

    /// <summary>Opens a store that is there, for reading only where it cannot be written.</summary>
    /// <returns><see langword="null"/> where there is none.</returns>
    public static SqliteOriginalStore? OpenExisting(string file)
    {
        if (!Exists(file)) return null;
        try
        {
            return Open(file);
        }
        catch (CliException)
        {
            return OpenToRead(file);
        }
    }

    /// <summary>Opens a store that is there, and changes nothing about it.</summary>
    public static SqliteOriginalStore OpenToRead(string file)
    {
        if (!Exists(file)) throw new CliException($"there is no store {file}. Name one with --store FILE.", ExitCodes.NotFound);
        try
        {
            return new SqliteOriginalStore(file, new SqliteOriginalStoreOptions { Encryption = StoreKeys.FromEnvironment(), ReadOnly = true });
        }
        catch (InvalidOperationException e)
        {
            throw new CliException(e.Message, ExitCodes.CannotRead);
        }
    }
}
