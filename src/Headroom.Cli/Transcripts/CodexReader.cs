using System.Text.Json;
using Headroom.Cli.Wire;
using Headroom.Economics;

namespace Headroom.Cli.Transcripts;

/// <summary>Reads rollout files of Codex, with the envelope of today and the bare items of early versions.</summary>
internal sealed class CodexReader(TranscriptRecords records)
{
    private readonly ConversationBuilder _builder = new("1");
    private RecordedMessage? _turn;
    private ReportedUsage _total;

    public List<RecordedConversation> Read()
    {
        foreach (TranscriptRecord record in records.Read())
        {
            JsonElement value = record.Value;
            if (value.Object("payload") is { } payload) Line(value.Text("type"), payload, record.Line, value.Moment("timestamp"));
            else if (value.Text("type") is not null) Item(value, record.Line, null);
            else if (value.Has("instructions")) Instructions(value, record.Line);
            else if (!value.Has("record_type")) records.Broken(record.Line);
        }

        return [_builder.Build()];
    }

    private void Line(string? type, JsonElement payload, int line, DateTimeOffset? at)
    {
        switch (type)
        {
            case "session_meta":
                Instructions(payload, line);
                break;
            case "turn_context":
                _builder.Model = payload.Text("model") ?? _builder.Model;
                break;
            case "response_item":
                Item(payload, line, at);
                break;
            case "compacted":
                Compacted(payload, line);
                break;
            case "event_msg" when payload.Text("type") == "token_count":
                Usage(payload.Object("info"));
                break;
            case "event_msg" when payload.Text("type") == "thread_rolled_back":
                RollBack(payload.Count("num_turns") ?? 1);
                break;
        }
    }

    /// <summary>The base prompt; a fork has those of its parents behind its own.</summary>
    private void Instructions(JsonElement meta, int line)
    {
        if (_builder.History.Count > 0) return;
        if ((meta.Object("base_instructions")?.Text("text") ?? meta.Text("instructions")) is { Length: > 0 } text) Add(ItemRole.System, text, line);
        _builder.Tools = [.. (meta.Field("dynamic_tools")?.Items() ?? []).Select(MessageReader.Tool)];
    }

    private void Item(JsonElement item, int line, DateTimeOffset? at)
    {
        RecordedMessage? read = ResponseItemReader.Read(item, line, at);
        if (!ResponseItemReader.IsOfModel(item))
        {
            if (read is not { Parts.Count: > 0 }) return;
            _turn = null;
            _builder.Add(read);
            return;
        }

        if (_turn is null) _builder.Answer(_turn = read ?? new RecordedMessage(ItemRole.Assistant, line) { At = at });
        else if (read is not null) _turn.Parts.AddRange(read.Parts);
    }

    /// <summary>Usage comes once an answer is complete. Refreshed rate limits repeat it: the total tells that nothing was sent.</summary>
    private void Usage(JsonElement? info)
    {
        if (info is not { } given || UsageReader.Read(given.Object("total_token_usage")) is not { Counts: var total } || total == _total) return;
        WireUsage usage = UsageReader.Read(given.Object("last_token_usage")) ?? new WireUsage(Difference(total, _total), 0);
        _total = total;
        _turn = null;
        if (_builder.Last is { Usage: null } request) request.Usage = usage;
    }

    private void Compacted(JsonElement payload, int line)
    {
        _turn = null;
        List<RecordedMessage> messages = [.. _builder.History.TakeWhile(m => m.Role == ItemRole.System).Take(1)];
        foreach (JsonElement item in payload.List("replacement_history"))
        {
            if (ResponseItemReader.Read(item, line) is { Parts.Count: > 0 } message) messages.Add(message);
        }

        // Before there was a replacement, the messages of the user stayed and the summary followed.
        if (!payload.IsArray("replacement_history")) messages.AddRange(_builder.History.Where(m => m.Role == ItemRole.User));
        _builder.Restart(messages, HistoryChange.Compacted);
        if (!payload.IsArray("replacement_history") && payload.Text("message") is { Length: > 0 } summary) Add(ItemRole.User, summary, line);
    }

    private void RollBack(long turns)
    {
        _turn = null;
        int count = _builder.History.Count;
        for (; turns > 0 && count > 0; turns--)
        {
            do count--;
            while (count > 0 && _builder.History[count].Role != ItemRole.User);
        }

        _builder.GoBack(count);
    }

    private void Add(ItemRole role, string text, int line)
    {
        var message = new RecordedMessage(role, line);
        message.Parts.Add(new RecordedPart(RecordedPartKind.Text, text));
        _builder.Add(message);
    }

    private static ReportedUsage Difference(ReportedUsage now, ReportedUsage before) => new(
        Math.Max(0, now.Input - before.Input), Math.Max(0, now.CachedRead - before.CachedRead),
        Math.Max(0, now.CacheWritten - before.CacheWritten), Math.Max(0, now.Output - before.Output));
}
