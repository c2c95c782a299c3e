using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Headroom.Cli.Transcripts;
using Headroom.Cli.Wire;
using Headroom.Economics;

namespace Headroom.Cli.Audit.Reports;

/// <summary>Writes an audit as one JSON object. The shape is documented in docs/audit.md: members may be added to it, and none changes its meaning.</summary>
internal static class AuditJson
{
    private const int Schema = 1;

    public static void Write(Stream output, AuditReport report)
    {
        using var json = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        json.WriteNumber("schema", Schema);
        Settings(json, report);
        Array(json, "files", report.Files, File);
        json.WriteStartObject("total");
        json.WriteNumber("conversations", report.Conversations.Count);
        Figures(json, report.Figures, report.Hidden);
        Cost(json, "cost", report.Priced);
        Cost(json, "costWithoutPrices", report.Unpriced);
        Reported(json, report.Reported);
        Cache(json, report.Cache);
        json.WriteEndObject();
        Array(json, "byKind", report.ByKind, Group);
        Array(json, "byTool", report.ByTool, Group);
        Array(json, "heaviest", report.Heaviest, (j, i) => Item(j, i.Item, i.In));
        Array(json, "conversations", report.Conversations, Conversation);
        json.WriteEndObject();
        json.Flush();
        output.WriteByte((byte)'\n');
    }

