using System.Text.Json;
using Headroom.Cli.Wire;

namespace Headroom.Cli.Mcp.Gateway;

/// <summary>Where the parts of a JSON-RPC message stand. The bytes go on as they came; only what is read here is understood.</summary>
internal sealed class RpcMessage
{
    private static readonly string[] Names = ["id", "method", "params", "result", "error"];

    private RpcMessage(ReadOnlyMemory<byte> bytes, ReadOnlySpan<JsonSpan> parts)
    {
        Bytes = bytes;
        (Id, Params, Result) = (parts[0], parts[2], parts[3]);
        Method = parts[1].TextOf(bytes.Span);
        IsAnswer = parts[1].IsAbsent && !Id.IsAbsent && (!Result.IsAbsent || !parts[4].IsAbsent);
    }

    /// <summary>The message.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    public JsonSpan Id { get; }

    /// <summary>The method of a request or notification.</summary>
    public string? Method { get; }

    public JsonSpan Params { get; }

    public JsonSpan Result { get; }

    /// <summary>Whether it is a response, with a result or an error.</summary>
    public bool IsAnswer { get; }

    /// <summary>Whether it asks for a response.</summary>
    public bool IsRequest => Method is not null && Key is not null;

    /// <summary>The id, so that one spelled in another way is the same; <see langword="null"/> where there is none.</summary>
    public string? Key => KeyOf(Id);

    /// <summary>Reads an object. What is no JSON object is no message.</summary>
    public static RpcMessage? Read(ReadOnlyMemory<byte> bytes)
    {
        if (!JsonSpan.TryWhole(bytes.Span, out JsonSpan whole) || whole.Kind != JsonTokenType.StartObject) return null;
        Span<JsonSpan> parts = stackalloc JsonSpan[5];
        whole.Members(bytes.Span, Names, parts);
        return new RpcMessage(bytes, parts);
    }

    /// <summary>The members of an object in this message, in the order of the names.</summary>
    public JsonSpan[] Members(JsonSpan value, params string[] names)
    {
        var members = new JsonSpan[names.Length];
        value.Members(Bytes.Span, names, members);
        return members;
    }

    /// <summary>One member of an object in this message.</summary>
    public JsonSpan Member(JsonSpan value, string name) => Members(value, name)[0];

    public string? TextOf(JsonSpan value) => value.TextOf(Bytes.Span);

    /// <summary>An id in this message as <see cref="Key"/> spells it.</summary>
    public string? KeyOf(JsonSpan id) => id.Kind switch
    {
        JsonTokenType.String => "\"" + TextOf(id),
        JsonTokenType.Number => System.Text.Encoding.UTF8.GetString(id.Of(Bytes.Span)),
        _ => null,
    };
}
