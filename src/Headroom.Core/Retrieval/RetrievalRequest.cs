using System.Diagnostics.CodeAnalysis;

namespace Headroom.Retrieval;

/// <summary>What a model asks for: an original, and which part of it.</summary>
/// <remarks>Immutable, so safe to share between threads.</remarks>
public sealed record RetrievalRequest
{
    /// <summary>Tokens of an answer when the model names no limit: a few screens of code, a sixteenth of a 128 k window.</summary>
    public const int DefaultMaxTokens = 8_000;

    /// <summary>The least a limit can be: below it not even an answer that explains itself fits. Smaller limits are taken as this.</summary>
    public const int MinMaxTokens = 100;

    private readonly int _maxTokens = DefaultMaxTokens;

    /// <summary>Id of the original, as <see cref="Storage.OriginalId"/> makes it.</summary>
    public required string Id { get; init; }

    /// <summary>The lines wanted, in the order asked for; empty when none are named.</summary>
    public IReadOnlyList<LineRange> Lines { get; init; } = [];

    /// <summary>Words or a regular expression to search for; <see langword="null"/> when not searching.</summary>
    public string? Query { get; init; }

    /// <summary>JSON pointer or row range, such as <c>/items/67</c>, <c>/items[4-66]</c> or <c>/items[4-66]/id,name</c>, or of source code a name such as <c>Cart.AddItem</c>, several with commas; <see langword="null"/> when not given.</summary>
    public string? Path { get; init; }

    /// <summary>How long the answer may be, in tokens, header included.</summary>
    /// <value>The default is <see cref="DefaultMaxTokens"/>; values below <see cref="MinMaxTokens"/> are taken as that.</value>
    public int MaxTokens
    {
        get => _maxTokens;
        init => _maxTokens = Math.Max(MinMaxTokens, value);
    }

    /// <summary>Reads the arguments of a tool call from the JSON text the model wrote. Forgives what models get wrong; never throws.</summary>
    /// <param name="json">A JSON object.</param>
    /// <param name="request">The request.</param>
    /// <param name="problem">What is wrong and what to write instead, for the model, when the arguments are unusable.</param>
    public static bool TryParse(string json, [NotNullWhen(true)] out RetrievalRequest? request, [NotNullWhen(false)] out string? problem) =>
        RetrievalArguments.TryParse(json, out request, out problem);

    /// <summary>Reads the arguments of a tool call from names and values (text, numbers, JSON elements, lists). Forgives what models get wrong; never throws.</summary>
    /// <param name="arguments">Names and values; names are compared without case, unknown ones are ignored.</param>
    /// <param name="request">The request.</param>
    /// <param name="problem">What is wrong and what to write instead, for the model, when the arguments are unusable.</param>
    public static bool TryCreate(
        IEnumerable<KeyValuePair<string, object?>> arguments, [NotNullWhen(true)] out RetrievalRequest? request, [NotNullWhen(false)] out string? problem) =>
        RetrievalArguments.TryCreate(arguments, out request, out problem);
}
