using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Headroom.Extensions.AI.Messages;

/// <summary>A hash of a few characters of a message, to find it among many without reading it: messages that read alike have the same.</summary>
internal static class MessageHash
{
    /// <summary>Characters sampled of a text: enough for most texts of one place to differ in one, few enough to cost no more than the comparison that follows.</summary>
    private const int Samples = 16;

    public static int Of(ChatMessage message)
    {
        var hash = default(HashCode);
        foreach (AIContent content in message.Contents) Add(ref hash, content);
        return hash.ToHashCode();
    }

    private static void Add(ref HashCode hash, AIContent content)
    {
        switch (content)
        {
            case TextContent text:
                AddText(ref hash, text.Text);
                break;
            case FunctionCallContent call:
                AddText(ref hash, call.CallId);
                break;
            case FunctionResultContent result:
                AddText(ref hash, result.CallId);
                if (result.Result is string value) AddText(ref hash, value);
                else if (result.Result is JsonElement { ValueKind: JsonValueKind.String or JsonValueKind.Object or JsonValueKind.Array } json) AddBytes(ref hash, JsonMarshal.GetRawUtf8Value(json));
                break;
        }
    }

    private static void AddText(ref HashCode hash, string text)
    {
        hash.Add(text.Length);
        int step = Math.Max(1, text.Length / Samples);
        for (int i = text.Length - 1; i >= 0; i -= step) hash.Add(text[i]); // from the end: beginnings are more alike
    }

    private static void AddBytes(ref HashCode hash, ReadOnlySpan<byte> bytes)
    {
        hash.Add(bytes.Length);
        int step = Math.Max(1, bytes.Length / Samples);
        for (int i = bytes.Length - 1; i >= 0; i -= step) hash.Add(bytes[i]);
    }
}
