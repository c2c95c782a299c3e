using System.Globalization;

namespace Headroom.PromptCaching;

/// <summary>Where a prompt stops being a continuation of an earlier one, and why: from there on, nothing is read from the provider's prompt cache.</summary>
/// <remarks>Holds names, positions and kinds, never content: it may go to logs.</remarks>
public sealed record PrefixBreak
{
    /// <summary>Why.</summary>
    public required PrefixChange Change { get; init; }

    /// <summary>The index of the part in the later prompt; for something removed, of what now stands in its place.</summary>
    public required int Index { get; init; }

    /// <summary>What a reader calls the part that changed, was added or removed.</summary>
    public required string Part { get; init; }

    /// <summary>What that part is.</summary>
    public required PromptPartKind Kind { get; init; }

    /// <summary>The number of its message, from 1; <see langword="null"/> for what precedes the messages.</summary>
    public int? Message { get; init; }

    /// <summary>The first character of the part that differs; 0 where all of it was added, removed or moved.</summary>
    public int Offset { get; init; }

    /// <summary>What kind of volatile text stands there, for <see cref="PrefixChange.VolatileText"/>.</summary>
    public VolatileTextKind? Volatile { get; init; }

    /// <summary>Characters behind the break that could have been read from the cache, at most.</summary>
    public long LostCharacters { get; init; }

    /// <summary>Tokens of the parts from the break on that could have been read from the cache, at most; <see langword="null"/> where nobody counted.</summary>
    public long? LostTokens { get; init; }

    /// <summary>
    /// Whether something behind the break stood behind it before too. Where nothing does, the later prompt may just as well be another branch of the
    /// conversation, to which nothing was lost.
    /// </summary>
    public bool LinesUpAgain { get; init; }

    /// <summary>Whether it is in what an application writes once and sends with every request: tools and system prompts.</summary>
    public bool IsPinned => Kind is PromptPartKind.ToolDeclaration or PromptPartKind.System;

    /// <summary>The cause in words: <c>a date and time in it changed</c>.</summary>
    public string Cause => Change switch
    {
        PrefixChange.ToolsReordered => "the tools stand in another order",
        PrefixChange.ToolAdded => "it was added",
        PrefixChange.ToolRemoved => "it was removed",
        PrefixChange.ToolChanged => "its declaration changed",
        PrefixChange.VolatileText => NameOf(Volatile) + " in it changed",
        PrefixChange.PartRemoved => "it was removed",
        PrefixChange.PartInserted => "it was put in before others",
        _ => "its text changed",
    };

    /// <summary>Where and why, in one line without content: <c>message 1 (system), character 57: a date and time in it changed</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Part}, character {Offset}: {Cause}");

    /// <summary>A kind of volatile text in words, with an article.</summary>
    public static string NameOf(VolatileTextKind? kind) => kind switch
    {
        VolatileTextKind.DateTime => "a date and time",
        VolatileTextKind.Date => "a date",
        VolatileTextKind.Time => "a time of day",
        VolatileTextKind.UnixTime => "a Unix time",
        VolatileTextKind.Uuid => "a UUID",
        VolatileTextKind.RequestId => "an id",
        VolatileTextKind.Counter => "a number",
        VolatileTextKind.RandomText => "a random text",
        _ => "something",
    };
}
