namespace Headroom.Cli.Storage;

/// <summary>Where the tool keeps originals.</summary>
internal static class StoreFolder
{
    /// <summary>The folder given with <c>--store</c>, or <c>headroom/originals</c> in the user's data folder.</summary>
    /// <returns><see langword="null"/> when none was given and the user has no data folder.</returns>
    public static string? Resolve(string? given)
    {
        if (!string.IsNullOrEmpty(given)) return given;
        string? data = Environment.GetEnvironmentVariable("XDG_DATA_HOME");
        if (string.IsNullOrEmpty(data) || !Path.IsPathFullyQualified(data)) data = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData);
        return string.IsNullOrEmpty(data) ? null : Path.Combine(data, "headroom", "originals");
    }
}
