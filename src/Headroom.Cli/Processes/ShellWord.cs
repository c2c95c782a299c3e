namespace Headroom.Cli.Processes;

/// <summary>Spells words for a shell.</summary>
internal static class ShellWord
{
    /// <summary>A word as a shell takes it literally; in quotes only where it needs them.</summary>
    public static string Of(string word) =>
        word.Length > 0 && word.All(c => char.IsAsciiLetterOrDigit(c) || "-_./:=@,+%".Contains(c, StringComparison.Ordinal)) ? word : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
