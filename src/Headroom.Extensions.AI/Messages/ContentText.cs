using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Headroom.Extensions.AI.Messages;

/// <summary>What counts as text of a content, for the ledger.</summary>
internal static class ContentText
{
    /// <summary>The text; <see langword="null"/> where there is none.</summary>
    public static string? Of(AIContent? content) => content switch
    {
        TextContent text => text.Text,
        TextReasoningContent reasoning => reasoning.Text,
        FunctionCallContent call => Of(call),
        FunctionResultContent { Result: string or JsonElement or bool or int or long or double } result => result.Result.ToString(),
        _ => null,
    };

    /// <summary>The name and the arguments of a call.</summary>
    public static string Of(FunctionCallContent call)
    {
#pragma warning disable CA1031 // Arguments the serialiser cannot write are the adapter's affair; the name is counted.
        try
        {
            return call.Arguments is { Count: > 0 } arguments ? call.Name + CompactJson.WriteArguments(arguments) : call.Name;
        }
        catch (Exception)
        {
            return call.Name;
        }
#pragma warning restore CA1031
    }
}
