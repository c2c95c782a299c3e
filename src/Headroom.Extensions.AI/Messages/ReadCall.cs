using Microsoft.Extensions.AI;

namespace Headroom.Extensions.AI.Messages;

/// <summary>A call of a tool as it was read.</summary>
internal sealed class ReadCall : ReadContent
{
    private readonly KeyValuePair<string, object?>[]? _values; // null when one of them can change

    public ReadCall(FunctionCallContent call)
    {
        CallId = call.CallId;
        Name = call.Name;
#pragma warning disable CA1031 // Arguments the serialiser cannot write are the adapter's affair; results of the call pass untouched (law 8).
        try
        {
            Arguments = call.Arguments is { Count: > 0 } given ? CompactJson.WriteArguments(given) : null;
        }
        catch (Exception e)
        {
            Failure = e;
        }
#pragma warning restore CA1031
        Text = Name + Arguments;
        if (Failure is not null) return;
        KeyValuePair<string, object?>[] values = [.. call.Arguments ?? new Dictionary<string, object?>()];
        if (values.All(v => JsonEquality.AreSame(v.Value, v.Value))) _values = [.. values.Select(v => KeyValuePair.Create(v.Key, v.Value is null ? null : JsonEquality.Kept(v.Value)))];
    }

    public string CallId { get; }

    public string Name { get; }

    /// <summary>The arguments as one line of JSON, if there are any.</summary>
    public string? Arguments { get; }

    /// <summary>Why the arguments could not be read.</summary>
    public Exception? Failure { get; }

    public override bool IsLike(AIContent content, IReadOnlyDictionary<string, ToolPolicy> policies) =>
        content is FunctionCallContent call && string.Equals(call.CallId, CallId, StringComparison.Ordinal) && string.Equals(call.Name, Name, StringComparison.Ordinal)
        && (_values is not null ? HasValues(call.Arguments) : string.Equals(ContentText.Of(call), Text, StringComparison.Ordinal));

    private bool HasValues(IDictionary<string, object?>? arguments)
    {
        if ((arguments?.Count ?? 0) != _values!.Length) return false;
        int i = 0;
        if (arguments is Dictionary<string, object?> common) // enumerated without allocating
        {
            foreach (KeyValuePair<string, object?> argument in common)
            {
                if (!Is(argument, i++)) return false;
            }

            return true;
        }

        foreach (KeyValuePair<string, object?> argument in arguments ?? new Dictionary<string, object?>())
        {
            if (!Is(argument, i++)) return false;
        }

        return true;
    }

    private bool Is(KeyValuePair<string, object?> argument, int at) =>
        at < _values!.Length && string.Equals(argument.Key, _values[at].Key, StringComparison.Ordinal) && JsonEquality.AreSame(argument.Value, _values[at].Value);
}
