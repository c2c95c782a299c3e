using System.Buffers;
using System.Text.Json;
using Headroom.Cli.Proxy.Accounts;
using Headroom.Cli.Proxy.PrefixCache;
using Headroom.Cli.Wire;
using Headroom.Economics;
using Headroom.PromptCaching;

namespace Headroom.Cli.Proxy.Endpoints;

/// <summary>Writes what the proxy is and what it did, as JSON.</summary>
internal sealed class ProxyReport(ProxySettings settings, ConversationCompressor compressor, ProxyAccounts accounts)
{
    private readonly DateTimeOffset _started = DateTimeOffset.UtcNow;

    /// <summary>Who answers, how it is set up.</summary>
    public ReadOnlyMemory<byte> Health() => Write(json =>
    {
        json.WriteStartObject();
        WriteIdentity(json);
        json.WriteEndObject();
    });

    /// <summary>Everything that is counted.</summary>
    public ReadOnlyMemory<byte> Stats()
    {
        LedgerSnapshot ledger = accounts.Ledger.Snapshot();
        return Write(json =>
        {
            json.WriteStartObject();
            json.WriteStartObject("proxy");
            WriteIdentity(json);
            json.WriteEndObject();
            json.WriteString("pricesAsOf", ledger.PricesAsOf.ToString("yyyy-MM-dd", null));
            json.WriteStartArray("counters");
            foreach (string counter in ledger.Counters) json.WriteStringValue(counter);
            json.WriteEndArray();
            WriteRequests(json);
            json.WriteStartObject("total");
            FiguresJson.Write(json, compressor.IsShadow ? ledger.Shadow : ledger.Compressed);
            json.WriteEndObject();
            WriteSessions(json, ledger);
            WriteItems(json);
            WritePrefixes(json, accounts.Prefixes.Figures);
            json.WriteEndObject();
        });
    }

    private void WriteIdentity(Utf8JsonWriter json)
    {
        json.WriteString("name", "headroom");
        json.WriteString("version", ToolVersion.Text);
        json.WriteString("status", "ok");
        json.WriteNumber("pid", Environment.ProcessId);
        json.WriteString("started", _started);
        json.WriteString("mode", OutcomeJson.NameOf(compressor.Mode));
        json.WriteBoolean("shadow", compressor.IsShadow);
        if (settings.Options.ContextWindowTokens is { } window) json.WriteNumber("contextWindow", window);
        else json.WriteNull("contextWindow");
        json.WriteString("store", settings.Store);
        json.WriteNumber("maxBody", settings.MaxBody);
        json.WriteString("wrap", settings.Wrap);
        json.WriteStartArray("upstreams");
        foreach (Upstream upstream in settings.Upstreams.All)
        {
            json.WriteStartObject();
            json.WriteString("name", upstream.Name);
            json.WriteString("prefix", upstream.Prefix);
            json.WriteString("address", upstream.Address);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void WriteRequests(Utf8JsonWriter json)
    {
        json.WriteStartArray("requests");
        foreach (((string Body, Forwarding.Delivery Delivery) key, long count) in accounts.Requests)
        {
            json.WriteStartObject();
            json.WriteString("body", key.Body);
            json.WriteString("delivery", OutcomeJson.NameOf(key.Delivery));
            json.WriteNumber("count", count);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartObject("failures");
        foreach ((string stage, long count) in accounts.Failures) json.WriteNumber(stage, count);
        json.WriteEndObject();
    }

    private static void WriteSessions(Utf8JsonWriter json, LedgerSnapshot ledger)
    {
        json.WriteStartArray("sessions");
        foreach (ConversationFigures conversation in ledger.Conversations)
        {
            json.WriteStartObject();
            json.WriteString("name", conversation.Conversation);
            json.WriteString("model", conversation.Model);
            FiguresJson.Write(json, conversation.Figures);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("droppedSessions", ledger.DroppedConversations);
    }

    private void WriteItems(Utf8JsonWriter json)
    {
        json.WriteStartArray("kinds");
        foreach (KindFigures kind in accounts.Items.Kinds.OrderByDescending(k => k.Before - k.After))
        {
            json.WriteStartObject();
            json.WriteString("kind", kind.Kind);
            json.WriteNumber("items", kind.Items);
            json.WriteNumber("changed", kind.Changed);
            json.WriteNumber("before", kind.Before);
            json.WriteNumber("after", kind.After);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartObject("reasons");
        foreach ((OutcomeReason reason, long count) in accounts.Items.Reasons) json.WriteNumber(OutcomeJson.NameOf(reason), count);
        json.WriteEndObject();
    }

    private static void WritePrefixes(Utf8JsonWriter json, PrefixFigures figures)
    {
        json.WriteStartObject("promptCache");
        json.WriteNumber("breaks", figures.Total);
        json.WriteNumber("lostTokens", figures.LostTokens);
        json.WriteStartArray("places");
        foreach (BrokenPlace place in figures.Places) WritePlace(json, place);
        json.WriteEndArray();
        json.WriteStartArray("volatile");
        foreach (VolatilePlace place in figures.Volatile)
        {
            json.WriteStartObject();
            json.WriteString("part", place.Part);
            json.WriteString("kind", OutcomeJson.NameOf(place.Kind));
            json.WriteNumber("offset", place.Offset);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WritePlace(Utf8JsonWriter json, BrokenPlace place)
    {
        PrefixBreak found = place.Break;
        json.WriteStartObject();
        json.WriteString("session", place.Conversation);
        json.WriteNumber("count", place.Count);
        json.WriteString("part", found.Part);
        if (found.Message is { } message) json.WriteNumber("message", message);
        json.WriteNumber("offset", found.Offset);
        json.WriteString("change", OutcomeJson.NameOf(found.Change));
        if (found.Volatile is { } kind) json.WriteString("volatile", OutcomeJson.NameOf(kind));
        json.WriteString("cause", found.Cause);
        json.WriteNumber("lostTokens", found.LostTokens ?? 0);
        json.WriteEndObject();
    }

    private static ReadOnlyMemory<byte> Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer)) write(json);
        buffer.Write("\n"u8);
        return buffer.WrittenMemory;
    }
}
