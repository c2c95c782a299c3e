using Headroom.Cli.Processes;
using Headroom.Retrieval;

namespace Headroom.Cli.Run;

/// <summary>The last line of a cut output. Who reads it may have a shell and no tool: it says the command that brings back what is left out.</summary>
internal static class RetrievalHint
{
    /// <param name="outcome">A cut output.</param>
    /// <param name="store">The file or folder given with <c>--store</c>, if one was.</param>
    public static string LineFor(ItemOutcome outcome, string? store)
    {
        string where = store is null ? "" : " --store " + ShellWord.Of(Path.GetFullPath(store));
        return $"[from a shell: headroom retrieve {outcome.OriginalId}{where} {Part(outcome.Text)}--query \"words\"]";
    }

    private static string Part(string text)
    {
        if (!MarkerGrammar.TryParse(text, out ElidedText? elided) || elided.Gaps.FirstOrDefault() is not { } gap) return "";
        return $"{(gap.Range.Path is null ? "--lines" : "--path")} {ShellWord.Of(gap.Range.ToString())}, or ";
    }
}
