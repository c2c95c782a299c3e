using System.Text.Json;
using Headroom.Cli.Audit;
using Headroom.Cli.Tests.Transcripts;
using Headroom.Cli.Transcripts;
using Headroom.Economics;

namespace Headroom.Cli.Tests.Audit;

/// <summary>Makes small conversations and audits them.</summary>
internal static class AuditRun
{
    /// <summary>A text of exactly so many tokens (of o200k_base) that no compressor is asked about when the user says it.</summary>
    public static string Words(int count) => string.Concat(Enumerable.Repeat(" a", count));

    public static string User(string text) => JsonSerializer.Serialize(new { role = "user", content = text });

    public static string System(string text) => JsonSerializer.Serialize(new { role = "system", content = text });

    public static string Answer(string text, object? usage = null) => JsonSerializer.Serialize(new { role = "assistant", content = text, usage });

    public static string Call(string id, string name, string arguments) =>
        JsonSerializer.Serialize(new { role = "assistant", tool_calls = new[] { new { id, type = "function", function = new { name, arguments } } } });

    public static string Result(string id, string text) => JsonSerializer.Serialize(new { role = "tool", tool_call_id = id, content = text });

    public static object Usage(long input, long cached, long output) =>
        new { prompt_tokens = input, completion_tokens = output, prompt_tokens_details = new { cached_tokens = cached } };

    public static Task<ConversationAudit> Of(AuditOptions options, params string[] lines) => Of(TestTranscripts.Of(lines).Conversations.Single(), options);

    public static Task<ConversationAudit> Of(RecordedConversation conversation, AuditOptions options) =>
        new ConversationAuditor(conversation, options).RunAsync(() => { }, CancellationToken.None);

    /// <summary>The audit of files of <c>Data</c>.</summary>
    public static async Task<AuditReport> Report(AuditOptions options, params string[] files)
    {
        List<FileAudit> audits = [];
        foreach (string file in files) audits.Add(await new Auditor(options, null).RunAsync(new AuditInput(TestTranscripts.PathOf(file), IsNamed: true), _ => { }, CancellationToken.None));
        return new AuditReport(options, 10, audits);
    }

    public static PriceTable Prices(string model, double input, double write, double read, double output) => PriceTable.Parse(
        JsonSerializer.Serialize(new { asOf = "2026-11-01", models = new Dictionary<string, object> { [model] = new { input, cacheWrite = write, cacheRead = read, output } } }));
}
