namespace Headroom.Cli.Proxy.Accounts;

/// <summary>Sums over the tool results of one kind, each counted once, when it first came.</summary>
/// <param name="Kind">Name of the compressor that knew the text.</param>
/// <param name="Items">Results.</param>
/// <param name="Changed">Those of them that became smaller.</param>
/// <param name="Before">Tokens as they came.</param>
/// <param name="After">Tokens as they were sent.</param>
internal sealed record KindFigures(string Kind, long Items, long Changed, long Before, long After);
