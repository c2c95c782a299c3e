using System.Text.Json;
using Headroom.Cli.Wire;
using Headroom.Economics;

namespace Headroom.Cli.Proxy.Endpoints;

/// <summary>Writes figures of the ledger as members of a JSON object.</summary>
internal static class FiguresJson
{
    public static void Write(Utf8JsonWriter json, LedgerFigures figures)
    {
        json.WriteNumber("conversations", figures.Conversations);
        json.WriteNumber("requests", figures.Requests);
        json.WriteNumber("retrievalRounds", figures.RetrievalRounds);
        json.WriteNumber("partialRequests", figures.PartialRequests);
        Write(json, "wholeWire", figures.WholeWire);
        Write(json, "newInput", figures.NewInput);
        Write(json, "touchedItems", figures.TouchedItems);
        LedgerJson.Write(json, "cacheWithout", figures.CacheWithout);
        LedgerJson.Write(json, "cacheSent", figures.CacheSent);
        json.WriteNumber("retrievalOutput", figures.RetrievalOutput);
        json.WriteNumber("reportedRequests", figures.ReportedRequests);
        json.WriteStartObject("reported");
        json.WriteNumber("input", figures.Reported.Input);
        json.WriteNumber("cachedRead", figures.Reported.CachedRead);
        json.WriteNumber("cacheWritten", figures.Reported.CacheWritten);
        json.WriteNumber("output", figures.Reported.Output);
        json.WriteEndObject();
        if (figures.Money is { } money) Write(json, money);
        else json.WriteNull("dollars");
    }

    private static void Write(Utf8JsonWriter json, string name, TokenBalance balance)
    {
        json.WriteStartObject(name);
        LedgerJson.WriteMembers(json, balance);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, LedgerMoney money)
    {
        json.WriteStartObject("dollars");
        json.WriteNumber("requests", money.Requests);
        json.WriteNumber("without", money.Without);
        json.WriteNumber("sent", money.Sent);
        json.WriteNumber("net", money.Net);
        json.WriteNumber("reportedRequests", money.ReportedRequests);
        json.WriteNumber("reported", money.Reported);
        json.WriteEndObject();
    }
}
