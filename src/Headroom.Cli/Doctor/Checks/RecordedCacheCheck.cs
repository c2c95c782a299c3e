using Headroom.Cli.Audit;
using Headroom.Cli.Terminals;
using Headroom.Cli.Transcripts;
using Headroom.Cli.Wrap.Agents;
using Headroom.PromptCaching;
using Headroom.Tokens;

namespace Headroom.Cli.Doctor.Checks;

/// <summary>What broke the prompt cache in recorded conversations: those the user names, or the newest of Claude Code and Codex.</summary>
internal sealed class RecordedCacheCheck : ICheck
{
    /// <summary>Sessions looked at of each agent where none are named: what happened today.</summary>
    private const int Newest = 3;

    /// <summary>Longer recordings are passed over where they are not named: reading them takes seconds.</summary>
    private const long MaxBytes = 16 * 1024 * 1024;

    /// <summary>Files looked at where a folder is named.</summary>
    private const int MaxFiles = 50;

    /// <summary>Lines at most; audit has all.</summary>
    private const int MaxLines = 10;

    public CheckGroup Group => CheckGroup.Cache;

    public string Subject => "recorded conversations";

    public Task<IReadOnlyList<Finding>> RunAsync(DoctorContext context, CancellationToken cancellationToken)
    {
        bool isNamed = context.Files.Count > 0;
        AuditInput[] inputs = isNamed ? [.. AuditInput.Find(context.Files).Take(MaxFiles + 1)] : [.. Recent(context)];
        if (inputs.Length == 0) return Task.FromResult<IReadOnlyList<Finding>>([Finding.NotSetUp("there are no recorded sessions of Claude Code or Codex", "headroom doctor FILE looks at recordings elsewhere")]);
        List<Finding> found = [];
        int files = 0, requests = 0;
        foreach (AuditInput input in inputs.Take(MaxFiles))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Read(input, found, context) is not { } transcript) continue;
            files++;
            foreach (RecordedConversation conversation in transcript.Conversations)
            {
                requests += conversation.Requests.Count;
                string name = transcript.Conversations.Count == 1 ? context.Short(input.Path) : $"{context.Short(input.Path)} ({conversation.Name})";
                found.AddRange(Of(name, conversation, cancellationToken));
            }
        }

        int more = found.Count - MaxLines;
        if (more > 0) found = [.. found.Take(MaxLines), Finding.Warning($"and {more} more", "headroom audit shows them, with what they cost")];
        if (inputs.Length > MaxFiles) found.Add(Finding.Warning($"only the first {MaxFiles} files were looked at", "headroom audit reads all of them"));
        if (found.Count == 0) found.Add(Finding.Ok($"{Figure.Of(files, "recording")}, {Figure.Of(requests, "request")}: every request begins with the one before"));
        return Task.FromResult<IReadOnlyList<Finding>>(found);
    }

    /// <summary>The newest sessions of the agents that record theirs.</summary>
    private static IEnumerable<AuditInput> Recent(DoctorContext context)
    {
        string[] folders = [Path.Combine(ClaudeSettings.FolderOf(context.Agent), "projects"), Path.Combine(CodexSettings.FolderOf(context.Agent), "sessions")];
        return folders.Where(Directory.Exists).SelectMany(f => AuditInput.Find([f]).Select(i => new FileInfo(i.Path)).Where(i => i is { Exists: true, Length: <= MaxBytes })
            .OrderByDescending(i => i.LastWriteTimeUtc).Take(Newest)).Select(i => new AuditInput(i.FullName, IsNamed: false));
    }

    private static Transcript? Read(AuditInput input, List<Finding> found, DoctorContext context)
    {
        try
        {
            return TranscriptReader.Read(File.ReadAllBytes(input.Path));
        }
        catch (TranscriptException e)
        {
            if (input.IsNamed) found.Add(Finding.Problem($"{context.Short(input.Path)} is no recording: {e.Message}", "docs/audit.md says which formats are known"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (input.IsNamed) found.Add(Finding.Problem($"{context.Short(input.Path)} cannot be read", "check the path"));
        }

        return null;
    }

    private static IEnumerable<Finding> Of(string name, RecordedConversation conversation, CancellationToken cancellationToken)
    {
        foreach (VolatilePrompt volatilePrompt in RecordedPrompt.VolatileIn(conversation.Requests[0]))
            yield return Finding.Warning($"{name}: {PrefixBreak.NameOf(volatilePrompt.Kind)} in {volatilePrompt.Part}, character {volatilePrompt.Offset}: {PlaceNames.HowOften(volatilePrompt.Kind)}", PlaceNames.Advice);
        var parts = new AuditedParts(TokenEstimator.Instance);
        HashSet<(string, PrefixChange, VolatileTextKind?)> said = [];
        for (int i = 1; i < conversation.Requests.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            RecordedRequest before = conversation.Requests[i - 1], request = conversation.Requests[i];
            // What the agent or its user meant to do is no accident, and requests that share a history go on from each other.
            bool isMeant = request.Change is HistoryChange.Compacted or HistoryChange.Branched;
            bool goesOn = ReferenceEquals(before.History, request.History) && before.Count <= request.Count && before.Tools.SequenceEqual(request.Tools, StringComparer.Ordinal);
            if (isMeant || goesOn || before.Model != request.Model || RecordedPrompt.Compare(before, request, parts) is not { } broken) continue;
            if (!said.Add((broken.Part, broken.Change, broken.Volatile))) continue; // once is enough
            string line = broken.Message is { } message && request.History[message - 1].Line is > 0 and var at ? $" (line {at})" : "";
            yield return Finding.Warning($"{name}, request {i + 1}{line}: {broken}", PlaceNames.Advice);
        }
    }
}
