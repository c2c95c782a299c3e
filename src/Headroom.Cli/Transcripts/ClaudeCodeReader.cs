using System.Text.Json;
using Headroom.Cli.Wire;

namespace Headroom.Cli.Transcripts;

/// <summary>Reads session files of Claude Code. Sub-agents whose lines stand in the file of the main conversation are conversations of their own.</summary>
/// <remarks>
/// A turn of the model stands in several lines, one a block, all with the same message id and the same usage, and results of calls it made
/// side by side stand between them. So lines are taken in the order of the file, and parents tell only where a user went back.
/// </remarks>
internal sealed class ClaudeCodeReader(TranscriptRecords records)
{
    private const string Main = "main";

    private readonly Dictionary<string, ConversationBuilder> _builders = new(StringComparer.Ordinal);
    private readonly List<ConversationBuilder> _order = [];
    private readonly Dictionary<string, Place> _places = new(StringComparer.Ordinal);
    private readonly Dictionary<(ConversationBuilder, string), RecordedRequest> _turns = [];
    private readonly Dictionary<ConversationBuilder, int> _compactions = [];

    /// <summary>Where a line stands: how many messages its conversation has with it, since the last of so many compactions.</summary>
    private readonly record struct Place(ConversationBuilder Builder, int Compactions, int Count);

    public List<RecordedConversation> Read()
    {
        foreach (TranscriptRecord record in records.Read())
        {
            if (!Line(record.Value, record.Line)) records.Broken(record.Line);
        }

        return [.. _order.Select(b => b.Build())];
    }

    private bool Line(JsonElement line, int number)
    {
        string? type = line.Text("type"), uuid = line.Text("uuid");
        if (type is null) return false;
        if (uuid is not null && _places.ContainsKey(uuid)) return true; // a resumed session repeats the lines it goes on from
        ConversationBuilder builder = BuilderOf(line);
        if (type is "user" or "assistant")
        {
            if (line.Object("message") is not { } message) return false;
            if (!line.IsTrue("isApiErrorMessage") && message.Text("model") != "<synthetic>") // written by the tool, never sent
            {
                if (type == "assistant") Turn(builder, line, message, number);
                else Input(builder, line, message, number);
            }
        }
        else if (type == "system" && line.Text("subtype") == "compact_boundary")
        {
            builder.Restart([], HistoryChange.Compacted);
            _compactions[builder] = CompactionsOf(builder) + 1;
        }

        Place here = new(builder, CompactionsOf(builder), builder.History.Count);
        // What is no message stands where its parent does.
        if (uuid is not null) _places[uuid] = type is "user" or "assistant" ? here : PlaceOfParent(builder, line) ?? here;
        return true;
    }

    private int CompactionsOf(ConversationBuilder builder) => _compactions.GetValueOrDefault(builder);

    /// <summary>Where the parent of a line stands in the history as it is now; <see langword="null"/> where that is not known.</summary>
    private Place? PlaceOfParent(ConversationBuilder builder, JsonElement line) =>
        line.Text("parentUuid") is { } parent && _places.TryGetValue(parent, out Place place)
            && place.Builder == builder && place.Compactions == CompactionsOf(builder)
            ? place
            : null;

    private void Input(ConversationBuilder builder, JsonElement line, JsonElement message, int number)
    {
        if (MessageReader.Read(message, number, line.Moment("timestamp")) is not { Parts.Count: > 0 } read) return;
        if (read.Parts.TrueForAll(p => p.Kind != RecordedPartKind.Result) && !line.IsTrue("isMeta")) GoBackTo(builder, line);
        builder.Add(read);
    }

    private void Turn(ConversationBuilder builder, JsonElement line, JsonElement message, int number)
    {
        if (MessageReader.Read(message, number, line.Moment("timestamp")) is not { } read) return;
        string? id = message.Text("id"), request = line.Text("requestId");
        WireUsage? usage = UsageReader.Read(message.Object("usage"));
        RecordedRequest? turn = (id ?? request) is { } key ? _turns.GetValueOrDefault((builder, key)) : null;
        if (turn is not null && (id is not null || (builder.History.Count > 0 && builder.History[^1] == turn.Answer))) // without ids of messages only lines side by side are one turn
        {
            turn.Answer.Parts.AddRange(read.Parts);
            // The first lines are written while the answer still streams: their output is not all of it.
            if (usage is { } later && later.Counts.Output >= (turn.Usage?.Counts.Output ?? 0)) turn.Usage = later;
            return;
        }

        GoBackTo(builder, line);
        builder.Model = message.Text("model") ?? builder.Model;
        turn = builder.Answer(read);
        turn.Usage = usage;
        if ((id ?? request) is { } known) _turns[(builder, known)] = turn;
    }

    /// <summary>Where the parent of a line is followed by a turn of the model, the user went back to it: what came since is not sent any more.</summary>
    private void GoBackTo(ConversationBuilder builder, JsonElement line)
    {
        bool isFirst = line.Has("parentUuid") && line.Field("parentUuid") is null;
        int count = isFirst ? 0 : PlaceOfParent(builder, line)?.Count ?? builder.History.Count;
        if (builder.History.Skip(count).Any(m => m.Role == ItemRole.Assistant)) builder.GoBack(count);
    }

    private ConversationBuilder BuilderOf(JsonElement line)
    {
        string name = line.Text("parent_tool_use_id") ?? Main;
        if (line.IsTrue("isSidechain"))
        {
            // Where the agent has no id, its lines hang together by their parents.
            name = line.Text("agentId")
                ?? (line.Text("parentUuid") is { } parent && _places.TryGetValue(parent, out Place place) && place.Builder.Name != Main ? place.Builder.Name : null)
                ?? "agent " + (line.Text("uuid") ?? "");
        }

        if (!_builders.TryGetValue(name, out ConversationBuilder? builder))
        {
            _builders.Add(name, builder = new ConversationBuilder(name));
            _order.Add(builder);
        }

        return builder;
    }
}
