using Headroom.Cli.Input;
using Headroom.Cli.Transcripts;

namespace Headroom.Cli.Audit;

/// <summary>Audits files. A file that cannot be audited is reported, and the others are audited all the same.</summary>
internal sealed class Auditor(AuditOptions options, TranscriptFormat? format)
{
    /// <summary>Audits one file.</summary>
    /// <param name="input">The file.</param>
    /// <param name="onProgress">Is told the share of the file that was done since it was last told.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<FileAudit> RunAsync(AuditInput input, Action<double> onProgress, CancellationToken cancellationToken)
    {
        try
        {
            Transcript transcript = TranscriptReader.Read(InputText.ReadBytes(input.Path), format);
            List<ConversationAudit> audits = [];
            int requests = transcript.Conversations.Sum(c => c.Requests.Count);
            foreach (RecordedConversation conversation in transcript.Conversations)
            {
                var auditor = new ConversationAuditor(conversation, options);
                audits.Add(await auditor.RunAsync(() => onProgress(1.0 / requests), cancellationToken).ConfigureAwait(false));
            }

            return new FileAudit(input.Name)
            {
                Format = transcript.Format,
                Conversations = audits,
                BrokenLines = transcript.BrokenLines,
                FirstBroken = transcript.FirstBroken,
            };
        }
        catch (CliException e)
        {
            return new FileAudit(input.Name) { Problem = e.Message, ExitCode = e.ExitCode };
        }
        catch (TranscriptException e)
        {
            return new FileAudit(input.Name) { Problem = $"cannot audit {input.Name}: {e.Message}.", ExitCode = ExitCodes.BadData };
        }
#pragma warning disable CA1031 // A failure nobody foresaw costs this file, not the others.
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            string problem = $"cannot audit {input.Name}: unexpected failure: {e.Message} Please report it.";
            return new FileAudit(input.Name) { Problem = problem, ExitCode = ExitCodes.Failure };
        }
    }
}
