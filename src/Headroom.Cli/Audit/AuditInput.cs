namespace Headroom.Cli.Audit;

/// <summary>A file to audit.</summary>
/// <param name="Path">Where it is; <c>-</c> for stdin.</param>
/// <param name="IsNamed">Whether the user named it, rather than a folder it is in: what was named must be a transcript.</param>
internal sealed record AuditInput(string Path, bool IsNamed)
{
    /// <summary>What transcripts are called.</summary>
    private static readonly string[] s_endings = [".jsonl", ".ndjson", ".json", ".traj"];

    public string Name => Path == "-" ? "stdin" : Path;

    /// <summary>The files of a command line: of folders all that may be transcripts, sorted by name, so that a run is like the one before.</summary>
    public static IEnumerable<AuditInput> Find(IEnumerable<string> arguments)
    {
        foreach (string argument in arguments)
        {
            if (!Directory.Exists(argument))
            {
                yield return new AuditInput(argument, IsNamed: true);
                continue;
            }

            var below = new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true };
            foreach (string file in Directory.EnumerateFiles(argument, "*", below).Where(f => s_endings.Contains(System.IO.Path.GetExtension(f).ToLowerInvariant())).Order(StringComparer.Ordinal))
                yield return new AuditInput(file, IsNamed: false);
        }
    }
}
