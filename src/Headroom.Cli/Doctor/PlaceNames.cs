using Headroom.PromptCaching;

namespace Headroom.Cli.Doctor;

/// <summary>Words for what breaks a prompt cache.</summary>
internal static class PlaceNames
{
    public const string Advice = "put what changes behind everything that stays, or leave it out (docs/prompt-caching.md)";

    /// <summary>A kind of volatile text as JSON names it, in words.</summary>
    public static string Of(string? kind) => PrefixBreak.NameOf(Enum.TryParse(kind, ignoreCase: true, out VolatileTextKind known) ? known : null);
}
