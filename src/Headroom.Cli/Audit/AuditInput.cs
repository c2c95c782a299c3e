using System.IO.Enumeration;

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

            foreach (string file in Below(argument).Order(StringComparer.Ordinal)) yield return new AuditInput(file, IsNamed: false);
        }
    }

    /// <summary>The files of a folder and its folders, those in hidden ones too. Links to folders are not followed: they may lead round in circles.</summary>
    private static FileSystemEnumerable<string> Below(string folder)
    {
        var options = new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = FileAttributes.None };
        return new FileSystemEnumerable<string>(folder, (ref FileSystemEntry entry) => entry.ToSpecifiedFullPath(), options)
        {
            ShouldIncludePredicate = (ref FileSystemEntry entry) => !entry.IsDirectory && IsEnding(System.IO.Path.GetExtension(entry.FileName)),
            ShouldRecursePredicate = (ref FileSystemEntry entry) => !entry.Attributes.HasFlag(FileAttributes.ReparsePoint),
        };
    }

    private static bool IsEnding(ReadOnlySpan<char> extension)
    {
        foreach (string ending in s_endings)
        {
            if (extension.Equals(ending, StringComparison.OrdinalIgnoreCase)) return true;
        }

        return false;
    }
}
