using System.Collections.Frozen;
using System.Text.Json;
using Headroom.Cli.Wire;

namespace Headroom.Cli.Mcp.Gateway;

/// <summary>What a server says about one of its tools that matters for its results.</summary>
/// <param name="Name">Its name.</param>
/// <param name="ReadOnly">Its hint that it changes nothing.</param>
/// <param name="Destructive">Its hint that it destroys something.</param>
/// <param name="HasOutputSchema">Whether it demands structured content.</param>
/// <param name="HasInterface">Whether structured content is shown to the user, in an interface of the tool's own.</param>
/// <param name="FreeTexts">Members of its structured content that may be any text.</param>
internal sealed record ToolFacts(string Name, bool? ReadOnly, bool? Destructive, bool HasOutputSchema, bool HasInterface, FrozenSet<string> FreeTexts)
{
    /// <summary>Keywords beside which a string may still be any string.</summary>
    private static readonly FrozenSet<string> Remarks = ["type", "title", "description", "default", "examples"];

    /// <summary>Keywords beside which the schemas of members still say all there is to say about each.</summary>
    private static readonly FrozenSet<string> PlainObject = ["type", "title", "description", "properties", "required", "additionalProperties", "$schema"];

    public static ToolFacts? Read(RpcMessage list, JsonSpan tool)
    {
        JsonSpan[] members = list.Members(tool, "name", "annotations", "outputSchema", "_meta");
        if (list.TextOf(members[0]) is not { } name) return null;
        JsonSpan[] hints = list.Members(members[1], "readOnlyHint", "destructiveHint");
        bool hasSchema = members[2].Kind == JsonTokenType.StartObject;
        return new ToolFacts(name, Flag(hints[0]), Flag(hints[1]), hasSchema, NamesInterface(list.Bytes.Span, members[3]), hasSchema ? FreeTextsOf(list, members[2]) : []);
    }

    /// <summary>Whether metadata of a tool or a result name an interface. There are two conventions.</summary>
    public static bool NamesInterface(ReadOnlySpan<byte> line, JsonSpan meta) =>
        meta.Kind == JsonTokenType.StartObject && meta.Names(line).Any(n => n is "ui" or "openai/outputTemplate" || n.StartsWith("ui/", StringComparison.Ordinal));

    private static FrozenSet<string> FreeTextsOf(RpcMessage list, JsonSpan schema)
    {
        ReadOnlySpan<byte> line = list.Bytes.Span;
        if (schema.Names(line).Any(n => !PlainObject.Contains(n) && !n.StartsWith("x-", StringComparison.Ordinal))) return [];
        JsonSpan properties = list.Member(schema, "properties");
        List<string> free = [];
        foreach (string name in properties.Kind == JsonTokenType.StartObject ? properties.Names(line) : [])
        {
            JsonSpan property = list.Member(properties, name);
            bool isText = property.Kind == JsonTokenType.StartObject && list.TextOf(list.Member(property, "type")) == "string";
            if (isText && property.Names(line).All(Remarks.Contains)) free.Add(name);
        }

        return free.ToFrozenSet(StringComparer.Ordinal);
    }

    private static bool? Flag(JsonSpan value) => value.Kind switch
    {
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        _ => null,
    };
}
