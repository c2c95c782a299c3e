using Headroom.Retrieval;

namespace Headroom.Cli.Run;

/// <summary>The last line of a cut output. Who reads it may have a shell and no tool: it says the command that brings back what is left out.</summary>
internal static class RetrievalHint
{
    /// <param name="outcome">A cut output.</param>
    /// <param name="store">The folder given with <c>--store</c>, if one was.</param>
    public static string LineFor(ItemOutcome outcome, string? store)
    {
        string where = store is null ? "" : " --store " + Quoted(Path.GetFullPath(store));
        return $"[from a shell: headroom retrieve {outcome.OriginalId}{where} {Part(outcome.Text)}--query \"words\"]";
    }

    private static string Part(string text)
    {
        if (!MarkerGrammar.TryParse(text, out ElidedText? elided) || elided.Gaps.FirstOrDefault() is not { } gap) return "";
        return $"{(gap.Range.Path is null ? "--lines" : "--path")} {Quoted(gap.Range.ToString())}, or ";
    }

    /// <summary>A word as a shell takes it literally.</summary>
    private static string Quoted(string word) =>
        word.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '.' or '-' or '_') ? word : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
