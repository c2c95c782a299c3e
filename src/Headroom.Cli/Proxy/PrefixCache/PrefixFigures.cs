using System.Collections.Immutable;
using Headroom.PromptCaching;

namespace Headroom.Cli.Proxy.PrefixCache;

/// <summary>A place where requests broke with those before them. Holds names, positions and kinds, never content.</summary>
/// <param name="Conversation">The last conversation it happened in.</param>
/// <param name="Break">What happened there last.</param>
/// <param name="Count">How often.</param>
internal sealed record BrokenPlace(string Conversation, PrefixBreak Break, long Count);

/// <summary>Text in a system prompt or the declaration of a tool that will differ next time.</summary>
/// <param name="Part">Where it stands: <c>the instructions</c>.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Offset">Its first character.</param>
internal sealed record VolatilePlace(string Part, VolatileTextKind Kind, int Offset);

/// <summary>What is known of broken prefixes.</summary>
/// <param name="Breaks">Requests that broke with the one before, by what changed.</param>
/// <param name="LostTokens">Tokens of theirs that could have been read from a cache, at most.</param>
/// <param name="Places">Where, most often first; some only, where there are many.</param>
/// <param name="Volatile">Text that will differ next time, as far as it was seen.</param>
internal sealed record PrefixFigures(
    ImmutableSortedDictionary<PrefixChange, long> Breaks, long LostTokens, ImmutableArray<BrokenPlace> Places, ImmutableArray<VolatilePlace> Volatile)
{
    public long Total => Breaks.Values.Sum();
}