    private static void Settings(Utf8JsonWriter json, AuditReport report)
    {
        json.WriteStartObject("settings");
        json.WriteString("mode", OutcomeJson.NameOf(report.Options.Mode));
        json.WriteBoolean("retrieval", report.Options.Retrieval);
        Number(json, "contextWindow", report.Options.ContextWindow);
        json.WriteString("model", report.Options.Model);
        json.WriteString("pricesAsOf", report.Options.Prices.AsOf.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        json.WriteString("counter", Tokens.O200kTokenCounter.Instance.Name);
        json.WriteEndObject();
    }

    private static void File(Utf8JsonWriter json, FileAudit file)
    {
        json.WriteString("file", file.Name);
        json.WriteString("format", file.Format is { } format ? TranscriptFormats.NameOf(format) : null);
        json.WriteNumber("conversations", file.Conversations.Count);
        json.WriteNumber("brokenLines", file.BrokenLines);
        if (file.BrokenLines > 0) json.WriteNumber("firstBrokenLine", file.FirstBroken);
        if (file.Problem is { } problem) json.WriteString("problem", problem);
    }

    private static void Figures(Utf8JsonWriter json, LedgerFigures figures, long hidden)
    {
        json.WriteNumber("requests", figures.Requests - figures.RetrievalRounds);
        json.WriteNumber("estimatedRetrievalRounds", figures.RetrievalRounds);
        json.WriteNumber("tokensNotInTranscript", hidden);
        Balance(json, "wholeWire", figures.WholeWire);
        Balance(json, "newInput", figures.NewInput);
        Balance(json, "touchedItems", figures.TouchedItems);
        LedgerJson.Write(json, "cacheWithout", figures.CacheWithout);
        LedgerJson.Write(json, "cacheSent", figures.CacheSent);
    }

    private static void Balance(Utf8JsonWriter json, string name, TokenBalance balance)
    {
        json.WriteStartObject(name);
        LedgerJson.WriteMembers(json, balance);
        Share(json, "netShare", balance.NetShare);
        json.WriteEndObject();
    }

    private static void Cost(Utf8JsonWriter json, string name, AuditCost? cost)
    {
        if (cost is null)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartObject(name);
        json.WriteString("unit", cost.IsPriced ? "USD" : "inputTokens");
        json.WriteNumber("without", Math.Round(cost.Without, 6));
        json.WriteNumber("sent", Math.Round(cost.Sent, 6));
        json.WriteNumber("net", Math.Round(cost.Net, 6));
        Share(json, "netShare", cost.NetShare);
        json.WriteNumber("output", Math.Round(cost.Output, 6));
        json.WriteNumber("reportedRequests", cost.ReportedRequests);
        json.WriteNumber("reported", Math.Round(cost.Reported, 6));
        json.WriteNumber("modelledOfReported", Math.Round(cost.OfReported, 6));
        json.WriteEndObject();
    }

    private static void Reported(Utf8JsonWriter json, ReportedUsage usage)
    {
        json.WriteStartObject("reported");
        json.WriteNumber("input", usage.Input);
        json.WriteNumber("cacheRead", usage.CachedRead);
        json.WriteNumber("cacheWritten", usage.CacheWritten);
        json.WriteNumber("output", usage.Output);
        json.WriteEndObject();
    }

    private static void Cache(Utf8JsonWriter json, CacheComparison cache)
    {
        json.WriteStartObject("cacheModel");
        json.WriteNumber("requests", cache.Requests);
        json.WriteNumber("input", cache.Input);
        json.WriteNumber("recordedRead", cache.Recorded);
        json.WriteNumber("modelledRead", cache.Modelled);
        Share(json, "error", cache.Error);
        Share(json, "meanApart", cache.MeanApart);
        json.WriteEndObject();
    }

    private static void Group(Utf8JsonWriter json, ItemGroup group)
    {
        json.WriteString("name", group.Name);
        json.WriteNumber("results", group.Results);
        json.WriteNumber("changed", group.Changed);
        json.WriteNumber("cut", group.Cut);
        json.WriteNumber("neededAgain", group.NeededAgain);
        json.WriteNumber("before", group.Before);
        json.WriteNumber("after", group.After);
        json.WriteNumber("wireBefore", group.WireBefore);
        json.WriteNumber("wireSent", group.WireSent);
    }

    private static void Item(Utf8JsonWriter json, AuditedItem item, ReportedConversation? conversation)
    {
        if (conversation is not null)
        {
            json.WriteString("file", conversation.File.Name);
            json.WriteString("conversation", conversation.Audit.Name);
        }

        json.WriteString("tool", item.Tool);
        json.WriteNumber("line", item.Line);
        json.WriteNumber("request", item.Request);
        json.WriteString("kind", item.Kind);
        json.WriteString("form", OutcomeJson.NameOf(item.Form));
        json.WriteString("reason", OutcomeJson.NameOf(item.Reason));
        if (item.GaveWay) json.WriteBoolean("gaveWay", true);
        json.WriteNumber("tokensBefore", item.TokensBefore);
        json.WriteNumber("tokensAfter", item.TokensAfter);
        json.WriteNumber("timesSent", item.TimesSent);
        json.WriteNumber("wireBefore", item.WireBefore);
        json.WriteNumber("wireSent", item.WireSent);
        json.WriteNumber("estimatedRetrievals", item.Retrievals);
    }

    private static void Conversation(Utf8JsonWriter json, ReportedConversation conversation)
    {
        ConversationAudit audit = conversation.Audit;
        json.WriteString("file", conversation.File.Name);
        json.WriteString("conversation", audit.Name);
        json.WriteStartArray("models");
        foreach (string model in audit.Models) json.WriteStringValue(model);
        json.WriteEndArray();
        json.WriteBoolean("canRetrieve", audit.CanRetrieve);
        Figures(json, audit.Figures, (long)audit.Fit.Hidden * audit.Turns.Count);
        json.WriteNumber("providerTokensPerCounted", Math.Round(audit.Fit.Scale, 4));
        json.WriteNumber("output", audit.Output);
        Cost(json, "cost", audit.Cost);
        Reported(json, audit.Reported);
        Cache(json, audit.Cache);
        Array(json, "breaks", audit.Breaks, Break);
        Array(json, "volatile", audit.Volatile, Volatile);
        Array(json, "items", audit.Items, (j, i) => Item(j, i, null));
        Array(json, "turns", audit.Turns, Turn);
    }

    private static void Break(Utf8JsonWriter json, CacheBreak found)
    {
        json.WriteNumber("request", found.Request);
        json.WriteString("reason", OutcomeJson.NameOf(found.Reason));
        json.WriteNumber("lostTokens", found.LostTokens);
        if (found.Line > 0) json.WriteNumber("line", found.Line);
        if (found.Prefix is { } prefix)
        {
            json.WriteString("change", OutcomeJson.NameOf(prefix.Change));
            json.WriteString("part", prefix.Part);
            json.WriteNumber("offset", prefix.Offset);
            if (prefix.Volatile is { } kind) json.WriteString("volatile", OutcomeJson.NameOf(kind));
        }

        if (found.Gap is { } gap) json.WriteNumber("seconds", Math.Round(gap.TotalSeconds, 1));
    }

    private static void Volatile(Utf8JsonWriter json, VolatilePrompt found)
    {
        json.WriteString("part", found.Part);
        json.WriteString("kind", OutcomeJson.NameOf(found.Kind));
        json.WriteNumber("offset", found.Offset);
    }

    private static void Turn(Utf8JsonWriter json, AuditedTurn turn)
    {
        json.WriteNumber("request", turn.Number);
        LedgerJson.Write(json, "without", turn.Without);
        LedgerJson.Write(json, "sent", turn.Sent);
        json.WriteNumber("estimatedRetrievals", turn.Retrievals);
        if (turn.Reported is { } reported)
        {
            Reported(json, reported);
            json.WriteNumber("modelledRead", turn.ModelledRead);
        }
    }

    private static void Array<T>(Utf8JsonWriter json, string name, IEnumerable<T> values, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartArray(name);
        foreach (T value in values)
        {
            json.WriteStartObject();
            write(json, value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Number(Utf8JsonWriter json, string name, int? value)
    {
        if (value is { } number) json.WriteNumber(name, number);
        else json.WriteNull(name);
    }

    private static void Share(Utf8JsonWriter json, string name, double? share)
    {
        if (share is { } value) json.WriteNumber(name, Math.Round(value, 6));
        else json.WriteNull(name);
    }
}
