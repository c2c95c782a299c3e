namespace Headroom.Cli.Storage;

/// <summary>Opens the store of originals that every command shares.</summary>
internal static class StoreOpener
{
    /// <summary>The store a command line asks for.</summary>
    /// <param name="given">What <c>--store</c> says, if it was given.</param>
    /// <param name="talk">Where to say that there is none.</param>
    /// <returns><see langword="null"/> when none was given and the user has no data folder: then nothing is cut.</returns>
    public static DeferredOriginalStore? Open(string? given, TextWriter talk)
    {
        if (StoreFile.Resolve(given) is { } file) return new DeferredOriginalStore(file, talk);
        talk.WriteLine("headroom: this user has no data folder to keep originals in, so nothing is cut. Name a file with --store FILE.");
        return null;
    }
}
