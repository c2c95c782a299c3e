using System.Text.Json;
using Headroom.Economics;

namespace Headroom.Cli.Wire;

/// <summary>Writes figures of the ledger, under the same names wherever they are printed.</summary>
internal static class LedgerJson
{
    /// <summary>The members of an object that holds a balance; more may follow.</summary>
    public static void WriteMembers(Utf8JsonWriter json, TokenBalance balance)
    {
        json.WriteNumber("before", balance.Before);
        json.WriteNumber("after", balance.After);
        json.WriteNumber("toolDeclaration", balance.Overhead.ToolDeclaration);
        json.WriteNumber("markers", balance.Overhead.Markers);
        json.WriteNumber("retrieval", balance.Overhead.Retrieval);
        json.WriteNumber("sent", balance.Sent);
        json.WriteNumber("net", balance.Net);
    }

    /// <summary>An object that says where tokens came from.</summary>
    public static void Write(Utf8JsonWriter json, string name, CacheUsage usage)
    {
        json.WriteStartObject(name);
        json.WriteNumber("read", usage.CachedRead);
        json.WriteNumber("written", usage.Written);
        json.WriteNumber("uncached", usage.Uncached);
        json.WriteEndObject();
    }
}
